#include "commands/credit_formats.h"

#include <algorithm>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands/contributors.h"
#include "commands/credit_roles.h"
#include "commands/csv.h"
#include "commands/jats.h"
#include "storage/credits.h"

namespace osrbot {
namespace {

using storage::Credit;
using storage::Naming;

/// Whether somebody belongs into the layout at all: with a confirmed part, a place in the byline, or a wish.
bool has_part(const Contributor& one) {
  return !one.roles.empty() || one.criteria.contributed || one.is_in_byline();
}

std::vector<Contributor> with_part(storage::Connection& db, std::int64_t project_id) {
  auto all = contributors(db, project_id);
  std::erase_if(all, [](const Contributor& one) { return !has_part(one); });
  return all;
}

const char* truth(bool value) {
  return value ? "TRUE" : "FALSE";
}

/// The header that tenzing's template has, with hyphens in the roles' names.
std::vector<std::string> tenzing_header() {
  std::vector<std::string> header = {"Author/Acknowledgee", "Order in publication", "Firstname", "Middle name",
                                     "Surname"};
  for (const CreditRole& role : credit_roles()) header.emplace_back(role.plain_name);
  for (const char* name : {"Notes", "Affiliation 1", "Affiliation 2", "Affiliation 3", "Funding", "ORCID iD",
                           "Email address", "Corresponding author?", "Declares"}) {
    header.emplace_back(name);
  }
  return header;
}

/// The name in three parts; one that nobody has divided stands whole where tenzing needs it most.
std::array<std::string, 3> name_in_parts(const Contributor& one) {
  const auto& [given, middle, family] =
      std::tie(one.details.given_name, one.details.middle_name, one.details.family_name);
  if (given.empty() && middle.empty() && family.empty()) return {"", "", one.name};
  return {given, middle, family};
}

std::vector<std::string> tenzing_row(const Contributor& one, std::size_t order) {
  const bool named = one.is_named();
  std::vector<std::string> row = {!named               ? "Don't agree to be named"
                                  : one.is_in_byline() ? "Author"
                                                       : "Acknowledgment only",
                                  std::to_string(order)};
  const auto told = [&](const std::string& text) { row.push_back(named ? text : ""); };
  for (const std::string& part : name_in_parts(one)) told(part);
  for (const CreditRole& role : credit_roles()) {
    row.emplace_back(truth(one.roles.contains(std::string(role.slug))));
  }
  row.emplace_back();  // notes
  for (const std::string& place : one.details.affiliations) told(place);
  told(one.details.funding);
  told(one.orcid);
  told(one.details.email);
  row.emplace_back(truth(named && one.author.corresponding));
  told(one.details.conflicts);
  return row;
}

std::string tenzing(storage::Connection& db, std::int64_t project_id) {
  std::string text = csv_row(tenzing_header());
  std::size_t order = 0;
  for (const Contributor& one : with_part(db, project_id)) text += csv_row(tenzing_row(one, ++order));
  return text;
}

/// Those who may be named as members of a group of authors, place by place in the order of their first member.
std::string collaborators(storage::Connection& db, std::int64_t project_id) {
  std::vector<std::pair<std::string, std::string>> places;
  for (const Contributor& one : with_part(db, project_id)) {
    if (!one.is_named() || one.author.naming == Naming::acknowledged) continue;
    const std::string& place = one.details.affiliations.front();
    auto known = std::ranges::find(places, place, &std::pair<std::string, std::string>::first);
    if (known == places.end()) known = places.insert(places.end(), {place, ""});
    known->second += (known->second.empty() ? "" : ", ") + one.published_name();
  }
  std::string text;
  for (const auto& [place, names] : places) {
    text += (text.empty() ? "" : "; ") + names + (place.empty() ? "" : " (" + place + ")");
  }
  return text.empty() ? text : text + "\n";
}

std::string statement(storage::Connection& db, std::int64_t project_id) {
  const auto people = with_part(db, project_id);
  std::string text;
  for (const CreditRole& role : credit_roles()) {
    std::string names;
    for (const Contributor& one : people) {
      const auto found = one.roles.find(std::string(role.slug));
      if (found == one.roles.end() || !one.is_in_byline()) continue;
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", one.published_name(), found->second);
    }
    if (!names.empty()) text += fmt::format("{}{}: {}.", text.empty() ? "" : " ", role.name, names);
  }
  if (!text.empty()) text += '\n';
  std::string thanks;
  for (const Contributor& one : people) {
    if (one.is_in_byline() || !one.is_named() || one.roles.empty()) continue;
    std::string roles;
    for (const CreditRole& role : credit_roles()) {
      if (!one.roles.contains(std::string(role.slug))) continue;
      roles += fmt::format("{}{}", roles.empty() ? "" : ", ", role.name);
    }
    thanks += fmt::format("{}{} ({})", thanks.empty() ? "" : "; ", one.published_name(), roles);
  }
  if (!thanks.empty()) text += fmt::format("{}Acknowledgments: {}.\n", text.empty() ? "" : "\n", thanks);
  return text;
}

std::string_view ledger_state(const Credit& credit) {
  if (!credit.standing.dispute.empty()) return "disputed";
  if (credit.counts()) return "confirmed";
  return credit.is_work_done ? "claimed" : "planned";
}

std::string ledger(storage::Connection& db, std::int64_t project_id) {
  std::vector<std::int64_t> unnamed;
  for (const storage::Author& author : storage::authors::of_project(db, project_id)) {
    if (author.naming == Naming::unnamed) unnamed.push_back(author.person_id);
  }
  std::string text = csv_row({"credit", "person", "role", "role URI", "degree", "task", "title", "evidence", "state",
                              "confirmed by person", "confirmed by lead", "dispute", "since"});
  storage::credits::each(db, project_id, [&](const Credit& credit) {
    const CreditRole& role = credit_role(credit.standing.role);
    const bool is_named = std::ranges::find(unnamed, credit.person_id) == unnamed.end();
    text += csv_row({fmt::format("C{}", credit.id), is_named ? credit.person_name : "", std::string(role.name),
                     uri_of(role), credit.standing.degree, credit.task_id ? fmt::format("T{}", *credit.task_id) : "",
                     credit.task_title, credit.standing.evidence, std::string(ledger_state(credit)),
                     truth(credit.standing.confirmed_by_person), truth(credit.standing.confirmed_by_lead.has_value()),
                     credit.standing.dispute, fmt::format("{:%Y-%m-%d}", credit.at)});
  });
  return text;
}

std::string missing_of(const Criteria& criteria) {
  std::string numbers;
  const auto add = [&](bool met, const char* number) {
    if (!met) numbers += (numbers.empty() ? "" : ", ") + std::string(number);
  };
  add(criteria.contributed, "1");
  add(criteria.drafted, "2");
  add(criteria.approved, "3");
  add(criteria.accountable, "4");
  return numbers;
}

}  // namespace

std::optional<CreditFormat> credit_format_named(std::string_view name) {
  const auto found = std::ranges::find(credit_format_names, name);
  if (found == credit_format_names.end()) return std::nullopt;
  return static_cast<CreditFormat>(found - credit_format_names.begin());
}

CreditFile credit_file(storage::Connection& db, std::int64_t project_id, CreditFormat format) {
  const auto named = [&](std::string_view ending, const char* type, std::string content) {
    return CreditFile{
        .name = fmt::format("credits-P{}-{}", project_id, ending), .media_type = type, .content = std::move(content)};
  };
  switch (format) {
    case CreditFormat::tenzing:
      return named("tenzing.csv", "text/csv", tenzing(db, project_id));
    case CreditFormat::jats:
      return named("jats.xml", "application/xml", jats_article_meta(with_part(db, project_id)));
    case CreditFormat::collaborators:
      return named("collaborators.txt", "text/plain", collaborators(db, project_id));
    case CreditFormat::statement:
      return named("statement.txt", "text/plain", statement(db, project_id));
    case CreditFormat::csv:
      return named("ledger.csv", "text/csv", ledger(db, project_id));
  }
  std::unreachable();
}

CreditGaps credit_gaps(storage::Connection& db, std::int64_t project_id) {
  const auto waiting = storage::credits::waiting(db, project_id);
  CreditGaps gaps{.unconfirmed = waiting.unconfirmed, .tasks_without = waiting.tasks_without, .incomplete = {}};
  for (const Contributor& one : contributors(db, project_id)) {
    if (!one.is_in_byline()) {
      if (one.is_asked_to_approve()) ++gaps.without_byline;
    } else if (!one.criteria.all()) {
      gaps.incomplete +=
          fmt::format("{}{} ({})", gaps.incomplete.empty() ? "" : ", ", one.published_name(), missing_of(one.criteria));
    }
  }
  return gaps;
}

}  // namespace osrbot
