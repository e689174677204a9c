#include "commands/unreachable.h"

#include <set>
#include <string>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/payload.h"
#include "storage/jobs.h"
#include "storage/projects.h"

namespace osrbot {
namespace {

namespace conversations = storage::conversations;

constexpr std::string_view unreachable_job = "chat.unreachable";
constexpr std::chrono::days silence{30};

std::string key_of(const conversations::Id& chat) {
  return fmt::format("{}:{}:{}:{}", unreachable_job, chat.adapter, chat.workspace, chat.conversation);
}

std::string payload_of(const conversations::Id& chat, Detail more) {
  return to_payload(
      {{"adapter", chat.adapter}, {"workspace", chat.workspace}, {"conversation", chat.conversation}, more});
}

std::string_view name_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::not_member:
      return "not_member";
    case Obstacle::archived:
      return "archived";
    case Obstacle::other:
      break;
  }
  return "other";
}

void tell_coordinators(const Voice& voice, const conversations::Id& chat, const std::string& obstacle) {
  const std::string bot = voice.house.config.names.empty() ? "osrbot" : voice.house.config.names.front();
  std::set<std::int64_t> told;  // once, though they coordinate two projects there
  for (const std::int64_t id : conversations::projects_at(voice.db, chat)) {
    const auto project = storage::projects::find(voice.db, id);
    if (!project || project->archived_at) continue;
    for (const storage::Person& one : storage::projects::coordinators(voice.db, id)) {
      if (!told.insert(one.id).second) continue;
      voice.tell(one, "chat.unreachable",
                 {{"project", project_ref(id)},
                  {"title", project->title},
                  {"platform", chat.adapter},
                  {"chat", chat.conversation},
                  {"obstacle", obstacle},
                  {"bot", bot}},
                 {}, chat.adapter);
    }
  }
}

/// The job stays behind as the memory of having told.
void tell_unreachable(const Voice& voice, const std::string& payload) {
  const Payload about(payload);
  if (about.has("told")) return;
  const conversations::Id chat{about.text("adapter"), about.text("workspace"), about.text("conversation")};
  tell_coordinators(voice, chat, about.text("obstacle"));
  storage::jobs::plan(voice.db, unreachable_job, key_of(chat), voice.now + silence, payload_of(chat, {"told", 1}));
}

}  // namespace

void note_unreachable(storage::Connection& db, const conversations::Id& chat, Obstacle obstacle,
                      std::chrono::sys_seconds now) {
  if (conversations::projects_at(db, chat).empty()) return;
  storage::jobs::plan_once(db, unreachable_job, key_of(chat), now, payload_of(chat, {"obstacle", name_of(obstacle)}));
}

void note_reachable(storage::Connection& db, const conversations::Id& chat) {
  storage::jobs::drop(db, key_of(chat));
}

Timer unreachable_chat() {
  return {.kind = unreachable_job, .run = tell_unreachable};
}

}  // namespace osrbot
