#include "commands/unanswered.h"

#include <string>

#include <fmt/format.h>

#include "commands/payload.h"
#include "commands/queue_notices.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

constexpr std::string_view unanswered_job = "unanswered";
constexpr std::chrono::minutes gather_unanswered{30};

void tell_unanswered(const Voice& voice, const std::string& payload) {
  const Payload what(payload);
  const Arguments arguments = {{"platform", what.text("adapter")}, {"why", what.text("why")}};
  tell_coordinators(voice, std::nullopt, [&](const std::string& language) {
    Message message;
    voice.say(message, language, "unanswered", arguments);
    return message;
  });
}

}  // namespace

void plan_unanswered_notice(storage::Connection& db, std::chrono::sys_seconds now, std::string_view adapter,
                            std::string_view why) {
  storage::jobs::plan_once(db, unanswered_job, fmt::format("{}:{}", unanswered_job, adapter), now + gather_unanswered,
                           to_payload({{"adapter", adapter}, {"why", why}}));
}

Timer unanswered_notice() {
  return {.kind = unanswered_job, .run = tell_unanswered};
}

}  // namespace osrbot
