#include "commands/announcements.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "commands/announcement_words.h"
#include "commands/call_pictures.h"
#include "commands/context.h"
#include "commands/language/entities.h"
#include "commands/post_rules.h"
#include "commands/skill_words.h"
#include "commands/text_limits.h"
#include "commands/x_budget.h"
#include "storage/announcements.h"
#include "storage/outbox.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Need;
namespace announcements = storage::announcements;
namespace calls = storage::calls;

constexpr std::string_view homes = "homes";
constexpr std::size_t longest_call = 1000;  // code points: a thread of some posts

/// Languages in which a call may be written, by the words for them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> languages = {{
    {"en", "en"}, {"english", "en"},    {"fr", "fr"}, {"french", "fr"},     {"es", "es"}, {"spanish", "es"},
    {"pt", "pt"}, {"portuguese", "pt"}, {"ar", "ar"}, {"arabic", "ar"},     {"hi", "hi"}, {"hindi", "hi"},
    {"da", "da"}, {"danish", "da"},     {"de", "de"}, {"german", "de"},     {"it", "it"}, {"italian", "it"},
    {"zh", "zh"}, {"chinese", "zh"},    {"ru", "ru"}, {"russian", "ru"},    {"sw", "sw"}, {"swahili", "sw"},
    {"tr", "tr"}, {"turkish", "tr"},    {"id", "id"}, {"indonesian", "id"},
}};

std::vector<std::string_view> language_choices() {
  std::vector<std::string_view> choices;
  for (const auto& [word, tag] : languages) choices.push_back(word);
  return choices;
}

std::string language_of(const Context& context, const Args& args) {
  const std::string chosen = args.text("language");
  const auto found = std::ranges::find(languages, chosen, [](const auto& one) { return one.first; });
  return found == languages.end() ? context.house.config.language : std::string(found->second);
}

/// Where the call goes: a platform's name, or "homes".
std::string target_of(const Context& context, const Args& args) {
  const std::string chosen = args.text("where");
  if (chosen == homes) return chosen;
  for (const auto& [name, can] : context.house.platforms) {
    if (can.publishes && (chosen.empty() || chosen == name)) return name;
  }
  if (!chosen.empty()) throw UserError("announce.platform", {{"platform", chosen}});
  return std::string(homes);
}

