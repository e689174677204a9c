// Answers to what people write in their own words: calls for help, offers, ideas, questions.
#pragma once

#include <string_view>

#include "commands/context.h"
#include "commands/language/post.h"

namespace osrbot {

/// Whether a message carries the tag by which a post asks to be seen. Needs no database and no lexicon.
bool is_tagged(std::string_view text, const Config& config);

/// Sees to a tagged message that was not written to the bot: answers it, or puts it before coordinators where answers
/// are for people to give.
void hear_post(Context& context);

/// A message is gone from its platform: nothing of it is kept here.
void forget_message(storage::Connection& db, const Update& update, std::chrono::sys_seconds now);

/// Understands a message that is no command, and answers with the commands that do what it asks for. False, and nothing
/// is said, when there is nothing in it that the bot could act on.
bool answer_post(Context& context);

}  // namespace osrbot
