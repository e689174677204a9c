#include "commands/welcome.h"

#include <fmt/format.h>

#include "commands/payload.h"
#include "storage/greetings.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

constexpr std::string_view welcome_job = "welcome";
constexpr std::chrono::minutes pause_between_greetings{5};

std::optional<storage::Project> project_of(const Voice& voice, const Place& place) {
  const auto home = storage::conversations::project_of(voice.db, conversation_of(place), place.thread);
  return home ? storage::projects::find(voice.db, *home) : std::nullopt;
}

/// "start P7" in the private chat remembers where somebody came from.
Button private_button(const Voice& voice, std::string_view language, const std::optional<storage::Project>& project) {
  return {.label = voice.house.words.text(language, "button.private_chat"),
          .command = project ? "start " + project_ref(project->id) : "start",
          .url = "",
          .in_private = true,
          .use = Button::Use::again};
}

Arguments words_of(const std::optional<storage::Project>& project) {
  return {{"project", project ? project_ref(project->id) : ""}, {"title", project ? project->title : ""}};
}

std::string payload_of(const Place& place) {
  return to_payload({{"adapter", place.adapter},
                     {"workspace", place.workspace},
                     {"conversation", place.conversation},
                     {"thread", place.thread}});
}

void greet_late(const Voice& voice, const std::string& payload) {
  const Payload where(payload);
  const Place place{.adapter = where.text("adapter"),
                    .workspace = where.text("workspace"),
                    .conversation = where.text("conversation"),
                    .thread = where.text("thread")};
  const std::int64_t count = storage::greetings::take_waiting(voice.db, conversation_of(place), voice.now);
  if (count == 0) return;
  const auto project = project_of(voice, place);
  const std::string& language = voice.house.config.language;
  Arguments arguments = words_of(project);
  arguments.emplace_back("count", count);
  Message message;
  voice.say(message, language, "welcome.late", arguments);
  message.buttons.push_back({private_button(voice, language, project)});
  voice.send(place, {}, std::move(message));
}

}  // namespace

void welcome(const Voice& voice, const Update& joined) {
  const Place& place = joined.place;
  if (voice.house.platform(place.adapter).is_public) return;
  if (!storage::greetings::greet(voice.db, conversation_of(place), pause_between_greetings, voice.now)) {
    const std::string payload = payload_of(place);
    storage::jobs::plan_once(voice.db, welcome_job, fmt::format("{}:{}", welcome_job, payload),
                             voice.now + pause_between_greetings, payload);
    return;
  }
  const auto project = project_of(voice, place);
  const std::string& language = joined.from.language.empty() ? voice.house.config.language : joined.from.language;
  Arguments arguments = words_of(project);
  arguments.emplace_back("person", Mention{joined.from.name, joined.from.id});
  Message message;
  voice.say(message, language, "welcome", arguments);
  message.buttons.push_back({private_button(voice, language, project)});
  if (project) {
    message.buttons.back().push_back({.label = voice.house.words.text(language, "button.open_tasks"),
                                      .command = "tasks " + project_ref(project->id) + " open",
                                      .url = ""});
  }
  voice.send(place, joined.message_id, std::move(message));
}

void invite_to_private_chat(Context& context) {
  context.reply(
      "welcome.private", {{"person", context.mention(context.sender)}},
      {private_button(context, context.language_of(context.sender), project_of(context, context.update.place)),
       context.button("button.help", "help")});
}

Timer late_welcome() {
  return {.kind = welcome_job, .run = greet_late};
}

}  // namespace osrbot