/// What readers have to know to answer; without it most calls are of no use to them.
void require_whole(const Context& context, const Need& need) {
  const std::string ref = need_ref(need.id);
  if (need.state != storage::NeedState::open) {
    throw UserError("announce.over", {{"need", ref},
                                      {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                                      {"state", to_string(need.state)}});
  }
  if (need.hours && need.deadline && !need.credit.empty()) return;
  throw UserError("need.missing", {{"need", ref},
                                   {"hours", need.hours ? "" : "missing"},
                                   {"due", need.deadline ? "" : "missing"},
                                   {"credit", need.credit.empty() ? "missing" : ""}});
}

/// The text of the call: the one given, which is kept; or the one that somebody wrote before; or the bot's own.
std::string text_of(Context& context, const std::string& written, const std::string& language) {
  const Need& need = *context.need;
  std::string given = checked_optional_text(written, "announce.text", longest_call);
  while (given.starts_with(':') || given.starts_with(' ')) given.erase(0, 1);
  const auto kept = calls::find(context.db, need.id, language);
  if (!given.empty()) {
    if (given != kept) {
      calls::write(context.db, need.id, language, given, context.sender.id, context.now);
      context.record("call.written", need_ref(need.id), {{"language", language}});
    }
    return given;
  }
  if (kept) return *kept;
  if (std::ranges::count(context.house.words.languages(), language) == 0) {
    throw UserError("announce.language", {{"need", need_ref(need.id)}, {"language", language}});
  }
  return call_words(context.house, *context.project, need, language);
}

bool has_link(std::string_view text) {
  return std::ranges::any_of(language::entities(text),
                             [](const auto& one) { return one.kind == language::EntityKind::url; });
}

void say_plainly(Message& message, std::string text) {
  message.blocks.push_back({.kind = Block::Kind::paragraph, .spans = {{Span::Style::plain, std::move(text), ""}}});
}

void show_preview(Context& context, const std::string& target, const std::string& language, const std::string& text,
                  const std::string& alt) {
  const Need& need = *context.need;
  const std::string ref = need_ref(need.id);
  Message message;
  if (target == homes) {
    context.say(message, "announce.preview.homes",
                {{"need", ref}, {"language", language}, {"project", project_ref(need.project_id)}});
    say_plainly(message, text);
  } else {
    const XConfig& x = context.house.config.x;
    const bool links = x.links.value_or(false);
    const auto parts = post_parts(text, {.handle = context.house.config.names.front(), .links = links}, post_rules());
    context.say(message, "announce.preview",
                {{"need", ref},
                 {"platform", target},
                 {"language", language},
                 {"count", parts.size()},
                 {"length", language::weighted_length(parts.front())},
                 {"limit", heaviest_post}});
    for (const std::string& part : parts) say_plainly(message, part);
    if (!alt.empty()) context.say(message, "announce.preview.picture", {{"text", alt}, {"need", ref}});
    const bool linked = has_link(text);
    if (linked) context.say(message, "announce.link", {{"links", links ? "yes" : "no"}});
    const auto price =
        static_cast<MicroDollars>(parts.size()) * in_micro(linked && links ? x.prices.write_link : x.prices.write_post);
    if (x.enabled() && x_budget(context).left() < price) context.say(message, "announce.budget");
  }
  std::string elsewhere;
  for (const auto& one : announcements::of_need(context.db, need.id)) {
    elsewhere += fmt::format("{}{} ({})", elsewhere.empty() ? "" : ", ", one.adapter, one.language);
  }
  if (!elsewhere.empty()) context.say(message, "announce.already", {{"where", elsewhere}});
  std::string others;
  for (const std::string& other : calls::languages(context.db, need.id)) {
    if (other != language) others += (others.empty() ? "" : ", ") + other;
  }
  if (!others.empty()) context.say(message, "announce.kept", {{"languages", others}, {"need", ref}});
  context.say(message, "announce.edit", {{"need", ref}, {"language", language}});
  context.ask(std::move(message));
}

int say_in_homes(const Context& context, const Message& message) {
  int said = 0;
  for (const auto& home : storage::conversations::homes_of(context.db, context.project->id)) {
    if (context.house.platform(home.adapter).is_public) continue;
    context.send({.adapter = home.adapter,
                  .workspace = home.workspace,
                  .conversation = home.conversation,
                  .thread = home.thread},
                 {}, message);
    ++said;
  }
  return said;
}

void publish(Context& context, const std::string& target, const std::string& language, const Message& message) {
  context.send({.adapter = target, .workspace = {}, .conversation = timeline}, {}, message);
  const Place& here = context.update.place;
  announcements::add(context.db,
                     {.need_id = context.need->id,
                      .adapter = target,
                      .language = language,
                      .outbox_id = storage::outbox::newest(context.db),
                      .message_id = {},
                      .person_id = context.sender.id,
                      .asked_adapter = here.adapter,
                      .asked_workspace = here.workspace,
                      .asked_conversation = here.conversation,
                      .asked_thread = here.thread,
                      .asked_in_private = here.is_private},
                     context.now);
  plan_announcement_follow_up(context);
}

void run_announce(Context& context, const Args& args) {
  const Need& need = *context.need;
  require_whole(context, need);
  const std::string target = target_of(context, args);
  const std::string language = language_of(context, args);
  const CallWords written = call_words_in(args.text("text"));
  const std::string text = text_of(context, written.text, language);
  const std::string alt = keep_picture(
      context, {.target = target, .language = language, .alt = written.alt, .gone = !args.text("without").empty()});
  if (!context.confirmed) {
    show_preview(context, target, language, text, alt);
    return;
  }
  const std::string ref = need_ref(need.id);
  Message message;
  say_plainly(message, text);
  if (target == homes) {
    message.buttons.push_back({context.button("button.join", "join " + ref, {{"ref", ref}})});
    if (say_in_homes(context, message) == 0) {
      throw UserError("announce.no_homes", {{"project", project_ref(need.project_id)}});
    }
  } else {
    if (!alt.empty()) message.picture = picture_of_call(context, language);
    publish(context, target, language, message);
  }
  context.record("need.announced", ref, {{"where", target}, {"language", language}});
  context.reply("announce.done", {{"need", ref}, {"where", target == homes ? "" : target}});
}

}  // namespace

Command announce() {
  return {.name = "announce",
          .aliases = {"publish"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need},
                        {.name = "where",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"on"},
                         .choices = {"x", homes}},
                        {.name = "language",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"in"},
                         .choices = language_choices()},
                        {.name = "without",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"without"},
                         .choices = {"picture"}},
                        {.name = "text", .kind = ArgumentKind::rest, .required = false}},
          .run = run_announce};
}

}  // namespace osrbot
