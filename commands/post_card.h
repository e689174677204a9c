// How a post in the queue is shown to coordinators.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/post.h"
#include "commands/voice.h"
#include "storage/posts.h"

namespace osrbot {

/// "Q7".
std::string post_ref(std::int64_t id);

/// The number of "Q7", "q7" or "7".
std::optional<std::int64_t> post_from(std::string_view text);

/// What a post in the queue says, read again.
language::Post reading_of(const Voice& voice, const storage::Post& post);

/// Who wrote where, what, and what was understood; of a withheld post the category only.
void say_card(const Voice& voice, Message& message, std::string_view language, const storage::Post& post);

/// A line of a list.
void say_line(const Voice& voice, Message& message, std::string_view language, const storage::Post& post);

/// What a coordinator can do with a post.
std::vector<std::vector<Button>> card_buttons(const Voice& voice, std::string_view language, const storage::Post& post);

}  // namespace osrbot
