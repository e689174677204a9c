#include "commands/context.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "commands/agenda.h"
#include "commands/confirmation.h"
#include "commands/payload.h"
#include "storage/audit.h"
#include "storage/conversations.h"
#include "storage/dialogues.h"
#include "storage/team.h"

namespace osrbot {
namespace {

using language::Ref;
namespace conversations = storage::conversations;

constexpr int projects_named_in_a_refusal = 5;

storage::Person sender_of(storage::Connection& db, const Update& update, std::chrono::sys_seconds now) {
  return storage::people::recognise(
      db,
      {.adapter = update.place.adapter,
       .workspace = update.place.workspace,
       .user_id = update.from.id,
       .name = update.from.name,
       .handle = update.from.handle,
       .language = update.from.language,
       .direct = update.place.is_private ? std::string_view(update.place.conversation) : update.from.direct},
      now);
}

bool administers(const Config& config, const Update& update) {
  return std::ranges::find(config.administrators, fmt::format("{}:{}", update.place.adapter, update.from.id)) !=
         config.administrators.end();
}

/// What only shows something, or is for everybody who reads it, stays.
Button::Use use_of(std::string_view label_key) {
  constexpr std::string_view again[] = {"button.help",       "button.join",     "button.mine",   "button.needs",
                                        "button.open_tasks", "button.projects", "button.status", "button.tasks"};
  constexpr std::string_view pick[] = {"button.yes", "button.no", "button.approve", "button.decline"};
  if (std::ranges::find(again, label_key) != std::end(again)) return Button::Use::again;
  return std::ranges::find(pick, label_key) != std::end(pick) ? Button::Use::pick : Button::Use::once;
}

Role role_from(std::optional<storage::projects::Role> membership) {
  if (!membership) return Role::guest;
  return *membership == storage::projects::Role::coordinator ? Role::coordinator : Role::contributor;
}

}  // namespace

storage::conversations::Id conversation_of(const Place& place) {
  return {place.adapter, place.workspace, place.conversation};
}

std::string project_ref(std::int64_t id) {
  return fmt::format("P{}", id);
}
std::string task_ref(std::int64_t id) {
  return fmt::format("T{}", id);
}

std::string need_ref(std::int64_t id) {
  return fmt::format("N{}", id);
}

std::string credit_ref(std::int64_t id) {
  return fmt::format("C{}", id);
}

Context::Context(const House& the_house, storage::Connection& the_db, const Update& the_update,
                 std::chrono::sys_seconds the_time)
    : Voice(the_house, the_db, the_time, the_update.key),
      update(the_update),
      sender(sender_of(the_db, the_update, the_time)),
      is_administrator(administers(the_house.config, the_update)) {}

void Context::resolve(const Command& command, const Args& args) {
  project.reset();
  task.reset();
  need.reset();
  request.reset();
  project_of_place_.reset();
  credit.reset();
  find_project(command, args);
  find_role();
  if (project && project->team_only && role == Role::guest && !command.for_outsiders) {
    const std::string ref = project_ref(project->id);
    throw UserError("project.team_only", {{"project", ref}}, {button("button.join", "join " + ref, {{"ref", ref}})});
  }
  if (command.role == Role::guest) return;
  if (command.on_archived) {
    if (role < command.role) throw_refusal(command.role);
  } else {
    require(command.role);
  }
  if (project) join_if_new();
}

void Context::require(Role needed) const {
  if (role < needed) throw_refusal(needed);
  if (project && project->archived_at) {
    throw UserError("project.archived", {{"project", project_ref(project->id)}, {"title", project->title}});
  }
}

void Context::find_project(const Command& command, const Args& args) {
  if (command.about == About::nothing) return;
  if (command.about == About::request) return find_request(args);
  if (const Ref* ref = args.find<Ref>("task")) return find_task(*ref);
  if (const Ref* ref = args.find<Ref>("need")) return find_need(*ref);
  if (const Ref* ref = args.find<Ref>("credit")) return find_credit(*ref);
  if (const Ref* ref = args.find<Ref>("project")) return find_named_project(*ref);
  if (const std::string* name = args.find<std::string>("project")) {
    return find_called_project(command, *name);
  }
  find_project_of_place(command);
}

void Context::find_called_project(const Command& command, std::string_view name) {
  // Of a title in several words the last ones may be prose: "status burns in children please tell me".
  for (std::string words(name); !words.empty(); words.resize(words.contains(' ') ? words.rfind(' ') : 0)) {
    std::string key = words;
    std::ranges::replace(key, ' ', '-');
    project = storage::projects::find_by_name(db, key);
    if (project) return choose_among_namesakes(command);
  }
  throw UserError("project.unknown.name", {{"name", name}}, {button("button.projects", "project list")}).at("project");
}

void Context::choose_among_namesakes(const Command& command) {
  auto candidates = storage::projects::namesakes(db, *project, projects_named_in_a_refusal);
  if (candidates.empty()) return;
  if (!project->archived_at) candidates.insert(candidates.begin(), *project);
  std::vector<storage::Project> own;
  std::vector<storage::Project> seen;
  std::string refs;
  for (const storage::Project& one : candidates) {
    const bool is_own = storage::projects::role_of(db, one.id, sender.id).has_value();
    if (one.team_only && !is_own && !is_administrator) continue;
    refs += (refs.empty() ? "" : ", ") + project_ref(one.id);
    seen.push_back(one);
    if (is_own) own.push_back(one);
  }
  const auto home = std::ranges::find(candidates, project_of_place().value_or(0), &storage::Project::id);
  if (home != candidates.end()) {
    project = *home;
  } else if (own.size() == 1 || seen.size() == 1) {
    project = own.size() == 1 ? own.front() : seen.front();
  } else if (!seen.empty()) {
    throw UserError("project.several",
                    {{"command", command.name}, {"projects", refs}, {"example", project_ref(seen.front().id)}})
        .at("project");
  }
}

void Context::find_task(const Ref& ref) {
  task = storage::tasks::find(db, ref.number);
  if (!task) {
    throw UserError("task.unknown", {{"task", task_ref(ref.number)}}, {button("button.tasks", "tasks")}).at("task");
  }
  project = storage::projects::find(db, task->project_id);
}

void Context::find_need(const Ref& ref) {
  need = storage::needs::find(db, ref.number);
  if (!need) {
    throw UserError("need.unknown", {{"need", need_ref(ref.number)}}, {button("button.needs", "needs everywhere")})
        .at("need");
  }
  project = storage::projects::find(db, need->project_id);
}

void Context::find_credit(const Ref& ref) {
  credit = storage::credits::find(db, ref.number);
  if (!credit) {
    throw UserError("credit.unknown", {{"credit", credit_ref(ref.number)}},
                    {button("button.my_credits", "my credits")});
  }
  project = storage::projects::find(db, credit->project_id);
}

void Context::find_named_project(const Ref& ref) {
  project = storage::projects::find(db, ref.number);
  if (!project) {
    throw UserError("project.unknown", {{"project", project_ref(ref.number)}},
                    {button("button.projects", "project list")})
        .at("project");
  }
}

void Context::find_request(const Args& args) {
  if (const auto* number = args.find<std::int64_t>("request")) {
    request = storage::join_requests::find(db, *number);
    if (!request) throw UserError("request.unknown", {{"request", *number}}).at("request");
  } else if (args.find<language::PersonName>("person")) {
    const storage::Person asker = person(args, "person");
    auto waiting = storage::join_requests::waiting_for(db, sender.id, asker.id);
    if (waiting.empty()) throw UserError("request.nobody", {{"person", mention(asker)}});
    if (waiting.size() > 1) {
      throw UserError("request.which",
                      {{"person", mention(asker)}, {"first", waiting[0].id}, {"second", waiting[1].id}});
    }
    request = std::move(waiting.front());
  } else {
    throw UserError("request.missing");
  }
  project = storage::projects::find(db, request->project_id);
}

void Context::find_project_of_place(const Command& command) {
  if (const auto home = project_of_place()) {
    project = storage::projects::find(db, *home);
    return;
  }
  if (command.about == About::anything) return;
  const auto own = storage::projects::of_person(db, sender.id, projects_named_in_a_refusal);
  if (own.size() == 1) {
    project = own.front();
    return;
  }
  std::string refs;
  for (const storage::Project& one : own) refs += (refs.empty() ? "" : ", ") + project_ref(one.id);
  if (refs.empty()) throw UserError("project.none", {{"command", command.name}});
  throw UserError("project.which",
                  {{"command", command.name}, {"projects", refs}, {"example", project_ref(own.front().id)}})
      .at("project");
}

std::optional<std::int64_t> Context::project_of_place() {
  if (!project_of_place_) {
    project_of_place_.emplace(conversations::project_of(db, conversation_of(update.place), update.place.thread));
  }
  return *project_of_place_;
}

void Context::find_role() {
  if (!project) {
    role = role_from(storage::projects::highest_role_of(db, sender.id));
  } else {
    const auto membership = storage::projects::role_of(db, project->id, sender.id);
    is_member_ = membership.has_value();
    role = role_from(membership);
    if (role == Role::guest && !project->asks_approval && !update.place.is_private &&
        !house.platform(update.place.adapter).is_public) {
      // Whoever writes in a project's home is a contributor.
      const auto home = project_of_place();
      const auto past = home == project->id ? storage::team::last_past(db, project->id, sender.id) : std::nullopt;
      // ... unless a coordinator has sent them away: then they have to ask.
      if (home == project->id && !(past && past->removed_by)) role = Role::contributor;
    }
  }
  if (is_administrator) role = Role::administrator;
}

void Context::join_if_new() {
  if (is_administrator || is_member_) return;
  storage::projects::set_role(db, project->id, sender.id, storage::projects::Role::contributor, now);
  record("member.joined", project_ref(project->id));
  begin_agenda(*this, sender.id);
}

void Context::throw_refusal(Role needed) const {
  if (!project) throw UserError(needed == Role::administrator ? "refused.administrator" : "refused.somewhere");
  const Arguments arguments = {{"project", project_ref(project->id)},
                               {"coordinators", coordinator_names()},
                               {"approval", project->asks_approval ? "yes" : "no"}};
  throw UserError(needed == Role::contributor ? "refused.contributor" : "refused.coordinator", arguments);
}

std::string Context::coordinator_names() const {
  std::string names;
  for (const storage::Person& one : storage::projects::coordinators(db, project->id)) {
    names += (names.empty() ? "" : ", ") + one.name;
  }
  return names;
}

storage::Person Context::person(const Args& args, std::string_view name) {
  const auto* named = args.find<language::PersonName>(name);
  if (!named) throw std::logic_error(fmt::format("argument {} is not declared as a person", name));
  try {
    return person(*named);
  } catch (UserError& error) {
    throw std::move(error).at(name);
  }
}

storage::Person Context::person(const language::PersonName& named) {
  if (named.is_me) return sender;
  const auto resolved = std::ranges::find_if(update.mentioned, [&](const MentionedPerson& one) {
    const std::string_view words_there =
        std::string_view(update.text).substr(one.range.begin, one.range.end - one.range.begin);
    return words_there == named.handle || (words_there.starts_with('@') && words_there.substr(1) == named.handle);
  });
  std::optional<storage::Person> found;
  if (resolved != update.mentioned.end() && !resolved->person.id.empty()) {
    // The platform says who it is: a person who has not written to the bot yet is met here.
    return storage::people::recognise(db,
                                      {.adapter = update.place.adapter,
                                       .workspace = update.place.workspace,
                                       .user_id = resolved->person.id,
                                       .name = resolved->person.name,
                                       .handle = resolved->person.handle,
                                       .language = resolved->person.language,
                                       .direct = {}},
                                      now);
  }
  found = storage::people::find_by_handle(db, update.place.adapter, update.place.workspace, named.handle);
  if (!found) throw UserError("person.unknown", {{"person", "@" + named.handle}});
  return *found;
}

void Context::say(Message& message, std::string_view key, const Arguments& arguments) const {
  Voice::say(message, language_of(sender), key, arguments);
}

std::string Context::words(std::string_view key, const Arguments& arguments) const {
  return house.words.text(language_of(sender), key, arguments);
}

Button Context::button(std::string_view label_key, std::string command, const Arguments& arguments) const {
  Button button{
      .label = words(label_key, arguments), .command = std::move(command), .url = "", .use = use_of(label_key)};
  if (const std::string asks = std::string(label_key) + ".ask"; house.words.has(asks)) {
    button.question = Question{.text = words(asks, arguments), .yes = button.label, .no = words("button.cancel")};
  }
  return button;
}

void Context::reply(std::string_view key, const Arguments& arguments, std::vector<Button> buttons) const {
  Message message;
  say(message, key, arguments);
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  reply(std::move(message));
}

bool Context::may_answer() const {
  return update.addressed || !house.platform(update.place.adapter).is_public;
}

void Context::reply(Message message) const {
  if (!may_answer()) return;
  if (personal && message.surface == Surface::conversation) show_sender_alone(message);
  // In a private conversation everything is an answer: a quotation would only be noise.
  send(update.place, update.place.is_private ? std::string_view() : std::string_view(update.message_id),
       std::move(message));
}

void Context::refuse(std::string_view key, const Arguments& arguments, std::vector<Button> buttons) const {
  Message message;
  say(message, key, arguments);
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  show_sender_alone(message);
  reply(std::move(message));
}

void Context::show_dialog(Message message) const {
  message.surface = Surface::dialog;
  message.surface_id = update.dialog;
  // A conversation of its own: a dialog that waited for its turn in a busy channel would come too late.
  send({.adapter = update.place.adapter,
        .workspace = update.place.workspace,
        .conversation = update.dialog,
        .is_private = true},
       {}, std::move(message));
}

void Context::show_sender_alone(Message& message) const {
  if (update.place.is_private) return;
  message.surface = Surface::one_person;
  message.surface_id = update.from.id;
}

void Context::ask(Message preview) {
  const auto expires = now + std::chrono::minutes(house.config.dialogue.answer_minutes);
  storage::dialogues::open(db, sender.id, conversation_of(update.place), confirm_dialogue, written, expires);
  preview.buttons.push_back({button("button.yes", "yes"), button("button.no", "no")});
  show_sender_alone(preview);
  reply(std::move(preview));
}

Mention Context::mention(const storage::Person& person) const {
  return mention(person.id, person.name);
}

Mention Context::mention(std::int64_t person_id, std::string_view name) const {
  if (person_id == sender.id) return {.name = std::string(name), .id = update.from.id};
  return {.name = std::string(name),
          .id = storage::people::user_id_on(db, person_id, update.place.adapter, update.place.workspace).value_or("")};
}

void Context::record(std::string_view action, std::string_view object, std::initializer_list<Detail> details,
                     std::optional<std::int64_t> undoes) {
  storage::audit::append(db,
                         {.person_id = sender.id,
                          .action = action,
                          .object = object,
                          .project_id = project && !object.empty() ? std::optional(project->id) : std::nullopt,
                          .details = to_payload(details),
                          .adapter = update.place.adapter,
                          .update_key = update.key,
                          .undoes = undoes},
                         now);
}

}  // namespace osrbot
