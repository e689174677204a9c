#include "commands/joining.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "commands/agenda.h"
#include "commands/contact_exchange.h"
#include "commands/context.h"
#include "commands/project_arguments.h"
#include "commands/searches.h"
#include "commands/skill_words.h"
#include "commands/team.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::JoinRequest;
namespace projects = storage::projects;

/// Roles that carry responsibility for others: a coordinator gives them, in every project.
constexpr std::array<std::string_view, 4> given_by_coordinators = {"steering", "national lead", "site lead",
                                                                   "supervisor"};

/// What somebody wants to come for.
struct Wish {
  std::optional<storage::Need> need;
  std::string team_role;

  std::string need_text() const { return need ? need_ref(need->id) : ""; }
  std::string skill() const { return need ? need->skill : ""; }
};

bool asks_first(Context& context, const Wish& wish) {
  if (context.role >= Role::coordinator) return false;
  if (std::ranges::find(given_by_coordinators, wish.team_role) != given_by_coordinators.end()) return true;
  const std::int64_t id = context.project->id;
  if (projects::role_of(context.db, id, context.sender.id)) return false;
  const auto past = storage::team::last_past(context.db, id, context.sender.id);
  return context.project->asks_approval || (past && past->removed_by);
}

/// Makes a person part of the project in the way they wish, and says in the audit what was changed by it.
void bring_in(Context& context, const storage::Person& person, const Wish& wish) {
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  if (!projects::role_of(context.db, id, person.id)) {
    projects::set_role(context.db, id, person.id, projects::Role::contributor, context.now);
    context.record(person.id == context.sender.id ? "member.joined" : "member.added", ref,
                   {{"person", person.id}, {"role", "contributor"}});
    begin_agenda(context, person.id);
  }
  if (!wish.team_role.empty() && storage::team::add_role(context.db, id, person.id, wish.team_role, context.now)) {
    context.record("member.role.given", ref, {{"person", person.id}, {"team_role", wish.team_role}});
  }
  if (!wish.need || !storage::needs::add_person(context.db, wish.need->id, person.id, context.now)) return;
  context.record("need.joined", need_ref(wish.need->id), {{"person", person.id}});
  const auto after = storage::needs::find(context.db, wish.need->id);
  if (after->state == storage::NeedState::filled && wish.need->state == storage::NeedState::open) {
    context.announce(id, "need.filled",
                     {{"need", need_ref(after->id)},
                      {"project", ref},
                      {"skill", wanted_skill(context.house.vocabulary, after->skill)},
                      {"count", after->count}});
    end_search(context, *after, "filled");
  }
}

std::vector<Button> next_buttons(const Context& context) {
  return {context.button("button.open_tasks", "tasks " + project_ref(context.project->id) + " open")};
}

Wish wish_from(Context& context, const Args& args) {
  Wish wish{.need = context.need, .team_role = args.text("role")};
  if (!wish.need) return wish;
  const std::string ref = need_ref(wish.need->id);
  if (wish.need->state != storage::NeedState::open) {
    throw UserError("join.need.over", {{"need", ref},
                                       {"skill", wanted_skill(context.house.vocabulary, wish.need->skill)},
                                       {"state", storage::to_string(wish.need->state)},
                                       {"project", project_ref(context.project->id)}});
  }
  if (wish.team_role.empty()) wish.team_role = wish.need->team_role;
  return wish;
}

/// Tells the coordinators, each in private; where none can be reached, the project's homes. How many heard of it.
int carry_request(Context& context, std::int64_t number, const Wish& wish) {
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {{"person", context.sender.name},
                               {"project", ref},
                               {"title", context.project->title},
                               {"role", wish.team_role},
                               {"need", wish.need_text()},
                               {"skill", wanted_skill(context.house.vocabulary, wish.skill())},
                               {"request", number}};
  const auto buttons = [&](const std::string& language) {
    const auto one = [&](std::string_view key, std::string_view verb) {
      return Button{.label = context.house.words.text(language, key, {{"person", context.sender.name}}),
                    .command = fmt::format("{} {}", verb, number),
                    .url = ""};
    };
    return std::vector{one("button.approve", "approve"), one("button.decline", "decline")};
  };
  int reached = 0;
  for (const storage::Person& one : projects::coordinators(context.db, context.project->id)) {
    reached +=
        context.tell(one, "join.request", arguments, buttons(context.language_of(one)), context.update.place.adapter);
  }
  if (reached > 0) return reached;
  return context.announce(context.project->id, "join.request", arguments, buttons(context.house.config.language));
}

