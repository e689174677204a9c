// What somebody told of themselves, on its way into their profile.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "commands/context.h"
#include "commands/language/self_description.h"
#include "storage/profiles.h"

namespace osrbot {

using Facts = language::SelfDescription;

inline constexpr std::size_t most_skills = 40;
inline constexpr std::size_t most_languages = 10;

/// What a text says about its writer.
Facts read_facts(const Context& context, std::string_view text, language::Asked asked = language::Asked::anything);

/// Adds what was told later to what was told before: lists grow, everything else that is told again replaces it.
void add_facts(Facts& all, const Facts& more);

/// Keeps the facts beside what was known: skills are added, everything else that is told again replaces it. Turns the
/// clock to the place, if there is only one that it can be. Throws UserError for more than anybody has. Needs consent.
void keep_facts(Context& context, const Facts& facts);

/// Takes back what the sender has told before and does not tell any more. Needs consent.
void take_back_facts(Context& context, const Facts& before, const Facts& now);

/// Whether the person is new to research; growth follows from it.
void keep_first_timer(Context& context, bool first_timer);

/// What is kept of the sender.
Facts kept_facts(const Context& context);

/// A line for each thing that is known.
void say_facts(const Context& context, Message& message, std::string_view language, const Facts& facts);

/// "French, Arabic", in a language.
std::string language_names(const std::vector<std::string>& codes, std::string_view language);

/// The zone of a place, if it is the only one that it can be: the city's, or that of a country with one clock.
std::string zone_of_place(const Context& context, std::string_view country, std::string_view city);

}  // namespace osrbot
