// Everything that the bot says, in every language: config/locales/<language>.json maps a key to a pattern (pattern.h).
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/message.h"

namespace osrbot {

/// A person named in a message. With an empty `id` (the platform's user id) the name is plain words.
struct Mention {
  std::string name;
  std::string id;
};

/// Words that each reader has in their own language: what they are in a language (BCP-47).
using InLanguage = std::function<std::string(std::string_view language)>;

/// A value for a pattern's argument. Text from people goes in as it is: it stays text whatever it holds; control and
/// bidirectional formatting characters are dropped, line ends become spaces. Numbers, days and times of the wall clock
/// are written as the language does.
struct Argument {
  std::string_view name;  ///< a literal, as it stands in the pattern
  std::variant<std::string, std::int64_t, double, Mention, std::chrono::year_month_day, std::chrono::local_seconds,
               InLanguage>
      value;

  Argument(std::string_view argument, std::string text) : name(argument), value(std::move(text)) {}
  Argument(std::string_view argument, std::string_view text) : name(argument), value(std::string(text)) {}
  Argument(std::string_view argument, const char* text) : name(argument), value(std::string(text)) {}
  Argument(std::string_view argument, InLanguage words) : name(argument), value(std::move(words)) {}
  Argument(std::string_view argument, Mention person) : name(argument), value(std::move(person)) {}
  Argument(std::string_view argument, std::chrono::year_month_day day) : name(argument), value(day) {}
  Argument(std::string_view argument, std::chrono::local_seconds time) : name(argument), value(time) {}
  Argument(std::string_view argument, double number) : name(argument), value(number) {}
  /// Nothing is an empty text.
  Argument(std::string_view argument, const std::optional<std::chrono::year_month_day>& day) : name(argument) {
    if (day) value = *day;
  }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Argument(std::string_view argument, Integer number)
      : name(argument), value(static_cast<std::int64_t>(number)) {}
};
using Arguments = std::vector<Argument>;

/// The compiled catalogue. Any thread may read it.
///
/// A locale is a BCP-47 tag ("pt-BR", "ar"); a message is looked for in it, then in its parents ("pt"), then in
/// English. A key that English does not have, an argument that the pattern needs and the caller does not give, or words
/// where a plural needs a number are mistakes of the program: std::logic_error, rather than half a message sent to
/// somebody.
class Catalogue {
 public:
  /// Reads every <language>.json in `directory`: one JSON object of strings, or arrays of strings (lines). Keys that
  /// start with '@' are notes for translators. With `prefix` only the keys that begin with it are kept. Throws
  /// std::runtime_error with one line (file, key, reason) for each broken pattern, repeated key, or argument that the
  /// English pattern does not have.
  static Catalogue load(const std::filesystem::path& directory, std::string_view prefix = {});

  /// The same, but languages other than English are read when somebody speaks them first: each takes as much memory as
  /// English. What is wrong in one of them is told to `broken`, a line for each message, which is then said in English.
  using Broken = std::function<void(const std::string& line)>;
  static Catalogue open(const std::filesystem::path& directory, Broken broken);

  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;

  /// The message as blocks; lines that the arguments leave empty are dropped. In right-to-left languages arguments and
  /// code are isolated (U+2066..2069, UAX #9), elsewhere only arguments with right-to-left letters are.
  std::vector<Block> blocks(std::string_view locale, std::string_view key, const Arguments& arguments = {}) const;

  /// The same as words without style, for labels of buttons and menus.
  std::string text(std::string_view locale, std::string_view key, const Arguments& arguments = {}) const;

  /// Whether English has the key.
  bool has(std::string_view key) const;

  /// Tags of the languages present, sorted; "en" is always one of them.
  std::vector<std::string> languages() const;

  /// Keys of one language with the names of the arguments that each pattern uses. Empty for an unknown language.
  std::map<std::string, std::set<std::string>> signatures(std::string_view language) const;

 private:
  struct Language;
  class Shelf;

  explicit Catalogue(std::unique_ptr<Shelf> shelf);

  std::unique_ptr<Shelf> shelf_;
};

}  // namespace osrbot
