#include "commands/onboarding_state.h"

#include <doctest/doctest.h>

using namespace osrbot;

TEST_CASE("where somebody is in the first conversation is kept as it was") {
  OnboardingState state;
  state.at = Question::hours;
  state.set_answered(Question::languages);
  state.set_answered(Question::languages);
  state.draft = "I'm a nurse in \"Accra\"";
  state.country = "BR";
  state.project = 7;
  const OnboardingState again = onboarding_state_from(to_json(state));
  CHECK(again.at == Question::hours);
  CHECK(again.answered == std::vector{Question::languages});
  CHECK(again.draft == state.draft);
  CHECK(again.country == "BR");
  CHECK(again.project == 7);
}

TEST_CASE("questions come in their order; what is answered is not asked, the clock only where there are several") {
  OnboardingState state;
  CHECK(state.next() == Question::languages);
  state.set_answered(Question::languages);
  state.set_answered(Question::wants);
  CHECK(state.next() == Question::skills);
  state.set_answered(Question::skills);
  state.set_answered(Question::hours);
  state.set_answered(Question::place);
  CHECK(state.next() == Question::first_timer);
  state.country = "BR";
  CHECK(state.next() == Question::zone);
  state.set_answered(Question::zone);
  state.set_answered(Question::first_timer);
  CHECK_FALSE(state.next());
}

TEST_CASE("back goes to the question before, and never to consent") {
  OnboardingState state;
  state.at = Question::first_timer;
  CHECK(state.previous() == Question::place);
  state.at = Question::skills;
  CHECK(state.previous() == Question::languages);
  state.at = Question::languages;
  CHECK(state.previous() == Question::languages);
}

TEST_CASE("people count to six") {
  CHECK(number_of(Question::languages) == 1);
  CHECK(number_of(Question::place) == 5);
  CHECK(number_of(Question::zone) == 0);
  CHECK(number_of(Question::first_timer) == questions_counted);
}