void ask_coordinators(Context& context, const Wish& wish) {
  const std::int64_t id = context.project->id;
  const bool again = storage::join_requests::waiting(context.db, id, context.sender.id).has_value();
  const Place& place = context.update.place;
  const std::int64_t number =
      storage::join_requests::ask(context.db,
                                  {.project_id = id,
                                   .person_id = context.sender.id,
                                   .need_id = wish.need ? std::optional(wish.need->id) : std::nullopt,
                                   .team_role = wish.team_role,
                                   .asked_in = {.adapter = place.adapter,
                                                .workspace = place.workspace,
                                                .conversation = place.conversation,
                                                .thread = place.thread},
                                   .asked_at = {},
                                   .state = {},
                                   .decided_by = {}},
                                  context.now);
  const Arguments arguments = {
      {"project", project_ref(id)}, {"title", context.project->title}, {"coordinators", context.coordinator_names()}};
  if (again) {
    context.reply("join.waiting", arguments);
    return;
  }
  context.record("join.requested", project_ref(id), {{"request", number}});
  context.reply(carry_request(context, number, wish) > 0 ? "join.asked" : "join.unheard", arguments);
}

void run_join(Context& context, const Args& args) {
  context.require(Role::guest);
  const Wish wish = wish_from(context, args);
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  const auto before = storage::team::member(context.db, id, context.sender.id);
  if (before && !wish.need && (wish.team_role.empty() || before->team_roles.contains(wish.team_role))) {
    context.reply("join.already", {{"project", ref}, {"title", context.project->title}}, next_buttons(context));
    return;
  }
  if (asks_first(context, wish)) {
    ask_coordinators(context, wish);
    return;
  }
  const auto past = storage::team::last_past(context.db, id, context.sender.id);
  bring_in(context, context.sender, wish);
  context.reply("join.done",
                {{"person", context.mention(context.sender)},
                 {"project", ref},
                 {"title", context.project->title},
                 {"role", wish.team_role},
                 {"need", wish.need_text()},
                 {"how", before ? "member"
                         : past ? "back"
                                : "new"},
                 {"roles", past ? past->team_roles : ""}},
                next_buttons(context));
}

/// The asker hears the answer in private, or where they asked.
void answer(Context& context, const storage::Person& asker, std::string_view key, const Arguments& arguments,
            const std::vector<Button>& buttons) {
  const auto& place = context.request->asked_in;
  if (context.tell(asker, key, arguments, buttons, place.adapter)) return;
  Message message;
  context.Voice::say(message, context.language_of(asker), key, arguments);
  if (!buttons.empty()) message.buttons.push_back(buttons);
  context.send({.adapter = place.adapter,
                .workspace = place.workspace,
                .conversation = place.conversation,
                .thread = place.thread},
               {}, message);
}

storage::Person decide(Context& context, std::string_view state, std::string_view reason) {
  const JoinRequest& request = *context.request;
  const auto asker = storage::people::find(context.db, request.person_id);
  if (!storage::join_requests::decide(context.db, request.id, state, context.sender.id, reason, context.now)) {
    throw UserError("request.decided", {{"person", asker->name}, {"by", request.decided_by}, {"state", request.state}});
  }
  return *asker;
}

void run_approve(Context& context, const Args&) {
  const JoinRequest& request = *context.request;
  const storage::Person asker = decide(context, "approved", "");
  Wish wish{.need = {}, .team_role = request.team_role};
  if (request.need_id) wish.need = storage::needs::find(context.db, *request.need_id);
  // Somebody else may have filled the need meanwhile: the person is welcome all the same.
  if (wish.need && wish.need->state == storage::NeedState::closed) wish.need.reset();
  const std::string ref = project_ref(context.project->id);
  context.record("join.approved", ref, {{"request", request.id}, {"person", asker.id}});
  bring_in(context, asker, wish);
  const Arguments arguments = {{"person", context.mention(asker)},
                               {"project", ref},
                               {"title", context.project->title},
                               {"role", wish.team_role},
                               {"by", context.sender.name}};
  context.reply("join.approved", arguments);
  answer(context, asker, "join.approved.you", arguments, next_buttons(context));
  if (request.need_id) exchange_contacts(context, asker, *request.need_id);
}

