// Commands as forms: for platforms that show dialogs, made from the same declarations as everything else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/context.h"
#include "commands/language/form_values.h"

namespace osrbot {

/// What stands in a form when it is shown.
struct FormState {
  std::vector<language::FormValue> values;
  std::vector<std::pair<std::string, std::string>> errors = {};  ///< argument, what is wrong with it
  std::string error = {};                                        ///< what is wrong with the whole
  std::string object = {};  ///< "N5": what the form changes; it belongs to the form's command and is no field
};

/// The argument by which a command that changes something (Command::kept) names it; empty: there is none to name.
std::string_view object_argument(const Command& command);

/// Whether a command has anything to fill in, and the update is one that a dialog can be shown in answer to.
bool can_show_form(const Context& context, const Command& command);

/// Shows a command as a form, in answer to the context's update; in place of the form that was submitted, if it is the
/// submission of one. `otherwise` is said where the form cannot be shown after all.
void show_form(Context& context, const Command& command, const FormState& state, std::vector<Block> otherwise = {});

/// Closes the form that was submitted.
void close_form(const Context& context);

/// The values in UpdateKind::submitted and UpdateKind::form. Empty when `payload` is empty; throws
/// std::invalid_argument when it is not an object of strings and lists of strings.
std::vector<language::FormValue> values_in(std::string_view payload);

/// The values of arguments that were read.
std::vector<language::FormValue> values_of(const std::vector<language::ParsedArgument>& arguments);

/// The command as somebody could have typed it.
std::string typed(const Command& command, const std::vector<language::ParsedArgument>& arguments);

}  // namespace osrbot
