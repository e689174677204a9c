#include "commands/onboarding_questions.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "commands/facts.h"
#include "commands/local_time.h"
#include "commands/regions.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

constexpr std::size_t clocks_shown = 8;

// What people most often can and want, of the vocabulary; everything else they write.
constexpr auto usual_skills =
    std::to_array<std::string_view>({"data-collection", "literature-screening", "biostatistics", "medical-writing",
                                     "translation", "software-development"});
constexpr auto usual_wishes = std::to_array<std::string_view>(
    {"r", "biostatistics", "systematic-review-methods", "medical-writing", "epidemiology", "data-management"});
constexpr auto usual_hours = std::to_array<int>({1, 2, 5, 10});  // a week

class Composer {
 public:
  Composer(const Context& context, Message& message, std::string_view language, const OnboardingState& state)
      : context_(context), message_(message), language_(language), state_(state) {}

  void ask() {
    const OnboardingStep question = state_.at;
    if (question == OnboardingStep::consent) {
      say("consent.text");
      message_.buttons.push_back({button("button.agree", "yes"), button("button.disagree", "no")});
      return;
    }
    say(fmt::format("onboarding.ask.{}", to_string(question)), {{"number", number_of(question)},
                                                                {"of", questions_counted},
                                                                {"country", country_name(state_.country, language_)}});
    add_answers();
    std::vector<Button> steering;
    if (question != OnboardingStep::languages) steering.push_back(button("button.back", "back"));
    steering.push_back(button("button.skip", "skip"));
    message_.buttons.push_back(std::move(steering));
  }

  void ask_more() {
    say("onboarding.more", {{"skills", skill_names(context_.house.vocabulary, kept())}});
    add_answers();
    message_.buttons.push_back({button("button.thats_all", "done")});
  }

 private:
  void say(std::string_view key, const Arguments& arguments = {}) {
    context_.Voice::say(message_, language_, key, arguments);
  }

  std::string words(std::string_view key, const Arguments& arguments = {}) const {
    return context_.house.words.text(language_, key, arguments);
  }

  Button button(std::string_view label_key, std::string_view value) const {
    return {.label = words(label_key), .command = answer_to(state_.at, value), .url = ""};
  }

  /// What is kept already of what is asked for.
  std::vector<std::string> kept() const {
    Facts facts = kept_facts(context_);
    return state_.at == OnboardingStep::skills ? std::move(facts.skills) : std::move(facts.wants);
  }

  void add_answers() {
    switch (state_.at) {
      case OnboardingStep::languages:
        for (const std::string& code : context_.house.words.languages()) offer(language_name(code, code), code);
        break;
      case OnboardingStep::skills:
        offer_skills(usual_skills);
        break;
      case OnboardingStep::wants:
        offer_skills(usual_wishes);
        break;
      case OnboardingStep::hours:
        for (const int hours : usual_hours)
          offer(words("onboarding.hours", {{"hours", hours}}), fmt::format("{}", hours));
        break;
      case OnboardingStep::zone:
        offer_clocks();
        break;
      case OnboardingStep::first_timer:
        offer(words("button.yes"), "yes");
        offer(words("button.no"), "no");
        break;
      case OnboardingStep::consent:
      case OnboardingStep::place:
        break;
    }
    append_rows(message_, std::move(answers_));
  }

  void offer(std::string label, std::string_view value) {
    answers_.push_back({.label = std::move(label), .command = answer_to(state_.at, value), .url = ""});
  }

  void offer_skills(const auto& usual) {
    const std::vector<std::string> have = kept();
    for (const std::string_view skill : usual) {
      if (std::ranges::find(have, skill) == have.end())
        offer(skill_label(context_.house.vocabulary, skill, language_), skill);
    }
  }

  void offer_clocks() {
    auto zones = zones_of_country(state_.country, context_.now, [this](const std::string& city) {
      return !read_facts(context_, city, language::Asked::place).country.empty();
    });
    zones.resize(std::min(zones.size(), clocks_shown));
    for (const std::string& zone : zones) {
      const auto clock = to_local(context_.now, zone);
      const auto minutes =
          std::chrono::floor<std::chrono::minutes>(clock - std::chrono::floor<std::chrono::days>(clock));
      offer(fmt::format("{:02}:{:02} {}", minutes.count() / 60, minutes.count() % 60, city_of_zone(zone)), zone);
    }
  }

  const Context& context_;
  Message& message_;
  const std::string_view language_;
  const OnboardingState& state_;
  std::vector<Button> answers_;
};

}  // namespace

std::string answer_to(OnboardingStep question, std::string_view value) {
  return fmt::format("answer {}={}", to_string(question), value);
}

bool is_list(OnboardingStep question) {
  return question == OnboardingStep::skills || question == OnboardingStep::wants;
}

void say_question(const Context& context, Message& message, std::string_view language, const OnboardingState& state) {
  Composer(context, message, language, state).ask();
}

void say_more(const Context& context, Message& message, std::string_view language, const OnboardingState& state) {
  Composer(context, message, language, state).ask_more();
}

}  // namespace osrbot
