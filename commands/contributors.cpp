#include "commands/contributors.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "commands/credit_roles.h"
#include "storage/credits.h"
#include "storage/people.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

using storage::Credit;

std::size_t weight(std::string_view degree) {
  return static_cast<std::size_t>(std::ranges::find(credit_degrees, degree) - credit_degrees.begin());
}

/// Takes a credit over, if it is confirmed.
void add(Contributor& one, const Credit& credit) {
  if (!credit.counts()) return;
  const CreditRole& role = credit_role(credit.standing.role);
  const auto [known, is_new] = one.roles.try_emplace(credit.standing.role, credit.standing.degree);
  if (!is_new && weight(credit.standing.degree) < weight(known->second)) known->second = credit.standing.degree;
  if (role.is_substantial) one.criteria.contributed = true;
  if (role.slug.starts_with("writing-")) one.criteria.drafted = true;
}

void add(Contributor& one, storage::Author author) {
  if (!author.contributed.empty()) one.criteria.contributed = true;
  if (author.drafted) one.criteria.drafted = true;
  one.criteria.accountable = author.accountable;
  one.author = std::move(author);
}

void add(Contributor& one, const storage::Approval& answer) {
  one.criteria.approved = answer.approved;
  one.answer = answer;
}

/// What is told of a person, in this project and in general.
void describe(storage::Connection& db, std::int64_t project_id, Contributor& one) {
  one.author.project_id = project_id;
  one.author.person_id = one.person_id;
  if (const auto person = storage::people::find(db, one.person_id)) one.name = person->name;
  if (const auto profile = storage::profiles::find(db, one.person_id)) one.orcid = profile->orcid;
  one.details = storage::authors::details(db, project_id, one.person_id);
}

auto order(const Contributor& one) {
  const int group = one.is_in_byline() ? 0 : one.criteria.contributed ? 1 : 2;
  return std::tuple(group, one.is_in_byline() ? *one.author.position : 0, one.name, one.person_id);
}

}  // namespace

std::string Contributor::published_name() const {
  std::string full;
  for (const std::string* part : {&details.given_name, &details.middle_name, &details.family_name}) {
    if (!part->empty()) full += (full.empty() ? "" : " ") + *part;
  }
  return full.empty() ? name : full;
}

std::vector<Contributor> contributors(storage::Connection& db, std::int64_t project_id) {
  std::map<std::int64_t, Contributor> known;
  const auto of = [&](std::int64_t person_id) -> Contributor& {
    Contributor& one = known[person_id];
    one.person_id = person_id;
    return one;
  };
  storage::credits::each(db, project_id, [&](const Credit& credit) { add(of(credit.person_id), credit); });
  for (storage::Author& author : storage::authors::of_project(db, project_id)) {
    const std::int64_t person = author.person_id;
    add(of(person), std::move(author));
  }
  if (const auto manuscript = storage::manuscripts::latest(db, project_id)) {
    for (const storage::Approval& answer : storage::manuscripts::answers(db, project_id, manuscript->version)) {
      add(of(answer.person_id), answer);
    }
  }
  std::vector<Contributor> all;
  for (auto& [person, one] : known) {
    if (one.roles.empty() && one.author.person_id == 0 && !one.answer) continue;  // nothing is confirmed yet
    describe(db, project_id, one);
    all.push_back(std::move(one));
  }
  std::ranges::sort(all, {}, order);
  return all;
}

Contributor contributor(storage::Connection& db, std::int64_t project_id, std::int64_t person_id) {
  constexpr int credits_at_most = 1000;
  Contributor one;
  one.person_id = person_id;
  for (const Credit& credit : storage::credits::of_person(db, project_id, person_id, credits_at_most)) add(one, credit);
  add(one, storage::authors::find(db, project_id, person_id));
  if (const auto manuscript = storage::manuscripts::latest(db, project_id)) {
    for (const storage::Approval& answer : storage::manuscripts::answers(db, project_id, manuscript->version)) {
      if (answer.person_id == person_id) add(one, answer);
    }
  }
  describe(db, project_id, one);
  return one;
}

std::optional<std::int64_t> approvals_outstanding(storage::Connection& db, std::int64_t project_id) {
  if (!storage::manuscripts::latest(db, project_id)) return std::nullopt;
  return std::ranges::count_if(contributors(db, project_id), [](const Contributor& one) {
    return one.is_asked_to_approve() && !one.criteria.approved;
  });
}

}  // namespace osrbot
