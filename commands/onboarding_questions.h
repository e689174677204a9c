// The questions of the first conversation as messages, with the buttons that answer them.
#pragma once

#include <string>
#include <string_view>

#include "commands/context.h"
#include "commands/onboarding_state.h"

namespace osrbot {

/// "answer hours=3": the command of a button.
std::string answer_to(OnboardingStep question, std::string_view value);

/// Of some things people have several: their buttons add one, and ask for more.
bool is_list(OnboardingStep question);

/// Composes the question where somebody is, in a language.
void say_question(const Context& context, Message& message, std::string_view language, const OnboardingState& state);

/// The same for a list to which something was just added.
void say_more(const Context& context, Message& message, std::string_view language, const OnboardingState& state);

}  // namespace osrbot
