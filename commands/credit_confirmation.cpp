#include "commands/credit_confirmation.h"

#include <algorithm>
#include <iterator>

#include "commands/context.h"
#include "commands/credit_claims.h"
#include "commands/credit_roles.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Contribution;
using storage::Credit;
using storage::credits::Kind;

constexpr int confirmed_at_once = 50;

Arguments words_here(const Context& context) {
  return words_of(context, context.language_of(context.sender), *context.credit);
}

/// Only the person themself and coordinators change what is said of a credit.
void require_say(Context& context) {
  if (context.credit->standing.is_withdrawn) throw UserError("credit.withdrawn.already", words_here(context));
  if (context.credit->person_id == context.sender.id || context.role >= Role::coordinator) return;
  Arguments arguments = words_here(context);
  arguments.emplace_back("coordinators", context.coordinator_names());
  throw UserError("credit.say.others", arguments);
}

/// The credit with what the sender can confirm of it.
Contribution confirmed_by_sender(Context& context, const Credit& credit) {
  Contribution now = credit.standing;
  if (credit.person_id == context.sender.id) now.confirmed_by_person = true;
  if (may_confirm_as_lead(context, credit.person_id)) {
    now.confirmed_by_lead = context.sender.id;
    now.dispute.clear();  // a lead decides; the person's own word is one side of the dispute
  }
  return now;
}

/// What the sender, as a person or as a lead, has to confirm in the project.
std::vector<Credit> waiting_for_sender(Context& context) {
  auto waiting = storage::credits::unconfirmed_by_person(context.db, context.sender.id, confirmed_at_once);
  std::erase_if(waiting, [&](const Credit& one) { return one.project_id != context.project->id; });
  if (context.role >= Role::coordinator) {
    for (Credit& one : storage::credits::unconfirmed_by_lead(context.db, context.project->id, confirmed_at_once)) {
      if (std::ranges::find(waiting, one.id, &Credit::id) == waiting.end()) waiting.push_back(std::move(one));
    }
  }
  // What somebody disputes is looked at one by one.
  std::erase_if(waiting, [&](const Credit& one) {
    return !one.standing.dispute.empty() || confirmed_by_sender(context, one) == one.standing;
  });
  return waiting;
}

void confirm_all(Context& context) {
  const auto waiting = waiting_for_sender(context);
  const Arguments of_project = {{"project", project_ref(context.project->id)},
                                {"title", context.project->title},
                                {"credit", waiting.empty() ? "" : credit_ref(waiting.front().id)},
                                {"count", waiting.size()}};
  if (waiting.empty()) {
    context.reply("credit.confirm.none", of_project);
    return;
  }
  Message message;
  context.say(message, context.confirmed ? "credit.confirmed.all" : "credit.confirm.ask", of_project);
  for (const Credit& one : waiting) {
    context.credit = one;
    if (context.confirmed) {
      say_of_credit(context, Kind::confirmed, confirmed_by_sender(context, one), "credit.confirmed");
    }
    context.say(message, "credit.confirm.line", words_here(context));
  }
  if (context.confirmed) {
    context.reply(message);
  } else {
    context.ask(std::move(message));
  }
}

void run_credit_confirm(Context& context, const Args&) {
  if (!context.credit) return confirm_all(context);
  const Credit& credit = *context.credit;
  require_say(context);
  if (!credit.is_work_done) throw UserError("credit.confirm.early", words_here(context));
  const Contribution now = confirmed_by_sender(context, credit);
  if (now == credit.standing) {
    Arguments arguments = words_here(context);
    arguments.emplace_back("coordinators", context.coordinator_names());
    throw UserError(credit.standing.is_confirmed() ? "credit.confirm.already" : "credit.confirm.other", arguments);
  }
  say_of_credit(context, Kind::confirmed, now, "credit.confirmed");
  context.reply("credit.confirmed", words_here(context));
}

void tell_subject(const Context& context, std::string_view key) {
  if (context.credit->person_id == context.sender.id) return;
  const auto person = storage::people::find(context.db, context.credit->person_id);
  if (!person) return;
  const std::string& language = context.language_of(*person);
  Arguments arguments = words_of(context, language, *context.credit);
  arguments.emplace_back("by", context.sender.name);
  std::vector<Button> buttons;
  if (context.credit->is_work_done && !context.credit->standing.is_withdrawn) {
    buttons.push_back({.label = context.house.words.text(language, "button.credit.right"),
                       .command = "credit confirm " + credit_ref(context.credit->id),
                       .url = ""});
  }
  context.tell(*person, key, arguments, buttons, context.update.place.adapter);
}

