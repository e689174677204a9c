#include "commands/authorship.h"

#include <string>
#include <utility>
#include <vector>

#include "commands/project_arguments.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Naming;

std::string_view yes(bool value) {
  return value ? "yes" : "";
}

std::string_view to_string(Naming naming) {
  switch (naming) {
    case Naming::unsaid:
      return "unsaid";
    case Naming::author:
      return "author";
    case Naming::acknowledged:
      return "acknowledged";
    case Naming::unnamed:
      return "unnamed";
  }
  std::unreachable();
}

std::vector<std::vector<Button>> answers(const Voice& voice, const std::string& language, const std::string& project,
                                         const Contributor& one) {
  const auto button = [&](std::string_view label, std::string_view what) {
    return Button{.label = voice.house.words.text(language, label),
                  .command = "authorship " + project + " " + std::string(what),
                  .url = ""};
  };
  std::vector<std::vector<Button>> rows(2);
  if (one.author.naming != Naming::author) rows[0].push_back(button("button.author.yes", "author"));
  if (!one.criteria.drafted) rows[0].push_back(button("button.author.drafted", "drafted"));
  if (!one.criteria.accountable) rows[0].push_back(button("button.author.accountable", "accountable"));
  if (one.author.naming != Naming::acknowledged) {
    rows[1].push_back(button("button.author.acknowledged", "acknowledged"));
  }
  if (one.author.naming != Naming::unnamed) rows[1].push_back(button("button.author.unnamed", "not named"));
  std::erase_if(rows, [](const auto& row) { return row.empty(); });
  return rows;
}

Arguments card(const Contributor& one, const std::string& project, std::int64_t version) {
  Arguments arguments = words_of(one.criteria, version);
  arguments.emplace_back("project", project);
  arguments.emplace_back("person", one.published_name());
  arguments.emplace_back("naming", to_string(one.author.naming));
  arguments.emplace_back("position", one.is_in_byline() ? *one.author.position : 0);
  return arguments;
}

void show_authorship(Context& context, const Contributor& one) {
  const std::string project = project_ref(context.project->id);
  Message message;
  context.say(message, "authorship.card", card(one, project, latest_version(context.db, context.project->id)));
  message.buttons = answers(context, context.language_of(context.sender), project, one);
  context.reply(message);
}

void run_authorship(Context& context, const Args& args) {
  const std::string project = project_ref(context.project->id);
  Contributor one = contributor(context.db, context.project->id, context.sender.id);
  const std::string what = args.text("what");
  if (what.empty()) return show_authorship(context, one);
  storage::Author& author = one.author;
  const storage::Author before = author;
  if (what == "author" || what == "named") {
    author.naming = Naming::author;
  } else if (what == "drafted" || what == "reviewed") {
    author.drafted = true;
  } else if (what == "not drafted") {
    author.drafted = false;
  } else if (what == "accountable") {
    author.accountable = true;
  } else if (what == "not accountable") {
    author.accountable = false;
  } else {
    author.naming = what == "not named" || what == "don't agree to be named" ? Naming::unnamed : Naming::acknowledged;
    author.position.reset();
    author.corresponding = false;
  }
  const bool is_new = author.naming != before.naming || author.drafted != before.drafted ||
                      author.accountable != before.accountable || author.position != before.position;
  if (is_new) {
    storage::authors::save(context.db, author);
    context.record("author.said", project, {{"person", context.sender.id}, {"what", what}});
  }
  if (before.position && !author.position) {
    // The order has a gap now, and those who gave it should know.
    for (const storage::Person& lead : storage::projects::coordinators(context.db, context.project->id)) {
      if (lead.id == context.sender.id) continue;
      context.tell(lead, "authors.left.order",
                   {{"person", context.sender.name}, {"project", project}, {"naming", to_string(author.naming)}}, {},
                   context.update.place.adapter);
    }
  }
  show_authorship(context, contributor(context.db, context.project->id, context.sender.id));
}

}  // namespace

void offer_authorship(Context& context, std::int64_t person_id) {
  const std::int64_t project_id = context.project->id;
  Contributor one = contributor(context.db, project_id, person_id);
  if (one.author.offered_at || !one.is_asked_to_approve()) return;
  one.author.offered_at = context.now;
  storage::authors::save(context.db, one.author);
  const std::string project = project_ref(project_id);
  context.record("author.offered", project, {{"person", person_id}});
  const auto person = storage::people::find(context.db, person_id);
  if (!person) return;
  const std::string& language = context.language_of(*person);
  Message message;
  context.Voice::say(message, language, "authorship.offer",
                     {{"person", person->name}, {"project", project}, {"title", context.project->title}});
  message.buttons = answers(context, language, project, one);
  context.tell(*person, message, context.update.place.adapter);
}

Arguments words_of(const Criteria& criteria, std::int64_t version) {
  return {{"contributed", yes(criteria.contributed)},
          {"drafted", yes(criteria.drafted)},
          {"approved", yes(criteria.approved)},
          {"accountable", yes(criteria.accountable)},
          {"version", version}};
}

std::int64_t latest_version(storage::Connection& db, std::int64_t project_id) {
  const auto manuscript = storage::manuscripts::latest(db, project_id);
  return manuscript ? manuscript->version : 0;
}

Command authorship() {
  return {.name = "authorship",
          .aliases = {"my authorship"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "what",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {"author", "drafted", "accountable", "acknowledged", "not named", "named",
                                     "reviewed", "not drafted", "not accountable", "acknowledgment only",
                                     "acknowledgement only", "acknowledge me", "don't agree to be named"}}},
          .for_outsiders = true,
          .run = run_authorship};
}

}  // namespace osrbot
