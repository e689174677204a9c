#include "commands/contact.h"

#include <charconv>
#include <string>

#include <fmt/format.h>

#include "commands/local_time.h"
#include "commands/payload.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

using std::chrono::sys_seconds;

constexpr std::string_view kept_message_job = "contact.kept";

/// "HH:MM" since midnight.
std::chrono::minutes clock_from(std::string_view text) {
  int hours = 0;
  int minutes = 0;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  std::from_chars(text.data(), text.data() + colon, hours);
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), minutes);
  return std::chrono::hours(hours) + std::chrono::minutes(minutes);
}

sys_seconds after_quiet_hours(const storage::contact::Wishes& wishes, sys_seconds now, std::string_view zone) {
  if (wishes.quiet_from.empty()) return now;
  const auto from = clock_from(wishes.quiet_from);
  const auto until = clock_from(wishes.quiet_until);
  const std::chrono::local_seconds local = to_local(now, zone);
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const auto clock = local - midnight;
  const bool quiet = from < until ? clock >= from && clock < until : clock >= from || clock < until;
  if (!quiet || from == until) return now;
  return to_utc(clock < until ? midnight + until : midnight + std::chrono::days(1) + until, zone);
}

/// Each message that waits for a person is a job of its own, for they are sent one after the other.
std::string key_of(std::int64_t person_id, std::string_view which) {
  return fmt::format("{}:{}:{}", kept_message_job, person_id, which);
}

void send_kept(const Voice& voice, const std::string& payload) {
  const Payload kept(payload);
  const auto person = storage::people::find(voice.db, kept.integer("person"));
  if (!person) return;
  voice.tell(*person, message_from_json(kept.text("message")), kept.text("adapter"),
             static_cast<Occasion>(kept.integer("occasion")));
}

}  // namespace

std::optional<sys_seconds> when_to_write(const storage::contact::Wishes& wishes, Occasion occasion, sys_seconds now,
                                         std::string_view time_zone) {
  if (occasion == Occasion::answer) return now;
  if (wishes.stopped) return std::nullopt;
  if (occasion == Occasion::reminder) return now;
  if (occasion == Occasion::unasked && wishes.paused_until && *wishes.paused_until > now) return std::nullopt;
  return after_quiet_hours(wishes, now, time_zone);
}

void tell_later(const Voice& voice, const storage::Person& person, const Message& message,
                std::string_view preferred_adapter, Occasion occasion, sys_seconds when) {
  const std::string which = fmt::format("{}:{}", voice.update_key, storage::jobs::next_id(voice.db));
  storage::jobs::plan(voice.db, kept_message_job, key_of(person.id, which), when,
                      to_payload({{"person", person.id},
                                  {"adapter", preferred_adapter},
                                  {"occasion", static_cast<int>(occasion)},
                                  {"message", to_json(message)}}));
}

void drop_kept_messages(storage::Connection& db, std::int64_t person_id) {
  storage::jobs::drop_all(db, key_of(person_id, ""));
}

Timer kept_message() {
  return {.kind = kept_message_job, .run = send_kept};
}

}  // namespace osrbot
