#include "commands/onboarding_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/json_text.h"

namespace osrbot {
namespace {

constexpr std::array<std::string_view, 8> step_names = {"consent", "languages", "skills", "wants",
                                                        "hours",   "place",     "zone",   "first_timer"};

}  // namespace

std::string_view to_string(OnboardingStep question) {
  return step_names[static_cast<std::size_t>(question)];
}

std::optional<OnboardingStep> question_named(std::string_view name) {
  const auto found = std::ranges::find(step_names, name);
  if (found == step_names.end()) return std::nullopt;
  return static_cast<OnboardingStep>(found - step_names.begin());
}

int number_of(OnboardingStep question) {
  switch (question) {
    case OnboardingStep::consent:
    case OnboardingStep::zone:
      return 0;
    case OnboardingStep::first_timer:
      return questions_counted;
    case OnboardingStep::languages:
    case OnboardingStep::skills:
    case OnboardingStep::wants:
    case OnboardingStep::hours:
    case OnboardingStep::place:
      break;
  }
  return static_cast<int>(question);
}

language::Asked asked_by(OnboardingStep question) {
  switch (question) {
    case OnboardingStep::languages:
      return language::Asked::languages;
    case OnboardingStep::skills:
      return language::Asked::skills;
    case OnboardingStep::wants:
      return language::Asked::wants;
    case OnboardingStep::hours:
      return language::Asked::hours;
    case OnboardingStep::place:
      return language::Asked::place;
    case OnboardingStep::consent:
    case OnboardingStep::zone:
    case OnboardingStep::first_timer:
      break;
  }
  return language::Asked::anything;
}

bool OnboardingState::is_answered(OnboardingStep question) const {
  return std::ranges::find(answered, question) != answered.end();
}

void OnboardingState::set_answered(OnboardingStep question) {
  if (!is_answered(question)) answered.push_back(question);
}

void OnboardingState::add_to_draft(std::string words) {
  if (std::ranges::count(draft, words) == 0) draft.push_back(std::move(words));
}

std::size_t OnboardingState::draft_size() const {
  std::size_t size = 0;
  for (const std::string& words : draft) size += words.size();
  return size;
}

void OnboardingState::set_written(WrittenAnswer answer) {
  std::erase_if(written, [&](const WrittenAnswer& one) {
    const bool drafted = std::ranges::count(draft, one.words) > 0;
    return (one.question == answer.question && !drafted) || one.message == answer.message;
  });
  if (!answer.message.empty()) written.push_back(std::move(answer));
}

std::optional<WrittenAnswer> OnboardingState::answer_in(std::string_view message) const {
  const auto found = std::ranges::find(written, message, &WrittenAnswer::message);
  return found == written.end() ? std::nullopt : std::optional(*found);
}

std::optional<OnboardingStep> OnboardingState::next() const {
  for (std::size_t i = 1; i < step_names.size(); ++i) {
    const auto question = static_cast<OnboardingStep>(i);
    if (question == OnboardingStep::zone && country.empty()) continue;
    if (!is_answered(question)) return question;
  }
  return std::nullopt;
}

OnboardingStep OnboardingState::previous() const {
  auto before = static_cast<std::size_t>(at);
  do {
    if (before <= 1) return OnboardingStep::languages;
    --before;
  } while (static_cast<OnboardingStep>(before) == OnboardingStep::zone);
  return static_cast<OnboardingStep>(before);
}

std::string to_json(const OnboardingState& state) {
  nlohmann::json json = {{"at", to_string(state.at)}};
  if (state.told_early) json["told_early"] = true;
  for (const OnboardingStep one : state.answered) json["answered"].push_back(to_string(one));
  if (!state.draft.empty()) json["draft"] = state.draft;
  if (!state.country.empty()) json["country"] = state.country;
  if (state.project) json["project"] = *state.project;
  for (const WrittenAnswer& one : state.written) {
    json["written"].push_back({{"question", to_string(one.question)}, {"message", one.message}, {"words", one.words}});
  }
  return json_text(json);
}

OnboardingState onboarding_state_from(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text);
  OnboardingState state;
  state.at = question_named(json.at("at").get<std::string>()).value_or(OnboardingStep::consent);
  state.told_early = json.value("told_early", false);
  for (const nlohmann::json& one : json.value("answered", nlohmann::json::array())) {
    if (const auto question = question_named(one.get<std::string>())) state.set_answered(*question);
  }
  // Conversations that were begun before drafts grew have one text there.
  const nlohmann::json draft = json.value("draft", nlohmann::json::array());
  if (draft.is_string()) state.draft = {draft.get<std::string>()};
  if (draft.is_array()) state.draft = draft.get<std::vector<std::string>>();
  state.country = json.value("country", "");
  if (json.contains("project")) state.project = json.at("project").get<std::int64_t>();
  for (const nlohmann::json& one : json.value("written", nlohmann::json::array())) {
    if (const auto question = question_named(one.at("question").get<std::string>())) {
      state.written.push_back({.question = *question, .message = one.at("message"), .words = one.at("words")});
    }
  }
  return state;
}

}  // namespace osrbot
