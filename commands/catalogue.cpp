#include "commands/catalogue.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/fill.h"
#include "commands/language_rules.h"
#include "commands/pattern.h"

namespace osrbot {
namespace {

constexpr std::string_view english_tag = "en";

using Errors = std::vector<std::string>;

std::string lower_tag(std::string_view tag) {
  std::string result(tag);
  for (char& c : result) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

void refuse(Errors& errors) {
  if (errors.empty()) return;
  std::ranges::sort(errors);
  throw std::runtime_error(fmt::format("{}", fmt::join(errors, "\n")));
}

/// Reads a file of messages without building it as a whole: the program starts with one, and the menus take a few
/// messages from each. Takes the keys that begin with `prefix` and are no notes; adds an error for each key that comes
/// twice (JSON parsers keep the last without a word) or has another value than a string or lines of one.
class MessageReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  using Take = std::function<void(const std::string& key, const std::string& message)>;
  MessageReader(std::string_view prefix, Take take, std::function<void(std::string)> mistake)
      : prefix_(prefix), take_(std::move(take)), mistake_(std::move(mistake)) {}

  bool start_object(std::size_t) override { return ++depth_ == 1 || odd(); }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool key(std::string& name) override {
    if (depth_ != 1) return true;
    key_ = name;
    message_.clear();
    lines_ = 0;
    wanted_ = !name.starts_with('@') && name.starts_with(prefix_);
    if (wanted_ && !seen_.insert(name).second) mistake_(name + ": stands there twice");
    return true;
  }
  bool string(std::string& text) override {
    if (depth_ != 1) return depth_ > 0 || not_an_object();
    if (lines_++ > 0) message_ += '\n';
    message_ += text;
    if (!in_array_) finish();
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 0) return not_an_object();
    if (in_array_) return odd();
    in_array_ = true;
    return true;
  }
  bool end_array() override {
    in_array_ = false;
    if (depth_ == 1) finish();
    return true;
  }
  bool null() override { return odd(); }
  bool boolean(bool) override { return odd(); }
  bool number_integer(number_integer_t) override { return odd(); }
  bool number_unsigned(number_unsigned_t) override { return odd(); }
  bool number_float(number_float_t, const std::string&) override { return odd(); }
  bool binary(nlohmann::json::binary_t&) override { return odd(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    mistake_(error.what());
    return false;
  }

 private:
  bool not_an_object() {
    mistake_("must be a JSON object of messages by key");
    return false;
  }
  bool odd() {
    if (depth_ == 0) return not_an_object();
    if (std::exchange(wanted_, false)) mistake_(key_ + ": must be a string or an array of strings");
    return true;
  }
  void finish() {
    if (std::exchange(wanted_, false)) take_(key_, message_);
  }

  std::string_view prefix_;
  Take take_;
  std::function<void(std::string)> mistake_;
  std::set<std::string> seen_;
  std::string key_;
  std::string message_;
  int depth_ = 0;
  int lines_ = 0;
  bool in_array_ = false;
  bool wanted_ = false;
};

/// A message's pattern. Every pattern is compiled when it is read, to know that it can be, but kept as text: of all
/// that the bot can say, few things are said, and compiled they take several times the memory.
class Wording {
 public:
  explicit Wording(std::string pattern) : pattern_(std::move(pattern)) {}

  const Pieces& pieces() const {
    std::call_once(compiled_, [this] { pieces_ = compile_pattern(pattern_).value(); });
    return pieces_;
  }

  std::set<std::string> arguments() const { return arguments_of(compile_pattern(pattern_).value()); }

 private:
  std::string pattern_;
  mutable std::once_flag compiled_;
  mutable Pieces pieces_;
};

}  // namespace

struct Catalogue::Language {
  std::string tag;
  LanguageRules rules;
  std::map<std::string, Wording, std::less<>> patterns;

  Language(std::string language_tag, const std::filesystem::path& file, std::string_view prefix, Errors& errors)
      : tag(std::move(language_tag)), rules(tag) {
    const auto mistake = [&](const std::string& what) { errors.push_back(fmt::format("{}: {}", file.string(), what)); };
    MessageReader reader(
        prefix,
        [&](const std::string& key, const std::string& message) {
          if (const auto compiled = compile_pattern(message); !compiled) {
            mistake(fmt::format("{}: {}", key, compiled.error()));
          } else {
            patterns.try_emplace(key, message);
          }
        },
        mistake);
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
    nlohmann::json::sax_parse(in, &reader);
  }

