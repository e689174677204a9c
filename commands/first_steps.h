// What is happening now, and what somebody could begin with: open needs, small tasks, and a person to ask.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/context.h"

namespace osrbot {

/// What fits a person.
struct FirstSteps {
  std::vector<storage::Task> tasks;  ///< of half an hour, that nobody has
  std::vector<storage::Need> needs;
  std::optional<storage::Person> contact;  ///< somebody who coordinates the project of the first of them
};

/// At most three steps that fit the skills (ids of the vocabulary) best, those of a project first. Needs of projects in
/// which the sender has a conflict of interest are left out.
FirstSteps first_steps(const Context& context, const std::vector<std::string>& skills,
                       std::optional<std::int64_t> project = std::nullopt);

/// Composes them in a language, with a button for each.
void say_first_steps(const Context& context, Message& message, std::string_view language, const FirstSteps& steps);

/// The three calls for people that fit best, as lines of a list; false when there are none.
bool say_open_needs(const Context& context, Message& message, std::string_view language,
                    const std::vector<std::string>& skills);

/// Open needs that the sender may see, in projects in which they have no conflict of interest; those that ask for one
/// of the skills first.
std::vector<storage::Need> fitting_needs(const Context& context, const std::vector<std::string>& skills);

/// "where can I see what's happening": answered at any time.
Command whats_new();

}  // namespace osrbot
