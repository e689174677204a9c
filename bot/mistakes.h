// What a message is that is no command: something in a person's own words, or a slip in a command.
#pragma once

#include <string_view>

#include "adapters/update.h"
#include "commands/language/command_line.h"

namespace osrbot {

/// Whether a message may still be a wish to be left alone: "stop writing to me", "توقف".
bool is_no_command(const language::CommandError& error);

/// Whether one of the words is the number of a task, need or project.
bool names_any_object(std::string_view text);

/// Whether it is rather something said in a person's own words than a mistyped command: no verb is near, or there are
/// more words than a slip has, none of which is the number of a task or project. "31 April" and "0 nurses" are values
/// that were given, and not prose.
bool is_prose(const language::CommandError& error, const Update& update);

}  // namespace osrbot
