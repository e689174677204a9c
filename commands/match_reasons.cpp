#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_text.h"
#include "commands/candidates.h"
#include "commands/context.h"
#include "commands/matches.h"
#include "commands/regions.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

constexpr int few_shared_hours = 4;  // a day: below, it speaks against somebody

bool has_enough_hours(const Reasons& reasons) {
  return reasons.hours && (!reasons.hours_wanted || *reasons.hours >= *reasons.hours_wanted);
}

bool is_awake_enough(const Reasons& reasons) {
  return reasons.shared_hours && *reasons.shared_hours >= few_shared_hours;
}

/// What speaks for somebody, as the catalogue wants it.
Arguments words_for(const Voice& voice, const std::string& language, const Reasons& reasons) {
  return {{"skill", skill_name(voice.house.vocabulary, reasons.skill)},
          {"learning", reasons.learning ? "yes" : "no"},
          {"role", reasons.role},
          {"discipline", reasons.discipline},
          {"enough", has_enough_hours(reasons) ? "yes" : "no"},
          {"hours", reasons.hours.value_or(0)},
          {"awake", is_awake_enough(reasons) ? "yes" : "no"},
          {"overlap", reasons.shared_hours.value_or(0)},
          {"language", reasons.language.empty() ? "" : language_name(reasons.language, language)},
          {"growth", reasons.growth ? "yes" : "no"}};
}

/// What speaks against somebody, each by its name in the catalogue.
std::vector<std::string_view> doubts_about(const Proposal& proposal) {
  const Reasons& reasons = proposal.reasons;
  std::vector<std::string_view> doubts;
  if (reasons.learning) doubts.emplace_back("learning");
  if (!reasons.hours) doubts.emplace_back("hours_unknown");
  if (reasons.hours && !has_enough_hours(reasons)) doubts.emplace_back("hours");
  if (!reasons.shared_hours) doubts.emplace_back("awake_unknown");
  if (reasons.shared_hours && !is_awake_enough(reasons)) doubts.emplace_back("awake");
  if (reasons.language.empty()) doubts.emplace_back("language");
  if (!proposal.reachable) doubts.emplace_back("unreachable");
  return doubts;
}

}  // namespace

std::string to_json(const Reasons& reasons) {
  nlohmann::json json{{"skill", reasons.skill}};
  if (reasons.learning) json["learning"] = true;
  if (reasons.hours) json["hours"] = *reasons.hours;
  if (reasons.hours_wanted) json["hours_wanted"] = *reasons.hours_wanted;
  if (!reasons.role.empty()) json["role"] = reasons.role;
  if (!reasons.discipline.empty()) json["discipline"] = reasons.discipline;
  if (!reasons.language.empty()) json["language"] = reasons.language;
  if (reasons.shared_hours) json["shared_hours"] = *reasons.shared_hours;
  if (reasons.growth) json["growth"] = true;
  return json_text(json);
}

Reasons reasons_from_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text);
  Reasons reasons{.skill = json.value("skill", ""),
                  .learning = json.value("learning", false),
                  .hours = {},
                  .hours_wanted = {},
                  .role = json.value("role", ""),
                  .discipline = json.value("discipline", ""),
                  .language = json.value("language", ""),
                  .shared_hours = {},
                  .growth = json.value("growth", false)};
  if (json.contains("hours")) reasons.hours = json.at("hours").get<double>();
  if (json.contains("hours_wanted")) reasons.hours_wanted = json.at("hours_wanted").get<double>();
  if (json.contains("shared_hours")) reasons.shared_hours = json.at("shared_hours").get<int>();
  return reasons;
}

void say_reasons(const Voice& voice, Message& message, const std::string& language, const Reasons& reasons) {
  voice.say(message, language, "match.because", words_for(voice, language, reasons));
}

void say_proposal(const Context& context, Message& message, const Proposal& proposal) {
  const std::string& language = context.language_of(context.sender);
  const Reasons& reasons = proposal.reasons;
  std::string against;
  for (const std::string_view doubt : doubts_about(proposal)) {
    against +=
        (against.empty() ? "" : "; ") + context.words("match.doubt", {{"doubt", doubt},
                                                                      {"hours", reasons.hours.value_or(0)},
                                                                      {"wanted", reasons.hours_wanted.value_or(0)},
                                                                      {"overlap", reasons.shared_hours.value_or(0)}});
  }
  context.say(message, "match.line",
              {{"person", proposal.person.name},
               {"points", proposal.candidate.fit.total()},
               {"reasons", context.words("match.for", words_for(context, language, reasons))},
               {"against", against}});
}

}  // namespace osrbot
