// May somebody be written to, and when? Whoever stopped the bot, paused it, or sleeps, is left alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/message.h"
#include "commands/timer.h"
#include "storage/contact.h"
#include "storage/people.h"

namespace osrbot {

/// When a message for such an occasion may be sent to a person: `now`, the end of their quiet hours, or (nothing) not
/// at all.
///
/// | occasion  | stopped | paused | quiet hours |
/// |-----------|---------|--------|-------------|
/// | answer    | now     | now    | now         |
/// | reminder  | never   | now    | now         |
/// | personal  | never   | now    | afterwards  |
/// | unasked   | never   | never  | afterwards  |
std::optional<std::chrono::sys_seconds> when_to_write(const storage::contact::Wishes& wishes, Occasion occasion,
                                                      std::chrono::sys_seconds now, std::string_view time_zone);

/// Keeps a message until `when`; then it is sent as by Voice::tell(), unless the person has stopped the bot meanwhile.
void tell_later(const Voice& voice, const storage::Person& person, const Message& message,
                std::string_view preferred_adapter, Occasion occasion, std::chrono::sys_seconds when);

/// Forgets messages that were kept for a person.
void drop_kept_messages(storage::Connection& db, std::int64_t person_id);

/// Sends what was kept.
Timer kept_message();

}  // namespace osrbot
