#include "commands/my_data.h"

#include <nlohmann/json.hpp>

#include "commands/context.h"
#include "storage/personal_data.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

constexpr std::int64_t rows_of_a_table = 1000;
constexpr std::size_t longest_in_words = 12'000;  // bytes: a few messages on any platform

/// Table by table, a line for each row: what people can read without a program.
void say_rows(Message& message, const std::string& json) {
  const auto tables = nlohmann::ordered_json::parse(json);
  for (const auto& [table, rows] : tables.items()) {
    message.blocks.push_back({.spans = {{.style = Span::Style::bold, .text = table}}});
    for (const auto& row : rows) {
      message.blocks.push_back({.kind = Block::Kind::item, .spans = {{.text = row.dump()}}});
    }
  }
}

/// As a file where the platform takes files, else as words.
Message written(const Context& context, std::string_view adapter, std::string json) {
  Message message;
  if (context.house.platform(adapter).files) {
    context.say(message, "data.file");
    message.file = File{.name = "my-data.json", .media_type = "application/json", .content = std::move(json)};
  } else if (json.size() > longest_in_words) {
    context.say(message, "data.long");
  } else {
    context.say(message, "data.words");
    say_rows(message, json);
  }
  return message;
}

void run_my_data(Context& context, const Args&) {
  const Place& place = context.update.place;
  if (place.is_private) {
    context.reply(written(context, place.adapter,
                          storage::personal_data::export_json(context.db, context.sender.id, rows_of_a_table)));
    return;
  }
  const auto direct = storage::people::direct_conversation(context.db, context.sender.id, place.adapter);
  if (!direct) throw UserError("private.first", {{"command", "my data"}});
  context.tell(context.sender,
               written(context, direct->adapter,
                       storage::personal_data::export_json(context.db, context.sender.id, rows_of_a_table)),
               place.adapter, Occasion::answer);
  context.reply("private.look");
}

void run_stay(Context& context, const Args&) {
  storage::profiles::note_activity(context.db, context.sender.id, context.now);
  context.reply("silence.stayed");
}

}  // namespace

Command my_data() {
  return {.name = "my data",
          .aliases = {"export my data", "what do you know about me", "data"},
          .role = Role::guest,
          .arguments = {},
          .run = run_my_data};
}

Command stay() {
  return {
      .name = "stay", .aliases = {"keep me"}, .role = Role::guest, .arguments = {}, .hidden = true, .run = run_stay};
}

}  // namespace osrbot
