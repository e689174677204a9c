// What people tell of themselves for a paper: their own words, changed by nobody else.
#include <algorithm>
#include <vector>

#include "commands/authors.h"
#include "commands/context.h"
#include "commands/contributors.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::AuthorDetails;

constexpr std::size_t longest_author_name = 100;
constexpr std::size_t longest_email = 254;  // RFC 5321

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(std::vector<std::string>::const_iterator first, std::vector<std::string>::const_iterator last) {
  std::string text;
  for (; first != last; ++first) text += (text.empty() ? "" : " ") + *first;
  return text;
}

/// "García López, Ana María", or "Ana María García": without a comma the last word is the family name.
void set_name(AuthorDetails& details, std::string_view text) {
  const auto comma = text.find(',');
  auto given = words_in(comma == std::string_view::npos ? text : text.substr(comma + 1));
  if (comma != std::string_view::npos) {
    const auto family = words_in(text.substr(0, comma));
    details.family_name = joined(family.begin(), family.end());
  } else {
    details.family_name = given.empty() ? "" : given.back();
    if (!given.empty()) given.pop_back();
  }
  details.given_name = given.empty() ? "" : given.front();
  details.middle_name = given.empty() ? "" : joined(given.begin() + 1, given.end());
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
         text.find('.', at) != std::string_view::npos && text.find_first_of(" ,;<>\"()") == std::string_view::npos &&
         text.back() != '.' && text[at + 1] != '.';
}

void add_affiliation(AuthorDetails& details, const std::string& text) {
  const auto free = std::ranges::find(details.affiliations, "");
  if (free == details.affiliations.end()) {
    throw UserError("author.affiliation.many", {{"limit", details.affiliations.size()}});
  }
  *free = text;
}

void set(AuthorDetails& details, const std::string& field, const std::string& value) {
  const bool off = value == "off";
  if (field == "affiliation") {
    if (!off) return add_affiliation(details, value);
    details.affiliations = {};
  } else if (field == "name") {
    if (off) {
      details.given_name = details.middle_name = details.family_name = "";
    } else {
      set_name(details, value);
    }
  } else if (field == "email") {
    if (!off && !is_email(value)) throw UserError("author.email.wrong", {{"written", value}});
    details.email = off ? "" : value;
  } else if (field == "funding") {
    details.funding = off ? "" : value;
  } else {
    details.conflicts = off ? "" : value;
  }
}

void show_author_details(Context& context) {
  const Contributor one = contributor(context.db, context.project->id, context.sender.id);
  std::string affiliations;
  for (const std::string& place : one.details.affiliations) {
    if (!place.empty()) affiliations += (affiliations.empty() ? "" : "; ") + place;
  }
  const Arguments arguments = {{"project", project_ref(context.project->id)},
                               {"person", one.name},
                               {"given", one.details.given_name},
                               {"middle", one.details.middle_name},
                               {"family", one.details.family_name},
                               {"email", one.details.email},
                               {"affiliations", affiliations},
                               {"funding", one.details.funding},
                               {"conflicts", one.details.conflicts},
                               {"orcid", one.orcid}};
  if (context.update.place.is_private) {
    context.reply("author.card", arguments);
    return;
  }
  const bool told =
      context.tell(context.sender, "author.card", arguments, {}, context.update.place.adapter, Occasion::answer);
  context.reply(told ? "author.private" : "author.private.open", {{"project", project_ref(context.project->id)}});
}

std::string field_chosen(const Args& args) {
  const std::string written = args.text("field");
  if (written == "e-mail" || written == "mail") return "email";
  return written == "conflict of interest" || written == "declares" || written == "conflict" ? "conflicts" : written;
}

void run_author(Context& context, const Args& args) {
  const std::string field = field_chosen(args);
  const std::string ref = project_ref(context.project->id);
  if (field.empty()) return show_author_details(context);
  const std::string value = checked_optional_text(args.text("value"), "author.value",
                                                  field == "name"    ? longest_author_name
                                                  : field == "email" ? longest_email
                                                                     : longest_note);
  if (value.empty()) throw UserError("author.value.missing", {{"project", ref}, {"field", field}});
  AuthorDetails details = storage::authors::details(context.db, context.project->id, context.sender.id);
  set(details, field, value);
  storage::authors::save_details(context.db, context.project->id, context.sender.id, details);
  context.record("author.details", ref, {{"field", field}});
  show_author_details(context);
}

}  // namespace

Command author() {
  return {.name = "author",
          .aliases = {"author details", "author me"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "field",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {"name", "email", "affiliation", "funding", "conflicts", "e-mail", "mail",
                                     "conflict of interest", "conflict", "declares"}},
                        {.name = "value", .kind = ArgumentKind::rest, .required = false}},
          .for_outsiders = true,
          .run = run_author};
}

}  // namespace osrbot
