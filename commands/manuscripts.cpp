#include "commands/manuscripts.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/contributors.h"
#include "commands/payload.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"
#include "storage/jobs.h"
#include "storage/manuscripts.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Manuscript;
namespace manuscripts = storage::manuscripts;

constexpr std::string_view approval_reminder_job = "manuscript.approval";
constexpr std::int64_t most_versions = 1000;

/// The number in "v2" or "2" at the beginning of a text, which loses it.
std::optional<std::int64_t> take_version(std::string& text) {
  std::string_view rest = text;
  if (rest.starts_with("version ")) rest.remove_prefix(8);
  if (rest.starts_with('v') || rest.starts_with('V')) rest.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  const auto length = static_cast<std::size_t>(end - rest.data());
  if (error != std::errc() || number <= 0 || (length < rest.size() && rest[length] != ' ')) return std::nullopt;
  text = std::string(rest.substr(std::min(length + 1, rest.size())));
  return number;
}

Arguments words_of(const storage::Project& project, const Manuscript& manuscript) {
  return {{"project", project_ref(project.id)},
          {"title", project.title},
          {"version", manuscript.version},
          {"link", manuscript.link}};
}

std::vector<Contributor> asked(storage::Connection& db, std::int64_t project_id) {
  auto all = contributors(db, project_id);
  std::erase_if(all, [](const Contributor& one) { return !one.is_asked_to_approve(); });
  return all;
}

std::string names_of(const std::vector<Contributor>& people, bool (*which)(const Contributor&)) {
  std::string names;
  for (const Contributor& one : people) {
    if (which(one)) names += (names.empty() ? "" : ", ") + one.name;
  }
  return names;
}

bool has_approved(const Contributor& one) {
  return one.criteria.approved;
}
bool has_objected(const Contributor& one) {
  return one.answer && !one.answer->approved;
}
bool is_silent(const Contributor& one) {
  return !one.answer;
}

/// Puts a version before somebody, with the answers that there are.
bool put_before(const Voice& voice, std::int64_t person_id, const storage::Project& project,
                const Manuscript& manuscript, std::string_view key, Occasion occasion) {
  const auto person = storage::people::find(voice.db, person_id);
  if (!person) return false;
  const std::string& language = voice.language_of(*person);
  const std::string ref = project_ref(project.id);
  const auto button = [&](std::string_view label, std::string command) {
    return Button{.label = voice.house.words.text(language, label, {{"version", manuscript.version}}),
                  .command = std::move(command),
                  .url = ""};
  };
  return voice.tell(
      *person, key, words_of(project, manuscript),
      {button("button.manuscript.approve", fmt::format("manuscript approve {} v{}", ref, manuscript.version)),
       button("button.manuscript.object", fmt::format("manuscript object {} v{}", ref, manuscript.version)),
       button("button.author.unnamed", fmt::format("authorship {} not named", ref))},
      {}, occasion);
}

void plan_reminder(const Voice& voice, const Manuscript& manuscript, int reminded) {
  storage::jobs::plan(
      voice.db, approval_reminder_job, fmt::format("{}:{}", approval_reminder_job, manuscript.project_id),
      voice.now + std::chrono::days(voice.house.config.credit.reminder_days),
      to_payload({{"project", manuscript.project_id}, {"version", manuscript.version}, {"reminded", reminded}}));
}

void remind_of_approval(const Voice& voice, const std::string& payload) {
  const Payload details(payload);
  const auto project = storage::projects::find(voice.db, details.integer("project"));
  if (!project || project->archived_at) return;
  const auto manuscript = manuscripts::latest(voice.db, project->id);
  if (!manuscript || manuscript->version != details.integer("version")) return;
  const auto people = asked(voice.db, project->id);
  const std::string silent = names_of(people, is_silent);
  if (silent.empty()) return;
  const auto reminded = static_cast<int>(details.integer("reminded"));
  if (reminded < voice.house.config.credit.reminders) {
    for (const Contributor& one : people) {
      if (is_silent(one))
        put_before(voice, one.person_id, *project, *manuscript, "manuscript.reminder", Occasion::unasked);
    }
    plan_reminder(voice, *manuscript, reminded + 1);
    return;
  }
  for (const storage::Person& lead : storage::projects::coordinators(voice.db, project->id)) {
    Arguments arguments = words_of(*project, *manuscript);
    arguments.emplace_back("names", silent);
    voice.tell(lead, "manuscript.silent", arguments, {}, {}, Occasion::unasked);
  }
}

void show_manuscript(Context& context) {
  const auto manuscript = manuscripts::latest(context.db, context.project->id);
  if (!manuscript) {
    context.reply("manuscript.none",
                  {{"project", project_ref(context.project->id)}, {"title", context.project->title}});
    return;
  }
  const auto people = asked(context.db, context.project->id);
  Arguments arguments = words_of(*context.project, *manuscript);
  arguments.emplace_back("approved", names_of(people, has_approved));
  arguments.emplace_back("objected", names_of(people, has_objected));
  arguments.emplace_back("silent", names_of(people, is_silent));
  context.reply("manuscript.show", arguments);
}