void run_credit_correct(Context& context, const Args& args) {
  require_say(context);
  const Credit before = *context.credit;
  Contribution now = before.standing;
  if (const std::string role = args.text("role"); !role.empty()) now.role = credit_role_chosen(role).slug;
  if (const std::string degree = args.text("degree"); !degree.empty()) now.degree = degree;
  if (const std::string link = args.text("evidence"); !link.empty()) now.evidence = link;
  if (now == before.standing) throw UserError("credit.correct.what", words_here(context));
  now.confirmed_by_person = before.is_work_done && before.person_id == context.sender.id;
  now.confirmed_by_lead = std::nullopt;
  if (before.is_work_done && before.person_id != context.sender.id && may_confirm_as_lead(context, before.person_id)) {
    now.confirmed_by_lead = context.sender.id;
    now.dispute.clear();
  }
  say_of_credit(context, Kind::corrected, now, "credit.corrected");
  context.reply("credit.corrected", words_here(context));
  tell_subject(context, "credit.corrected.you");
}

/// Whoever is in the project, or was, may say that something is not so.
void run_credit_dispute(Context& context, const Args& args) {
  if (context.credit->standing.is_withdrawn) throw UserError("credit.withdrawn.already", words_here(context));
  if (context.role < Role::contributor && context.credit->person_id != context.sender.id) {
    throw UserError("credit.dispute.team", words_here(context));
  }
  const std::string why = checked_optional_text(args.text("reason"), "credit.reason", longest_note);
  Contribution now = context.credit->standing;
  now.dispute = why.empty() ? context.house.words.text(context.house.config.language, "credit.dispute.plain",
                                                       {{"person", context.sender.name}})
                            : why;
  now.confirmed_by_person = false;
  now.confirmed_by_lead = std::nullopt;
  say_of_credit(context, Kind::disputed, now, "credit.disputed", now.dispute);
  context.reply("credit.disputed", words_here(context));
  for (const storage::Person& one : storage::projects::coordinators(context.db, context.project->id)) {
    if (one.id == context.sender.id || one.id == context.credit->person_id) continue;
    Arguments arguments = words_of(context, context.language_of(one), *context.credit);
    arguments.emplace_back("by", context.sender.name);
    context.tell(one, "credit.disputed.lead", arguments, {}, context.update.place.adapter);
  }
  tell_subject(context, "credit.disputed.you");
}

void run_credit_withdraw(Context& context, const Args& args) {
  require_say(context);
  const std::string why = checked_optional_text(args.text("reason"), "credit.reason", longest_note);
  Contribution now = context.credit->standing;
  now.is_withdrawn = true;
  say_of_credit(context, Kind::withdrawn, now, "credit.withdrawn", why);
  context.reply("credit.withdrawn", words_here(context));
  tell_subject(context, "credit.withdrawn.you");
}

Command about_a_credit(std::string_view name, std::vector<std::string_view> aliases,
                       std::vector<language::ArgumentSpec> more, void (*run)(Context&, const Args&)) {
  std::vector<language::ArgumentSpec> arguments = {{.name = "credit", .kind = ArgumentKind::credit}};
  std::ranges::move(more, std::back_inserter(arguments));
  return {.name = name,
          .aliases = std::move(aliases),
          .role = Role::guest,
          .about = About::project,
          .arguments = std::move(arguments),
          .on_archived = true,
          .for_outsiders = true,
          .run = run};
}

language::ArgumentSpec reason() {
  return {.name = "reason", .kind = ArgumentKind::rest, .required = false};
}

}  // namespace

Command credit_confirm() {
  Command command = about_a_credit("credit confirm", {"confirm credit", "confirm credits", "credits confirm"},
                                   {optional_project()}, run_credit_confirm);
  command.arguments.front().required = false;
  return command;
}

Command credit_correct() {
  return about_a_credit("credit correct", {"correct credit", "credit edit", "credit change"},
                        {optional_credit_role(),
                         optional_credit_degree(),
                         {.name = "evidence", .kind = ArgumentKind::url, .required = false}},
                        run_credit_correct);
}

Command credit_dispute() {
  return about_a_credit("credit dispute", {"dispute credit", "dispute"}, {reason()}, run_credit_dispute);
}

Command credit_withdraw() {
  return about_a_credit("credit withdraw", {"withdraw credit", "credit remove"}, {reason()}, run_credit_withdraw);
}

}  // namespace osrbot
