// What a need says to those who may come for it: skill, effort, deadline, credit.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "commands/catalogue.h"
#include "commands/command.h"
#include "commands/language/form_values.h"
#include "storage/needs.h"

namespace osrbot {

class Context;
struct House;

/// The arguments by which a command says them, but for the skill.
std::vector<language::ArgumentSpec> need_terms();

/// The same as they stand in a need, with the skill; and as far as a message says them, for a need made of it. What a
/// long message looks for and the bot does not know stays open.
std::vector<language::FormValue> kept_terms(const storage::Need& need);
std::vector<language::FormValue> terms_in(const Context& context, std::string_view words);

/// Takes what a command says about a need over into it; what a form emptied is open again, and one person is wanted
/// where no number is. Throws UserError.
void read_terms(const Context& context, const Args& args, storage::Need& need);

/// Gives the need another skill, in the coordinator's words. Throws UserError.
void set_skill(const Context& context, storage::Need& need, std::string_view words);

/// The need as the catalogue's words about it want it.
Arguments words_of(const House& house, const storage::Need& need);

/// What a person has to know to answer a call; without it most calls are of no use to those who read them.
bool is_whole(const storage::Need& need);

Button join_button(const Context& context, const storage::Need& need);

/// The project's homes hear of a need once it says all that matters. `before`: as it was, when it was edited.
void announce_if_whole(Context& context, const storage::Need& need, const storage::Need* before = nullptr);

/// Writes an edited need and records it; ends the search for what has become filled. The need as it is now.
storage::Need keep_edited(Context& context, const storage::Need& before, const storage::Need& after);

}  // namespace osrbot