void run_manuscript(Context& context, const Args& args) {
  const std::string link = args.text("link");
  std::string words = args.text("version");
  if (link.empty() && words.empty()) return show_manuscript(context);
  context.require(Role::coordinator);
  const std::string ref = project_ref(context.project->id);
  const auto before = manuscripts::latest(context.db, context.project->id);
  const std::int64_t next = before ? before->version + 1 : 1;
  const auto wished = take_version(words);
  if (link.empty() || !words.empty()) throw UserError("manuscript.link", {{"project", ref}, {"version", next}});
  const Manuscript manuscript{.project_id = context.project->id,
                              .version = wished.value_or(next),
                              .link = link,
                              .added_by = context.sender.id,
                              .added_at = context.now};
  if (manuscript.version < next || manuscript.version > most_versions) {
    throw UserError("manuscript.version", {{"project", ref}, {"version", next}, {"written", *wished}});
  }
  manuscripts::add(context.db, manuscript);
  context.record("manuscript.added", ref, {{"version", manuscript.version}, {"link", link}});
  plan_reminder(context, manuscript, 0);
  std::int64_t told = 0;
  std::string unreached;
  for (const Contributor& one : asked(context.db, context.project->id)) {
    if (put_before(context, one.person_id, *context.project, manuscript, "manuscript.you", Occasion::personal)) {
      ++told;
    } else {
      unreached += (unreached.empty() ? "" : ", ") + one.name;
    }
  }
  Arguments arguments = words_of(*context.project, manuscript);
  arguments.emplace_back("count", told);
  arguments.emplace_back("names", unreached);
  context.reply("manuscript.added", arguments);
}

/// The version that is answered: the latest, which has to be the one that was meant.
Manuscript answered(Context& context, std::string& words) {
  const std::string ref = project_ref(context.project->id);
  const auto manuscript = manuscripts::latest(context.db, context.project->id);
  if (!manuscript) throw UserError("manuscript.none", {{"project", ref}, {"title", context.project->title}});
  const auto wished = take_version(words);
  if (wished && *wished != manuscript->version) {
    Arguments arguments = words_of(*context.project, *manuscript);
    arguments.emplace_back("written", *wished);
    throw UserError(
        "manuscript.other", arguments,
        {context.button("button.manuscript.approve", fmt::format("manuscript approve {} v{}", ref, manuscript->version),
                        {{"version", manuscript->version}})});
  }
  if (!contributor(context.db, context.project->id, context.sender.id).is_asked_to_approve()) {
    throw UserError("manuscript.not_asked", {{"project", ref}, {"coordinators", context.coordinator_names()}});
  }
  return *manuscript;
}

void tell_leads(const Context& context, std::string_view key, const Arguments& arguments) {
  for (const storage::Person& lead : storage::projects::coordinators(context.db, context.project->id)) {
    if (lead.id != context.sender.id) context.tell(lead, key, arguments, {}, context.update.place.adapter);
  }
}

void approve_manuscript(Context& context, const Args& args) {
  std::string words = args.text("version");
  const Manuscript manuscript = answered(context, words);
  manuscripts::answer(context.db, context.project->id, manuscript.version,
                      {.person_id = context.sender.id, .approved = true, .reason = {}, .at = context.now});
  context.record("manuscript.approved", project_ref(context.project->id), {{"version", manuscript.version}});
  const auto people = asked(context.db, context.project->id);
  Arguments arguments = words_of(*context.project, manuscript);
  arguments.emplace_back("person", context.sender.name);
  arguments.emplace_back("left", std::ranges::count_if(people, std::not_fn(has_approved)));
  context.reply("manuscript.approved", arguments);
  if (std::ranges::all_of(people, has_approved)) tell_leads(context, "manuscript.approved.all", arguments);
}

void run_object(Context& context, const Args& args) {
  std::string words = args.text("reason");
  const Manuscript manuscript = answered(context, words);
  const std::string why = checked_optional_text(words, "credit.reason", longest_note);
  manuscripts::answer(context.db, context.project->id, manuscript.version,
                      {.person_id = context.sender.id, .approved = false, .reason = why, .at = context.now});
  context.record("manuscript.objected", project_ref(context.project->id),
                 {{"version", manuscript.version}, {"why", why}});
  Arguments arguments = words_of(*context.project, manuscript);
  arguments.emplace_back("person", context.sender.name);
  arguments.emplace_back("reason", why);
  context.reply("manuscript.objected", arguments);
  tell_leads(context, "manuscript.objected.lead", arguments);
}

}  // namespace

Command manuscript() {
  return {.name = "manuscript",
          .aliases = {"manuscript version", "paper"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "link", .kind = ArgumentKind::url, .required = false},
                        {.name = "version", .kind = ArgumentKind::rest, .required = false}},
          .run = run_manuscript};
}

Command manuscript_approve() {
  return {.name = "manuscript approve",
          .aliases = {"approve manuscript", "approve paper", "paper approve"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(), {.name = "version", .kind = ArgumentKind::rest, .required = false}},
          .for_outsiders = true,
          .run = approve_manuscript};
}

Command manuscript_object() {
  return {.name = "manuscript object",
          .aliases = {"object to manuscript", "paper object"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(), {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .for_outsiders = true,
          .run = run_object};
}

Timer approval_reminder() {
  return {.kind = approval_reminder_job, .run = remind_of_approval};
}

}  // namespace osrbot
