#include "commands/linking.h"

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/task_words.h"
#include "storage/link_codes.h"
#include "storage/merging.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
namespace codes = storage::link_codes;

void require_private(const Context& context, std::string_view command) {
  if (!context.update.place.is_private) throw UserError("private.first", {{"command", command}});
}

/// Who somebody is, to a person who has to recognise themselves: "Ana (@ana)".
Arguments who(const storage::Person& person, std::string_view handle, std::string_view adapter) {
  return {{"person", person.name}, {"handle", handle}, {"platform", adapter}};
}

std::string handle_on(const Context& context, std::int64_t person_id, std::string_view adapter) {
  for (const auto& account : storage::people::accounts(context.db, person_id)) {
    if (account.adapter == adapter) return account.handle;
  }
  return "";
}

void give_code(Context& context) {
  const std::string code =
      codes::make(context.db, context.sender.id, conversation_of(context.update.place), context.now);
  context.reply("link.code", {{"code", code}, {"minutes", codes::lifetime.count()}});
}

/// The first yes is that of whoever wrote the code; what it is about is named, for it may be somebody else's code.
void take_code(Context& context, const std::string& code) {
  const auto claim = codes::claim(context.db, code, context.sender.id, context.now);
  if (!claim.of) {
    // Answered, not thrown: the try has to be counted.
    context.reply(claim.why == codes::Refusal::too_many ? "link.too_many"
                  : claim.why == codes::Refusal::same   ? "link.same"
                                                        : "link.wrong",
                  {{"tries", codes::wrong_tries}});
    return;
  }
  const auto other = storage::people::find(context.db, *claim.of);
  const auto claimed = codes::claimed(context.db, context.sender.id, context.now);
  Message message;
  context.say(message, "link.preview",
              who(*other, handle_on(context, other->id, claimed->asked_in.adapter), claimed->asked_in.adapter));
  context.ask(std::move(message));
}

void ask_first_side(Context& context) {
  const auto claimed = codes::claimed(context.db, context.sender.id, context.now);
  if (!claimed) throw UserError("link.over");
  const auto first = storage::people::find(context.db, claimed->of);
  codes::agree(context.db, claimed->of, context.now);
  const std::string& language = context.language_of(*first);
  Message message;
  context.Voice::say(message, language, "link.ask",
                     who(context.sender, context.update.from.handle, context.update.place.adapter));
  const auto button = [&](std::string_view label, std::string command) {
    return Button{.label = context.house.words.text(language, label), .command = std::move(command), .url = ""};
  };
  message.buttons.push_back({button("button.link", "link confirm"), button("button.link_not", "link refuse")});
  context.send({.adapter = claimed->asked_in.adapter,
                .workspace = claimed->asked_in.workspace,
                .conversation = claimed->asked_in.conversation,
                .is_private = true},
               {}, message);
  context.reply("link.waits", {{"platform", claimed->asked_in.adapter}});
}

void run_link(Context& context, const Args& args) {
  require_private(context, "link");
  const std::string code = args.text("code");
  if (code.empty()) return give_code(context);
  if (context.confirmed) return ask_first_side(context);
  take_code(context, code);
}

std::int64_t waiting(Context& context, std::string_view command) {
  require_private(context, command);
  const auto other = codes::waiting(context.db, context.sender.id, conversation_of(context.update.place), context.now);
  if (!other) throw UserError("link.over");
  return *other;
}

void run_confirm(Context& context, const Args&) {
  const std::int64_t other = waiting(context, "link confirm");
  const auto person = storage::people::find(context.db, other);
  const Arguments both = {{"accounts", storage::people::accounts(context.db, other).size() +
                                           storage::people::accounts(context.db, context.sender.id).size()}};
  context.tell(*person, "link.done", both, {}, {}, Occasion::answer);
  codes::drop(context.db, context.sender.id);
  storage::merging::merge(context.db, other, context.sender.id);
  context.record("person.linked", "");
  plan_agenda(context, context.sender.id);
  context.reply("link.done", both);
}

void run_refuse(Context& context, const Args&) {
  const std::int64_t other = waiting(context, "link refuse");
  codes::drop(context.db, context.sender.id);
  context.tell(*storage::people::find(context.db, other), "link.refused", {}, {}, {}, Occasion::answer);
  context.reply("link.refused.you");
}

void run_accounts(Context& context, const Args&) {
  require_private(context, "accounts");
  Message message;
  context.say(message, "accounts.head");
  for (const auto& account : storage::people::accounts(context.db, context.sender.id)) {
    context.say(message, "accounts.line", {{"platform", account.adapter}, {"handle", account.handle}});
  }
  context.say(message, "accounts.foot");
  context.reply(message);
}

void run_unlink(Context& context, const Args& args) {
  require_private(context, "unlink");
  const std::string platform = args.text("platform");
  if (!storage::merging::split(context.db, context.sender.id, platform, context.now)) {
    throw UserError("unlink.none", {{"platform", platform}});
  }
  context.record("person.unlinked", "");
  context.reply("unlink.done", {{"platform", platform}});
}

}  // namespace

Command link() {
  return {.name = "link",
          .aliases = {"link accounts", "link account", "link my account"},
          .role = Role::guest,
          .arguments = {optional_rest("code")},
          .run = run_link};
}

Command link_confirm() {
  return {.name = "link confirm", .role = Role::guest, .arguments = {}, .hidden = true, .run = run_confirm};
}

Command link_refuse() {
  return {.name = "link refuse", .role = Role::guest, .arguments = {}, .hidden = true, .run = run_refuse};
}

Command unlink_account() {
  return {.name = "unlink",
          .role = Role::guest,
          .arguments = {{.name = "platform",
                         .kind = ArgumentKind::choice,
                         .choices = {"console", "slack", "telegram", "x"}}},
          .run = run_unlink};
}

Command accounts() {
  return {.name = "accounts", .aliases = {"my accounts"}, .role = Role::guest, .arguments = {}, .run = run_accounts};
}

}  // namespace osrbot
