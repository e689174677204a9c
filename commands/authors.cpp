#include "commands/authors.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/authorship.h"
#include "commands/context.h"
#include "commands/contributors.h"
#include "commands/credit_claims.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Naming;

constexpr std::size_t authors_on_a_page = 15;
constexpr std::size_t most_ordered_at_once = 100;

std::string_view place_of(const Contributor& one) {
  if (one.author.naming == Naming::unnamed) return "unnamed";
  if (one.author.naming == Naming::acknowledged) return "acknowledged";
  if (one.is_in_byline()) return "byline";
  return one.criteria.contributed ? "candidate" : "thanked";
}

void run_authors(Context& context, const Args& args) {
  const auto* after = args.find<std::int64_t>("after");
  const std::string ref = project_ref(context.project->id);
  const auto all = contributors(context.db, context.project->id);
  const std::int64_t version = latest_version(context.db, context.project->id);
  const auto first = std::min<std::size_t>(after ? static_cast<std::size_t>(*after) : 0, all.size());
  const auto last = std::min(first + authors_on_a_page, all.size());
  const Arguments of_project = {{"project", ref}, {"title", context.project->title}, {"version", version}};
  if (first == last) {
    context.reply(after ? "list.end" : "authors.empty", of_project);
    return;
  }
  Message message;
  context.say(message, "authors.head", of_project);
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view place = place_of(all[i]);
    // Whoever does not agree to be named is not named here either; they themselves see it with `authorship`.
    if (place == "unnamed") continue;
    Arguments line = words_of(all[i].criteria, version);
    line.emplace_back("person", all[i].published_name());
    line.emplace_back("position", all[i].is_in_byline() ? *all[i].author.position : 0);
    line.emplace_back("place", place);
    line.emplace_back("objects", all[i].answer && !all[i].answer->approved ? "yes" : "");
    line.emplace_back("corresponding", all[i].author.corresponding ? "yes" : "");
    context.say(message, "authors.line", line);
  }
  const auto unnamed = std::ranges::count_if(all, [](const Contributor& one) { return place_of(one) == "unnamed"; });
  if (last == all.size() && unnamed > 0) context.say(message, "authors.unnamed", {{"count", unnamed}});
  context.say(message, "authors.foot", of_project);
  if (last < all.size()) {
    message.buttons.push_back({context.button("button.more", fmt::format("authors {} after {}", ref, last))});
  }
  context.reply(message);
}

/// The byline may hold whoever meets the first criterion and has not said that they do not want to be there.
void require_may_be_author(Context& context, const Contributor& one) {
  const Arguments arguments = {{"person", one.name}, {"project", project_ref(context.project->id)}};
  if (!one.is_named()) throw UserError("authors.order.unnamed", arguments);
  if (one.author.naming == Naming::acknowledged) throw UserError("authors.order.acknowledged", arguments);
  if (!one.criteria.contributed) throw UserError("authors.order.criterion", arguments);
}

void run_authors_order(Context& context, const Args& args) {
  const std::string ref = project_ref(context.project->id);
  std::vector<Contributor> order;
  for (const auto& named : args.all<language::PersonName>("person")) {
    const storage::Person person = context.person(named);
    if (std::ranges::find(order, person.id, &Contributor::person_id) != order.end()) {
      throw UserError("authors.order.twice", {{"person", context.mention(person)}});
    }
    order.push_back(contributor(context.db, context.project->id, person.id));
    require_may_be_author(context, order.back());
  }
  if (order.size() > most_ordered_at_once) throw UserError("authors.order.many", {{"limit", most_ordered_at_once}});
  for (storage::Author& before : storage::authors::of_project(context.db, context.project->id)) {
    if (!before.position) continue;
    before.position.reset();
    storage::authors::save(context.db, before);
  }
  std::string names;
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i].author.position = static_cast<std::int64_t>(i + 1);
    storage::authors::save(context.db, order[i].author);
    names += (names.empty() ? "" : ", ") + order[i].published_name();
  }
  context.record("author.order", ref, {{"names", names}});
  context.reply("authors.ordered", {{"project", ref}, {"title", context.project->title}, {"names", names}});
}

void run_authors_contributed(Context& context, const Args& args) {
  const std::string ref = project_ref(context.project->id);
  const storage::Person person = context.person(args, "person");
  if (!may_confirm_as_lead(context, person.id)) throw UserError("authors.contributed.self", {{"project", ref}});
  const std::string how = checked_text(args.text("how"), "authors.contributed", longest_note);
  storage::Author author = storage::authors::find(context.db, context.project->id, person.id);
  author.contributed = how;
  storage::authors::save(context.db, author);
  context.record("author.contributed", ref, {{"person", person.id}, {"how", how}});
  context.reply("authors.contributed", {{"person", context.mention(person)}, {"project", ref}, {"how", how}});
  offer_authorship(context, person.id);
}

void run_authors_corresponding(Context& context, const Args& args) {
  const std::string ref = project_ref(context.project->id);
  const storage::Person person = context.person(args, "person");
  const Contributor one = contributor(context.db, context.project->id, person.id);
  const Arguments arguments = {
      {"person", context.mention(person)}, {"project", ref}, {"email", one.details.email.empty() ? "" : "yes"}};
  if (!one.is_in_byline()) throw UserError("authors.corresponding.order", arguments);
  for (storage::Author& author : storage::authors::of_project(context.db, context.project->id)) {
    if (author.corresponding == (author.person_id == person.id)) continue;
    author.corresponding = author.person_id == person.id;
    storage::authors::save(context.db, author);
  }
  context.record("author.corresponding", ref, {{"person", person.id}});
  context.reply("authors.corresponding", arguments);
}

}  // namespace

Command authors() {
  return {.name = "authors",
          .aliases = {"author list", "list authors"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_authors};
}

Command authors_order() {
  return {.name = "authors order",
          .aliases = {"author order", "order authors"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(), {.name = "person", .kind = ArgumentKind::person, .repeated = true}},
          .on_archived = true,
          .run = run_authors_order};
}

Command authors_contributed() {
  return {.name = "authors contributed",
          .aliases = {"author contributed"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {{.name = "person", .kind = ArgumentKind::person},
                        optional_project(),
                        {.name = "how", .kind = ArgumentKind::rest}},
          .on_archived = true,
          .run = run_authors_contributed};
}

Command authors_corresponding() {
  return {.name = "authors corresponding",
          .aliases = {"corresponding author", "author corresponding"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(), {.name = "person", .kind = ArgumentKind::person}},
          .on_archived = true,
          .run = run_authors_corresponding};
}

}  // namespace osrbot
