// Skills in people's words: what words mean, and what a skill is called in the language of whoever reads of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/catalogue.h"
#include "commands/vocabulary.h"

namespace osrbot {

/// Ids of the skills that a coordinator's words ask for ("two R programmers": "r"); none for words that the vocabulary
/// does not have.
std::vector<std::string> skills_in(const Vocabulary& vocabulary, std::string_view words);

/// The first of them, or an empty text.
std::string skill_in(const Vocabulary& vocabulary, std::string_view words);

/// What people call a skill: in a language, else in English; the id, for one that the vocabulary does not have any
/// more.
std::string skill_label(const Vocabulary& vocabulary, std::string_view skill, std::string_view language);

/// "R programming, SPSS".
std::string skill_labels(const Vocabulary& vocabulary, const std::vector<std::string>& skills,
                         std::string_view language);

/// The same for a message: each reader has them in their language. The vocabulary must outlive it.
InLanguage skill_name(const Vocabulary& vocabulary, std::string skill);
InLanguage skill_names(const Vocabulary& vocabulary, std::vector<std::string> skills);

/// What somebody is looked for as: the coordinator's own words for who reads the language in which these name a skill,
/// the skill's label for everybody else, with the words behind it where they say more than the skill.
InLanguage wanted_skill(const Vocabulary& vocabulary, std::string words);

}  // namespace osrbot
