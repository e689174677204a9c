// Puts a file into a conversation.
#pragma once

#include "adapters/slack/render.h"
#include "adapters/slack/web_api.h"
#include "adapters/update.h"
#include "config/secret.h"

namespace osrbot::slack {

/// Slack: a file has at most a gigabyte.
inline constexpr std::size_t largest_file = 1'000'000'000;

/// Shares the part's file, with the part's words, in Slack's steps: files.getUploadURLExternal, the bytes to the
/// address that it gives, files.completeUploadExternal; before them conversations.open for a person, who is no channel.
/// Only the last step shows anything in the conversation, so that a failure before it leaves nothing behind.
///
/// Returns at once; `done` is called once, with what came of the last step that was taken.
void share_file(WebApi& api, const Secret& token, const Place& to, const Part& part, WebApi::Done done);

}  // namespace osrbot::slack
