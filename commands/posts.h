// Answers to what people write in their own words: calls for help, offers, ideas, questions.
#pragma once

#include "commands/context.h"

namespace osrbot {

/// Whether a message carries the tag by which a post asks to be seen. Needs no database and no lexicon.
bool is_tagged(std::string_view text, const Config& config);

/// Understands a message that is no command, and answers with the commands that do what it asks for. False, and nothing
/// is said, when there is nothing in it that the bot could act on.
bool answer_post(Context& context);

}  // namespace osrbot