  /// Gives up the messages with arguments that the English ones do not have: the program gives no others.
  void compare(const Language& english, Errors& errors) {
    std::erase_if(patterns, [&](const auto& entry) {
      const auto& [key, pattern] = entry;
      const auto original = english.patterns.find(key);
      if (original == english.patterns.end()) return false;
      const std::set<std::string> known = original->second.arguments();
      const std::size_t before = errors.size();
      for (const std::string& name : pattern.arguments()) {
        if (!known.contains(name)) {
          errors.push_back(fmt::format("{}.json: {}: the English message has no {{{}}}", tag, key, name));
        }
      }
      return errors.size() > before;
    });
  }
};

/// The languages that there are, each read when it is wanted first.
class Catalogue::Shelf {
 public:
  /// `errors`: what is wrong with English.
  Shelf(const std::filesystem::path& directory, std::string_view prefix, Broken broken, Errors& errors)
      : prefix_(prefix), broken_(std::move(broken)) {
    if (!std::filesystem::exists(directory / "en.json")) {
      throw std::runtime_error(fmt::format("{}: no en.json with the bot's messages there", directory.string()));
    }
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      if (entry.path().extension() != ".json") continue;
      Book& book = books_[lower_tag(entry.path().stem().string())];
      book.tag = entry.path().stem().string();
      book.file = entry.path();
    }
    english_ = read(books_.find(english_tag)->second, errors);
  }

  const Language& english() const { return *english_; }

  const Language* find(std::string_view lower) const {
    const auto book = books_.find(lower);
    if (book == books_.end()) return nullptr;
    std::call_once(book->second.opened, [&] {
      Errors errors;
      read(book->second, errors);
      if (&*book->second.language != english_) book->second.language->compare(*english_, errors);
      for (const std::string& error : errors) broken_(error);
    });
    return book->second.language.get();
  }

  std::vector<std::string> tags() const {
    std::vector<std::string> tags;
    for (const auto& [lower, book] : books_) tags.push_back(book.tag);
    return tags;
  }

 private:
  struct Book {
    std::string tag;
    std::filesystem::path file;
    mutable std::once_flag opened;
    mutable std::unique_ptr<Language> language;
  };

  const Language* read(const Book& book, Errors& errors) const {
    if (!book.language) book.language = std::make_unique<Language>(book.tag, book.file, prefix_, errors);
    return book.language.get();
  }

  std::string prefix_;
  Broken broken_;
  std::map<std::string, Book, std::less<>> books_;  ///< by lower-case tag
  const Language* english_ = nullptr;
};

Catalogue::Catalogue(std::unique_ptr<Shelf> shelf) : shelf_(std::move(shelf)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue Catalogue::load(const std::filesystem::path& directory, std::string_view prefix) {
  const auto errors = std::make_shared<Errors>();
  Catalogue all(std::make_unique<Shelf>(
      directory, prefix, [errors](const std::string& error) { errors->push_back(error); }, *errors));
  for (const std::string& tag : all.languages()) all.shelf_->find(lower_tag(tag));
  refuse(*errors);
  return all;
}

Catalogue Catalogue::open(const std::filesystem::path& directory, Broken broken) {
  Errors errors;
  Catalogue english(std::make_unique<Shelf>(directory, "", std::move(broken), errors));
  refuse(errors);
  return english;
}

std::vector<Block> Catalogue::blocks(std::string_view locale, std::string_view key, const Arguments& arguments) const {
  for (std::string tag = lower_tag(locale);;) {
    if (const Language* language = shelf_->find(tag)) {
      if (const auto pattern = language->patterns.find(key); pattern != language->patterns.end()) {
        try {
          return fill(pattern->second.pieces(), arguments, language->rules);
        } catch (const std::logic_error& error) {
          throw std::logic_error(fmt::format("message {}: {}", key, error.what()));
        }
      }
    }
    if (tag == english_tag) throw std::logic_error(fmt::format("message {}: no such key", key));
    const std::size_t dash = tag.rfind('-');
    tag = dash == std::string::npos ? std::string(english_tag) : tag.substr(0, dash);
  }
}

std::string Catalogue::text(std::string_view locale, std::string_view key, const Arguments& arguments) const {
  std::string text;
  for (const Block& block : blocks(locale, key, arguments)) {
    if (!text.empty()) text += '\n';
    for (const Span& span : block.spans) text += span.text;
  }
  return text;
}

bool Catalogue::has(std::string_view key) const {
  return shelf_->english().patterns.contains(key);
}

std::vector<std::string> Catalogue::languages() const {
  return shelf_->tags();
}

std::map<std::string, std::set<std::string>> Catalogue::signatures(std::string_view language) const {
  std::map<std::string, std::set<std::string>> signatures;
  const Language* found = shelf_->find(lower_tag(language));
  if (!found) return signatures;
  for (const auto& [key, pattern] : found->patterns) signatures.emplace(key, pattern.arguments());
  return signatures;
}

}  // namespace osrbot
