#include "commands/language/lexicon.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLanguages = 32;  ///< a word's languages are a set of bits
constexpr std::size_t kMostProblems = 50;
constexpr std::string_view kLabelsOfAll = "en";  ///< what a skill is called where its language has no label

}  // namespace

class Lexicon::Loader {
 public:
  explicit Loader(Lexicon& out) : out_(out) {}

  void read(const std::filesystem::path& path) {
    file_ = path.parent_path().filename() == "lexicon" ? "lexicon/" + path.filename().string() : path.string();
    std::ifstream in(path, std::ios::binary);
    if (!in) return problem("", "cannot be read");
    const std::string content(std::istreambuf_iterator<char>(in), {});
    const auto document = json::parse(content, nullptr, false, true);
    if (document.is_discarded()) return problem("", "is not JSON");
    if (!document.is_object()) return problem("", "expected an object");
    // The language comes first: other keys refer to it.
    std::uint8_t language = 0;
    if (const auto found = document.find("language"); found != document.end()) {
      if (const auto* code = text("language", *found)) language = language_index(*code);
    }
    for (const auto& [key, value] : document.items()) {
      if (key == "language" || key == "notes" || key == "version" || key == "date" || key == "groups" ||
          key == "languages")
        continue;
      if (key == "words") {
        words(key, value, language);
      } else if (key == "other_languages") {
        each_member(key, value, [&](const std::string& where, const std::string& code, const json& list) {
          words(where, list, language_index(code));
        });
      } else if (key == "cues") {
        each_member(key, value, [&](const std::string& where, const std::string& name, const json& list) {
          const auto sense = sense_named(name);
          if (!sense || has_label(*sense)) return problem(where, "no such cue");
          phrases(where, list, {.sense = *sense, .language = language});
        });
      } else if (key == "labels") {
        each_member(key, value, [&](const std::string& where, const std::string& name, const json& members) {
          const auto sense = sense_named(name);
          if (!sense || !has_label(*sense)) return problem(where, "no such label");
          each_member(where, members, [&](const std::string& inner, const std::string& label, const json& list) {
            phrases(inner, list, {.sense = *sense, .language = language, .value = label_index(label)});
          });
        });
      } else if (key == "countries") {
        countries(key, value);
      } else if (key == "skills") {
        skills(key, value);
      } else {
        problem(key, "no such key");
      }
    }
  }

  /// Words are put into the index last, when it is known which skills are replaced.
  void finish() {
    if (!problems_.empty()) {
      std::string all;
      for (const auto& line : problems_) all += (all.empty() ? "" : "\n") + line;
      throw LexiconError(all);
    }
    for (const auto& [phrase, meaning] : skill_phrases_) {
      if (meaning.value != kReplaced) out_.index_.add(phrase, meaning);
    }
    out_.index_.finish();
  }

 private:
  static constexpr std::uint16_t kReplaced = 0xFFFF;

  void problem(const std::string& key, std::string_view what) {
    if (problems_.size() == kMostProblems) return;
    problems_.push_back(key.empty() ? fmt::format("{}: {}", file_, what) : fmt::format("{}: {}: {}", file_, key, what));
  }

  const std::string* text(const std::string& where, const json& value) {
    if (const auto* found = value.get_ptr<const std::string*>(); found && !found->empty()) return found;
    problem(where, "expected a text");
    return nullptr;
  }

  template <typename F>
  void each_member(const std::string& where, const json& value, F&& visit) {
    if (!value.is_object()) return problem(where, "expected an object");
    for (const auto& [key, member] : value.items()) visit(where + "." + key, key, member);
  }

