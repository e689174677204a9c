// The words of a public call, and when its readers hear more.
#pragma once

#include <string>
#include <string_view>

#include "commands/voice.h"
#include "storage/needs.h"
#include "storage/projects.h"

namespace osrbot {

/// The call in the words of the catalogue: skill, effort, deadline, credit, how to answer, and the tag; no link.
std::string call_words(const House& house, const storage::Project& project, const storage::Need& need,
                       std::string_view language);

/// What readers of a call are told: that the need has changed, is filled, or closed.
std::string follow_up_words(const House& house, const storage::Need& need, std::string_view language);

/// Sees to announcements soon.
void plan_announcement_follow_up(const Voice& voice);

}  // namespace osrbot
