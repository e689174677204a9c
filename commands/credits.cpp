#include "commands/credits.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/credit_claims.h"
#include "commands/credit_roles.h"
#include "commands/project_arguments.h"
#include "commands/task_words.h"
#include "storage/task_links.h"
#include "storage/team.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Contribution;
using storage::Credit;
using storage::credits::Kind;

constexpr int people_on_a_page = 5;
constexpr int credits_on_a_page = 10;
constexpr int uncredited_named = 10;

/// Whether somebody has or had this task in hand.
bool works_on(Context& context, const storage::Task& task, std::int64_t person_id) {
  if (task.owner_id == person_id) return true;
  const auto helpers = storage::tasks::helpers(context.db, task.id);
  return std::ranges::find(helpers, person_id, &storage::Person::id) != helpers.end();
}

/// Whose credit it is: the person named; else the sender, or for a coordinator whoever has the task.
storage::Person subject(Context& context, const Args& args) {
  if (args.find<language::PersonName>("person")) return context.person(args, "person");
  if (!context.task || works_on(context, *context.task, context.sender.id) || !context.task->owner_id) {
    return context.sender;
  }
  if (context.role < Role::coordinator) return context.sender;
  return storage::people::find(context.db, *context.task->owner_id).value_or(context.sender);
}

void require_right(Context& context, const storage::Person& person) {
  const std::string project = project_ref(context.project->id);
  if (person.id != context.sender.id) {
    if (context.role < Role::coordinator) {
      throw UserError("credit.others",
                      {{"person", person.name}, {"project", project}, {"coordinators", context.coordinator_names()}});
    }
    if (!storage::projects::role_of(context.db, context.project->id, person.id) &&
        !storage::team::last_past(context.db, context.project->id, person.id)) {
      throw UserError("credit.outsider", {{"person", context.mention(person)}, {"project", project}});
    }
    return;
  }
  if (!context.task || context.role >= Role::coordinator || works_on(context, *context.task, person.id)) return;
  throw UserError("credit.not_yours", {{"task", task_ref(context.task->id)},
                                       {"title", context.task->title},
                                       {"owner", context.task->owner_name},
                                       {"project", project}});
}

/// Whoever has a task leads in it and who helps supports it, until somebody says otherwise.
std::string usual_degree(const Context& context, const storage::Person& person) {
  if (!context.task) return "equal";
  return context.task->owner_id == person.id || !context.task->owner_id ? "lead" : "supporting";
}

void offer_roles(Context& context) {
  if (!context.task) throw UserError("credit.which_role", {{"project", project_ref(context.project->id)}});
  const std::string ref = task_ref(context.task->id);
  const std::string& language = context.language_of(context.sender);
  Message message;
  context.say(message, "credit.which_role.task", {{"task", ref}, {"title", context.task->title}});
  for (const CreditRole& role : credit_roles()) {
    if (message.buttons.empty() || message.buttons.back().size() == 2) message.buttons.emplace_back();
    message.buttons.back().push_back({.label = role_name(context, language, role.slug),
                                      .command = fmt::format("credit {} {}", ref, role.plain_name),
                                      .url = ""});
  }
  context.reply(message);
}

/// The buttons by which a credit is set right or confirmed.
std::vector<Button> next_steps(Context& context) {
  const Credit& credit = *context.credit;
  const std::string ref = credit_ref(credit.id);
  std::vector<Button> buttons;
  if (credit.is_work_done && !credit.standing.confirmed_by_lead) {
    buttons.push_back(context.button("button.credit.confirm", "credit confirm " + ref, {{"credit", ref}}));
  }
  for (const std::string_view degree : credit_degrees) {
    if (degree == credit.standing.degree) continue;
    buttons.push_back(
        context.button("button.credit.degree", fmt::format("credit correct {} {}", ref, degree), {{"degree", degree}}));
  }
  return buttons;
}

/// The person hears what somebody else wrote down for them, and says whether it is so.
void tell_person(const Context& context, const storage::Person& person, std::string_view key) {
  if (person.id == context.sender.id) return;
  Arguments arguments = words_of(context, context.language_of(person), *context.credit);
  arguments.emplace_back("by", context.sender.name);
  const std::string ref = credit_ref(context.credit->id);
  const std::string& language = context.language_of(person);
  const auto button = [&](std::string_view label, std::string command) {
    return Button{.label = context.house.words.text(language, label), .command = std::move(command), .url = ""};
  };
  std::vector<Button> buttons;
  if (context.credit->is_work_done) buttons.push_back(button("button.credit.right", "credit confirm " + ref));
  buttons.push_back(button("button.credit.wrong", "credit dispute " + ref));
  context.tell(person, key, arguments, buttons, context.update.place.adapter);
}

/// The same role for the same work: there is one credit for it.
std::optional<Credit> same_credit(Context& context, const storage::Person& person, std::string_view role) {
  const std::optional<std::int64_t> task = context.task ? std::optional(context.task->id) : std::nullopt;
  const auto known = storage::credits::of_person(context.db, context.project->id, person.id, credits_read);
  const auto same =
      std::ranges::find_if(known, [&](const Credit& one) { return one.task_id == task && one.standing.role == role; });
  return same == known.end() ? std::nullopt : std::optional(*same);
}

