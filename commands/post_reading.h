// What a post says, in the words of commands.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "commands/language/post.h"
#include "commands/voice.h"

namespace osrbot {

/// Understands a post. `thread_project`: of the post that it answers ("P7"); `addressed`: written to the bot, or where
/// it is a member.
language::Post read_post(const House& house, std::string_view text, std::chrono::sys_seconds posted_at,
                         const std::string& thread_project, bool addressed);

/// "P7 2 Biostatistics by 2026-03-31": what follows `need` to keep a need that a post speaks of. `project` may be
/// empty.
std::string need_words(const House& house, const language::Post& post, const language::Need& need,
                       std::string_view project);

/// Why a text goes no further, as the catalogue chooses by it: "mrn", "medical_advice_request", "other".
std::string reason_of(const language::Post& post);

}  // namespace osrbot
