#include "commands/skill_words.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "commands/language/post.h"
#include "commands/language/reading.h"

namespace osrbot {
namespace {

using language::Hit;
using language::Lexicon;
using language::Reading;
using language::Sense;

/// What words name, as a reader of another language has to be told it.
struct Named {
  std::vector<std::string> skills;
  bool is_readable = true;  ///< the words are of the reader's language, or the same in all
  bool says_more = false;   ///< than the skills
};

/// Whether a phrase that was found is one of a language, too, or of all ("data manager" is Danish and English).
bool is_phrase_of(const Reading& reading, const Hit& hit, std::string_view language) {
  const Lexicon& lexicon = reading.lexicon();
  std::vector<language::WordReading> words(reading.tokens().size());
  for (std::size_t i = hit.first; i < hit.last; ++i) words[i] = lexicon.index().read(reading.tokens(), i);
  std::vector<Hit> phrases;
  lexicon.index().match(reading.tokens(), words, hit.first, phrases);
  return std::ranges::any_of(phrases, [&](const Hit& one) {
    const language::Meaning& meaning = reading.meaning(one);
    const std::string& of = lexicon.languages()[meaning.language];
    return one.last == hit.last && meaning.sense == Sense::skill && (of.empty() || of == language);
  });
}

Named named_by(const Lexicon& lexicon, std::string_view words, std::string_view reader) {
  Named named;
  const Reading reading(words, lexicon);
  std::size_t covered = 0;
  for (const Hit& hit : reading.hits()) {
    const language::Meaning& meaning = reading.meaning(hit);
    if (meaning.sense != Sense::skill) continue;
    const std::string& skill = lexicon.skills()[meaning.value].id;
    if (std::ranges::find(named.skills, skill) == named.skills.end()) named.skills.push_back(skill);
    covered += hit.last - hit.first;
    named.is_readable = named.is_readable && is_phrase_of(reading, hit, reader);
  }
  named.says_more = covered < reading.tokens().size();
  return named;
}

/// "fr" for "fr-CA".
std::string_view primary(std::string_view language) {
  return language.substr(0, language.find('-'));
}

std::string wanted(const Vocabulary& vocabulary, const std::string& words, std::string_view reader) {
  if (words.empty()) return words;
  const Named named = named_by(vocabulary.lexicon(), words, primary(reader));
  if (named.is_readable) return words;
  const std::string labels = skill_labels(vocabulary, named.skills, reader);
  return named.says_more ? fmt::format("{} ({})", labels, words) : labels;
}

}  // namespace

std::vector<std::string> skills_in(const Vocabulary& vocabulary, std::string_view words) {
  if (words.empty()) return {};
  const Lexicon& lexicon = vocabulary.lexicon();
  if (lexicon.skill_with_id(words) < lexicon.skills().size()) return {std::string(words)};
  // Read as the call that it is.
  return language::parse_post("We need a " + std::string(words), {}, lexicon).skills;
}

std::string skill_in(const Vocabulary& vocabulary, std::string_view words) {
  auto skills = skills_in(vocabulary, words);
  return skills.empty() ? "" : std::move(skills.front());
}

std::string skill_label(const Vocabulary& vocabulary, std::string_view skill, std::string_view language) {
  const Lexicon& lexicon = vocabulary.lexicon();
  const std::size_t index = lexicon.skill_with_id(skill);
  return index < lexicon.skills().size() ? lexicon.skills()[index].label(primary(language)) : std::string(skill);
}

std::string skill_labels(const Vocabulary& vocabulary, const std::vector<std::string>& skills,
                         std::string_view language) {
  std::string labels;
  for (const std::string& skill : skills) {
    labels += (labels.empty() ? "" : ", ") + skill_label(vocabulary, skill, language);
  }
  return labels;
}

InLanguage skill_name(const Vocabulary& vocabulary, std::string skill) {
  if (skill.empty()) return skill_names(vocabulary, {});
  return skill_names(vocabulary, {std::move(skill)});
}

InLanguage skill_names(const Vocabulary& vocabulary, std::vector<std::string> skills) {
  return [&vocabulary, skills = std::move(skills)](std::string_view language) {
    return skill_labels(vocabulary, skills, language);
  };
}

InLanguage wanted_skill(const Vocabulary& vocabulary, std::string words) {
  return [&vocabulary, words = std::move(words)](std::string_view reader) { return wanted(vocabulary, words, reader); };
}

}  // namespace osrbot