  template <typename F>
  void each_text(const std::string& where, const json& value, F&& visit) {
    if (!value.is_array()) return problem(where, "expected a list");
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto place = fmt::format("{}[{}]", where, i);
      if (const auto* found = text(place, value[i])) visit(place, *found);
    }
  }

  void phrases(const std::string& where, const json& list, const Meaning& meaning) {
    each_text(where, list, [&](const std::string& place, const std::string& phrase) {
      if (!out_.index_.add(phrase, meaning)) problem(place, "holds no word");
    });
  }

  void words(const std::string& where, const json& value, std::uint8_t language) {
    const auto* list = text(where, value);
    if (!list) return;
    if (language == 0) return problem(where, "the file names no language");
    out_.index_.add_word(*list, 1U << (language - 1U));
  }

  void countries(const std::string& where, const json& list) {
    if (!list.is_array()) return problem(where, "expected a list");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto place = fmt::format("{}[{}]", where, i);
      const auto code = list[i].is_object() ? list[i].value("code", json()) : json();
      if (!code.is_string() || code.get_ref<const std::string&>().size() != 2) {
        problem(place + ".code", "expected two letters (ISO 3166-1)");
        continue;
      }
      const auto label = label_index(code.get_ref<const std::string&>());
      for (const auto& [key, value] : list[i].items()) {
        if (key == "code") continue;
        if (key != "names" && key != "cities") {
          problem(place + "." + key, "no such key");
          continue;
        }
        phrases(place + "." + key, value, {.sense = key == "names" ? Sense::country : Sense::city, .value = label});
      }
    }
  }

  void skills(const std::string& where, const json& list) {
    if (!list.is_array()) return problem(where, "expected a list");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto place = fmt::format("{}[{}]", where, i);
      if (!list[i].is_object() || !list[i].contains("id") || !list[i]["id"].is_string()) {
        problem(place + ".id", "expected a text");
        continue;
      }
      skill(place, list[i]);
    }
  }

  void skill(const std::string& place, const json& value) {
    const auto& id = value["id"].get_ref<const std::string&>();
    const auto number = static_cast<std::uint16_t>(out_.skill_with_id(id));
    if (number == out_.skills_.size()) out_.skills_.push_back({.id = id, .credit = "", .labels = {}});
    auto& skill = out_.skills_[number];
    if (value.value("replace", json()) == true) {
      for (auto& [phrase, meaning] : skill_phrases_) {
        if (meaning.value == number) meaning.value = kReplaced;
      }
    }
    if (const auto labels = value.find("label"); labels != value.end()) {
      each_member(place + ".label", *labels, [&](const std::string& inner, const std::string& code, const json& label) {
        if (const auto* words = text(inner, label)) skill.labels.insert_or_assign(code, *words);
      });
    }
    if (const auto credit = value.find("credit_default"); credit != value.end() && credit->is_string())
      skill.credit = *credit;
    if (const auto synonyms = value.find("synonyms"); synonyms != value.end()) {
      each_member(
          place + ".synonyms", *synonyms, [&](const std::string& inner, const std::string& code, const json& list) {
            skill_words(inner, list, {.sense = Sense::skill, .language = language_index(code), .value = number});
          });
    }
    if (const auto tools = value.find("tools"); tools != value.end()) {
      skill_words(place + ".tools", *tools, {.sense = Sense::skill, .value = number, .tool = true});
    }
  }

  void skill_words(const std::string& where, const json& list, Meaning meaning) {
    each_text(where, list, [&](const std::string&, const std::string& phrase) {
      meaning.exact_case = is_case_sensitive(phrase);
      skill_phrases_.emplace_back(phrase, meaning);
    });
  }

  /// Short names in capitals ("R", "SAS", "GPs") and names that are words in small letters (React, Java, SoMe).
  static bool is_case_sensitive(std::string_view phrase) {
    constexpr std::array kNamesLikeWords = {"SoMe",   "React",     "Java",    "UX",      "Angular",  "Access",
                                            "Canva",  "Asana",     "Prodigy", "Flutter", "Flourish", "Shiny",
                                            "Quarto", "Snowflake", "Stan",    "Plotly",  "Ovid"};
    if (std::find(kNamesLikeWords.begin(), kNamesLikeWords.end(), phrase) != kNamesLikeWords.end()) return true;
    if (phrase.ends_with("giã")) return true;  // Portuguese: without its tilde, the surgeon is the surgery
    if (phrase.empty() || phrase.size() > 4) return false;
    const auto capitals = std::count_if(phrase.begin(), phrase.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return capitals == static_cast<std::ptrdiff_t>(phrase.size()) ||
           (phrase.size() <= 3 && capitals + 1 == static_cast<std::ptrdiff_t>(phrase.size()) && phrase.back() == 's');
  }

  std::uint8_t language_index(const std::string& code) {
    auto& languages = out_.languages_;
    const auto at = std::find(languages.begin(), languages.end(), code);
    if (at != languages.end()) return static_cast<std::uint8_t>(at - languages.begin());
    if (languages.size() > kMostLanguages) {
      problem("language", "more than 32 languages");
      return 0;
    }
    languages.push_back(code);
    return static_cast<std::uint8_t>(languages.size() - 1);
  }

  std::uint16_t label_index(const std::string& label) {
    const auto [at, is_new] = label_numbers_.emplace(label, static_cast<std::uint16_t>(out_.labels_.size()));
    if (is_new) out_.labels_.push_back(label);
    return at->second;
  }

  Lexicon& out_;
  std::string file_;
  std::vector<std::string> problems_;
  std::vector<std::pair<std::string, Meaning>> skill_phrases_;
  std::unordered_map<std::string, std::uint16_t> label_numbers_;
};

const std::string& Skill::label(std::string_view language) const {
  auto found = labels.find(language);
  if (found == labels.end()) found = labels.find(kLabelsOfAll);
  return found == labels.end() ? id : found->second;
}

std::size_t Lexicon::skill_with_id(std::string_view id) const {
  const auto at = std::find_if(skills_.begin(), skills_.end(), [&](const Skill& skill) { return skill.id == id; });
  return static_cast<std::size_t>(at - skills_.begin());
}

Lexicon Lexicon::load(const std::filesystem::path& config_dir, const std::vector<std::filesystem::path>& extensions) {
  Lexicon lexicon;
  Loader loader(lexicon);
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(config_dir / "lexicon", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (files.empty()) throw LexiconError(fmt::format("{}: no files of the lexicon", (config_dir / "lexicon").string()));
  std::sort(files.begin(), files.end());
  loader.read(config_dir / "skills.json");
  loader.read(config_dir / "countries.json");
  for (const auto& file : files) loader.read(file);
  for (const auto& file : extensions) loader.read(file);
  loader.finish();
  return lexicon;
}

}  // namespace osrbot::language