void run_decline(Context& context, const Args& args) {
  const std::string reason = checked_optional_text(args.text("reason"), "leave.reason", longest_note);
  const storage::Person asker = decide(context, "declined", reason);
  const std::string ref = project_ref(context.project->id);
  context.record("join.declined", ref, {{"request", context.request->id}, {"person", asker.id}, {"reason", reason}});
  context.reply("join.declined", {{"person", asker.name}, {"project", ref}, {"reason", reason}});
  answer(context, asker, "join.declined.you",
         {{"project", ref}, {"title", context.project->title}, {"by", context.sender.name}, {"reason", reason}},
         {context.button("button.projects", "project list")});
}

void run_leave(Context& context, const Args& args) {
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  const std::string why = checked_optional_text(args.text("reason"), "leave.reason", longest_note);
  if (const auto waiting = storage::join_requests::waiting(context.db, id, context.sender.id)) {
    storage::join_requests::decide(context.db, waiting->id, "withdrawn", context.sender.id, why, context.now);
    context.record("join.withdrawn", ref, {{"request", waiting->id}});
    if (!projects::role_of(context.db, id, context.sender.id)) {
      context.reply("leave.withdrawn", {{"project", ref}, {"title", context.project->title}});
      return;
    }
  }
  if (!projects::role_of(context.db, id, context.sender.id)) {
    throw UserError("leave.none", {{"project", ref}, {"title", context.project->title}});
  }
  const std::string tasks = end_membership(context, context.sender, why, false);
  const Arguments arguments = {{"person", context.sender.name},
                               {"project", ref},
                               {"title", context.project->title},
                               {"reason", why},
                               {"tasks", tasks}};
  context.reply("leave.done", arguments);
  if (!context.update.place.is_private) return;  // the team has read it
  bool told = false;
  for (const storage::Person& one : projects::coordinators(context.db, id)) {
    told |= context.tell(one, "leave.told", arguments, {}, context.update.place.adapter);
  }
  if (!told) context.announce(id, "leave.told", arguments);
}

}  // namespace

void ask_to_join(Context& context) {
  const Wish wish{.need = context.need, .team_role = context.need->team_role};
  if (!projects::role_of(context.db, context.project->id, context.sender.id)) return ask_coordinators(context, wish);
  bring_in(context, context.sender, wish);
  context.reply("join.done",
                {{"person", context.mention(context.sender)},
                 {"project", project_ref(context.project->id)},
                 {"title", context.project->title},
                 {"role", wish.team_role},
                 {"need", wish.need_text()},
                 {"how", "member"},
                 {"roles", ""}},
                next_buttons(context));
}

void withdraw_request(Context& context) {
  const auto waiting = storage::join_requests::waiting(context.db, context.project->id, context.sender.id);
  if (!waiting) return;
  storage::join_requests::decide(context.db, waiting->id, "withdrawn", context.sender.id, "", context.now);
  context.record("join.withdrawn", project_ref(context.project->id), {{"request", waiting->id}});
}

Command join() {
  return {.name = "join",
          .aliases = {"join project", "count me in"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {{.name = "need", .kind = ArgumentKind::need, .required = false},
                        optional_project(),
                        optional_team_role()},
          .for_outsiders = true,
          .run = run_join};
}

Command approve() {
  return {.name = "approve",
          .aliases = {"accept"},
          .role = Role::coordinator,
          .about = About::request,
          .arguments = {{.name = "request", .kind = ArgumentKind::count, .required = false},
                        {.name = "person", .kind = ArgumentKind::person, .required = false}},
          .run = run_approve};
}

Command decline() {
  return {.name = "decline",
          .aliases = {"reject"},
          .role = Role::coordinator,
          .about = About::request,
          .arguments = {{.name = "request", .kind = ArgumentKind::count, .required = false},
                        {.name = "person", .kind = ArgumentKind::person, .required = false},
                        {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .run = run_decline};
}

Command leave() {
  return {.name = "leave",
          .aliases = {"leave project"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(), {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .on_archived = true,
          .for_outsiders = true,
          .run = run_leave};
}

}  // namespace osrbot
