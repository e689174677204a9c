#include "commands/onboarding_state.h"

#include <doctest/doctest.h>

using namespace osrbot;

TEST_CASE("where somebody is in the first conversation is kept as it was") {
  OnboardingState state;
  state.at = OnboardingStep::hours;
  state.set_answered(OnboardingStep::languages);
  state.set_answered(OnboardingStep::languages);
  state.draft = {"I'm a nurse in \"Accra\"", "3 hours"};
  state.country = "BR";
  state.project = 7;
  state.set_written({.question = OnboardingStep::skills, .message = "41", .words = "SPSS"});
  const OnboardingState again = onboarding_state_from(to_json(state));
  CHECK(again.at == OnboardingStep::hours);
  CHECK(again.answered == std::vector{OnboardingStep::languages});
  CHECK(again.draft == state.draft);
  CHECK(again.country == "BR");
  CHECK(again.project == 7);
  REQUIRE(again.answer_in("41"));
  CHECK(again.answer_in("41")->question == OnboardingStep::skills);
  CHECK(again.answer_in("41")->words == "SPSS");
}

TEST_CASE("of each question the last written answer is known by its message") {
  OnboardingState state;
  state.set_written({.question = OnboardingStep::skills, .message = "41", .words = "SPSS"});
  state.set_written({.question = OnboardingStep::hours, .message = "42", .words = "3"});
  state.set_written({.question = OnboardingStep::skills, .message = "43", .words = "R"});
  state.set_written({.question = OnboardingStep::place, .message = "", .words = "Ghana"});  // cannot be edited
  CHECK_FALSE(state.answer_in("41"));
  CHECK_FALSE(state.answer_in(""));
  CHECK(state.answer_in("42")->words == "3");
  CHECK(state.answer_in("43")->words == "R");
  CHECK(state.written.size() == 2);
}

TEST_CASE("a draft grows, and each of its messages may still be edited") {
  OnboardingState state;
  for (const std::string words : std::initializer_list<const char*>{"nurse", "from Accra", "nurse"}) {
    state.set_written({.question = OnboardingStep::languages, .message = "of " + words, .words = words});
    state.add_to_draft(words);
  }
  CHECK(state.draft == std::vector<std::string>{"nurse", "from Accra"});
  CHECK(state.draft_size() == 15);
  CHECK(state.answer_in("of nurse"));
  CHECK(state.answer_in("of from Accra"));
  state.draft.clear();
  state.set_written({.question = OnboardingStep::languages, .message = "44", .words = "French"});
  CHECK(state.written.size() == 1);
}

TEST_CASE("a draft of before drafts grew is still read") {
  CHECK(onboarding_state_from(R"({"at": "hours", "draft": "nurse"})").draft == std::vector<std::string>{"nurse"});
}

TEST_CASE("questions come in their order; what is answered is not asked, the clock only where there are several") {
  OnboardingState state;
  CHECK(state.next() == OnboardingStep::languages);
  state.set_answered(OnboardingStep::languages);
  state.set_answered(OnboardingStep::wants);
  CHECK(state.next() == OnboardingStep::skills);
  state.set_answered(OnboardingStep::skills);
  state.set_answered(OnboardingStep::hours);
  state.set_answered(OnboardingStep::place);
  CHECK(state.next() == OnboardingStep::first_timer);
  state.country = "BR";
  CHECK(state.next() == OnboardingStep::zone);
  state.set_answered(OnboardingStep::zone);
  state.set_answered(OnboardingStep::first_timer);
  CHECK_FALSE(state.next());
}

TEST_CASE("back goes to the question before, and never to consent") {
  OnboardingState state;
  state.at = OnboardingStep::first_timer;
  CHECK(state.previous() == OnboardingStep::place);
  state.at = OnboardingStep::skills;
  CHECK(state.previous() == OnboardingStep::languages);
  state.at = OnboardingStep::languages;
  CHECK(state.previous() == OnboardingStep::languages);
}

TEST_CASE("people count to six") {
  CHECK(number_of(OnboardingStep::languages) == 1);
  CHECK(number_of(OnboardingStep::place) == 5);
  CHECK(number_of(OnboardingStep::zone) == 0);
  CHECK(number_of(OnboardingStep::first_timer) == questions_counted);
}