void run_credit(Context& context, const Args& args) {
  const std::string choice = args.text("role");
  const storage::Person person = subject(context, args);
  require_right(context, person);
  if (choice.empty()) return offer_roles(context);
  if (context.task && context.task->state == storage::TaskState::cancelled) {
    throw UserError("credit.cancelled", {{"task", task_ref(context.task->id)}, {"title", context.task->title}});
  }
  const bool is_done = !context.task || context.task->state == storage::TaskState::done;
  const std::string degree = args.text("degree");
  const std::string link = args.text("evidence");
  Contribution said{.role = std::string(credit_role_chosen(choice).slug),
                    .degree = degree.empty() ? usual_degree(context, person) : degree,
                    .evidence = link.empty() && context.task ? context.task->evidence : link,
                    .confirmed_by_person = is_done && person.id == context.sender.id,
                    .dispute = {}};
  if (is_done && person.id != context.sender.id && may_confirm_as_lead(context, person.id)) {
    said.confirmed_by_lead = context.sender.id;
  }
  context.credit = same_credit(context, person, said.role);
  if (!context.credit) {
    const auto task = context.task ? std::optional(context.task->id) : std::nullopt;
    const auto id =
        storage::credits::open(context.db, context.project->id, person.id, task, said, context.sender.id, context.now);
    context.credit = storage::credits::find(context.db, id);
    note_claim(context);
  } else {
    Contribution before = context.credit->standing;
    if (degree.empty()) said.degree = before.degree;
    if (said.evidence.empty()) said.evidence = before.evidence;
    if (before.degree == said.degree && before.evidence == said.evidence && before.dispute.empty()) {
      context.reply("credit.already", words_of(context, context.language_of(context.sender), *context.credit));
      return;
    }
    say_of_credit(context, Kind::corrected, said, "credit.corrected");
  }
  context.reply("credit.claimed", words_of(context, context.language_of(context.sender), *context.credit),
                next_steps(context));
  tell_person(context, person, "credit.claimed.you");
}

void say_credits(Context& context, Message& message, const std::vector<Credit>& credits, std::string_view key) {
  for (const Credit& one : credits) {
    context.say(message, key, words_of(context, context.language_of(context.sender), one));
  }
}

void say_uncredited(Context& context, Message& message) {
  const auto without = storage::credits::without_credit(context.db, context.project->id, uncredited_named + 1);
  if (without.empty()) return;
  context.say(message, "credits.without");
  for (std::size_t i = 0; i < std::min<std::size_t>(without.size(), uncredited_named); ++i) {
    context.say(
        message, "credits.without.line",
        {{"task", task_ref(without[i].task_id)}, {"title", without[i].title}, {"person", without[i].person_name}});
  }
  if (without.size() > uncredited_named) context.say(message, "credits.without.more");
  context.say(message, "credits.without.foot", {{"task", task_ref(without.front().task_id)}});
}

void run_credits(Context& context, const Args& args) {
  const auto* after = args.find<std::int64_t>("after");
  const std::string ref = project_ref(context.project->id);
  const Arguments of_project = {{"project", ref}, {"title", context.project->title}};
  auto people = storage::credits::people(context.db, context.project->id, after ? *after : 0, people_on_a_page + 1);
  Message message;
  if (people.empty()) {
    context.say(message, after ? "list.end" : "credits.empty", of_project);
  } else {
    context.say(message, "credits.head", of_project);
  }
  const bool is_more = people.size() > people_on_a_page;
  if (is_more) people.pop_back();
  for (const std::int64_t person : people) {
    const auto credits = storage::credits::of_person(context.db, context.project->id, person, credits_read);
    if (credits.empty()) continue;
    context.say(message, "credits.person", {{"person", credits.front().person_name}});
    say_credits(context, message, credits, "credits.line");
  }
  if (!is_more) say_uncredited(context, message);
  std::vector<Button> buttons;
  if (is_more) buttons.push_back(context.button("button.more", fmt::format("credits {} after {}", ref, people.back())));
  if (context.role >= Role::coordinator && storage::credits::unconfirmed(context.db, context.project->id) > 0) {
    buttons.push_back(context.button("button.credit.confirm.all", "credit confirm " + ref));
  }
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  context.reply(message);
}

void run_my_credits(Context& context, const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  auto credits =
      storage::credits::everywhere_of(context.db, context.sender.id, after ? after->number : 0, credits_on_a_page + 1);
  if (credits.empty()) {
    context.reply(after ? "list.end" : "credits.mine.empty", {{"person", context.sender.name}});
    return;
  }
  const bool is_more = credits.size() > credits_on_a_page;
  if (is_more) credits.pop_back();
  Message message;
  context.say(message, "credits.mine.head", {{"person", context.sender.name}});
  say_credits(context, message, credits, "credits.mine.line");
  const bool waits = std::ranges::any_of(
      credits, [](const Credit& one) { return one.is_work_done && !one.standing.confirmed_by_person; });
  context.say(message, "credits.mine.foot", {{"waits", waits ? "yes" : ""}});
  if (is_more) {
    message.buttons.push_back({context.button("button.more", "my credits after " + credit_ref(credits.back().id))});
  }
  context.reply(message);
}

}  // namespace

Command credit() {
  return {.name = "credit",
          .aliases = {"credit for", "give credit"},
          .role = Role::contributor,
          .about = About::project,
          .arguments = {{.name = "task", .kind = ArgumentKind::task, .required = false},
                        optional_project(),
                        {.name = "person", .kind = ArgumentKind::person, .required = false},
                        optional_credit_role(),
                        optional_credit_degree(),
                        {.name = "evidence", .kind = ArgumentKind::url, .required = false}},
          .on_archived = true,
          .run = run_credit};
}

Command credits() {
  return {.name = "credits",
          .aliases = {"credit list", "list credits", "who did what"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_credits};
}

Command my_credits() {
  return {.name = "my credits",
          .aliases = {"credits mine", "my credit"},
          .role = Role::guest,
          .arguments = {{.name = "after", .kind = ArgumentKind::credit, .required = false, .introduced_by = {"after"}}},
          .run = run_my_credits};
}

}  // namespace osrbot
