#include "commands/wanted_skill.h"

#include "commands/language/post.h"

namespace osrbot {

std::string wanted_skill(const Vocabulary& vocabulary, std::string_view words) {
  const language::Lexicon& lexicon = vocabulary.lexicon();
  if (lexicon.skill_with_id(words) < lexicon.skills().size()) return std::string(words);
  // Read as the call that it is.
  const auto skills = language::parse_post("We need a " + std::string(words), {}, lexicon).skills;
  return skills.empty() ? "" : skills.front();
}

std::string label_of_skill(const Vocabulary& vocabulary, std::string_view skill_id) {
  const language::Lexicon& lexicon = vocabulary.lexicon();
  const std::size_t index = lexicon.skill_with_id(skill_id);
  return index < lexicon.skills().size() ? lexicon.skills()[index].label : std::string(skill_id);
}

}  // namespace osrbot
