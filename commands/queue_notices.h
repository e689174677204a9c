// What coordinators are told of posts that wait for them: where, and not too often.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "commands/timer.h"
#include "commands/voice.h"
#include "storage/posts.h"

namespace osrbot {

using ComposeNotice = std::function<Message(const std::string& language)>;

/// Says something to those who decide about posts of a project, or of none: where the queue is at home; else in the
/// homes of the project, or privately to those who coordinate it; else privately to the bot's administrators.
void tell_coordinators(const Voice& voice, std::optional<std::int64_t> project, const ComposeNotice& compose);

/// Puts a post before its coordinators.
void show_to_coordinators(const Voice& voice, const storage::Post& post);

/// Posts that nobody has been told of are shown soon.
void plan_queue_notices(const Voice& voice);

/// When coordinators are to be reminded of a post that was put off.
void plan_reminder(const Voice& voice, std::int64_t post_id, std::chrono::sys_seconds at);

Timer queue_notices();
Timer queue_reminder();

}  // namespace osrbot
