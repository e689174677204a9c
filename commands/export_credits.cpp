#include "commands/export_credits.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/credit_formats.h"
#include "commands/project_arguments.h"

namespace osrbot {
namespace {

using language::ArgumentKind;

constexpr std::size_t largest_file = 1'000'000;  // bytes: more than a message should carry
constexpr std::size_t longest_shown = 2'000;     // bytes of a text that stands in the answer itself

bool is_table(CreditFormat format) {
  return format == CreditFormat::tenzing || format == CreditFormat::csv;
}

/// Where the file goes: e-mail addresses and conflicts of interest are not for everybody in a room.
std::optional<Place> private_place(const Context& context) {
  if (context.update.place.is_private) return context.update.place;
  auto direct = storage::people::direct_conversation(context.db, context.sender.id, context.update.place.adapter);
  if (!direct) return std::nullopt;
  return Place{.adapter = std::move(direct->adapter),
               .workspace = std::move(direct->workspace),
               .conversation = std::move(direct->conversation),
               .thread = {},
               .is_private = true};
}

void run_export_credits(Context& context, const Args& args) {
  const std::string ref = project_ref(context.project->id);
  const std::string name = args.text("format");
  if (name.empty()) {
    Message message;
    context.say(message, "export.which", {{"project", ref}, {"title", context.project->title}});
    message.buttons.emplace_back();
    for (const std::string_view one : credit_format_names) {
      message.buttons.back().push_back(
          {.label = std::string(one), .command = fmt::format("export credits {} {}", ref, one), .url = ""});
    }
    context.reply(message);
    return;
  }
  const CreditFormat format = *credit_format_named(name);
  CreditFile file = credit_file(context.db, context.project->id, format);
  const CreditGaps gaps = credit_gaps(context.db, context.project->id);
  const Arguments arguments = {{"project", ref},
                               {"title", context.project->title},
                               {"format", name},
                               {"unconfirmed", format == CreditFormat::csv ? 0 : gaps.unconfirmed},
                               {"without", gaps.tasks_without},
                               {"unordered", gaps.without_byline},
                               {"incomplete", gaps.incomplete},
                               {"name", file.name}};
  if (file.content.empty()) throw UserError("export.empty", arguments);
  const auto place = private_place(context);
  if (!place) throw UserError("export.in_private", arguments);
  Message message;
  if (context.house.platform(place->adapter).files && file.content.size() <= largest_file) {
    context.say(message, "export.file", arguments);
    message.file = File{.name = file.name, .media_type = file.media_type, .content = std::move(file.content)};
  } else if (!is_table(format) && format != CreditFormat::jats && file.content.size() <= longest_shown) {
    context.say(message, "export.text", arguments);
    while (file.content.ends_with('\n')) file.content.pop_back();  // a file ends in a line, a message does not
    message.blocks.push_back({.kind = Block::Kind::paragraph,
                              .spans = {{.style = Span::Style::plain, .text = std::move(file.content), .target = {}}}});
  } else {
    throw UserError("export.elsewhere", arguments);
  }
  context.send(*place, {}, std::move(message));
  if (*place != context.update.place) context.reply("export.sent", arguments);
}

}  // namespace

Command export_credits() {
  return {.name = "export credits",
          .aliases = {"credits export", "export credit", "export authors"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "format",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {credit_format_names.begin(), credit_format_names.end()}}},
          .on_archived = true,
          .run = run_export_credits};
}

}  // namespace osrbot
