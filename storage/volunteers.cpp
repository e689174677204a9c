#include "storage/volunteers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

namespace osrbot::storage::volunteers {
namespace {

/// One row for each person: lists are put together by the database, "r+ spss-" and so on.
std::string query(int history, std::string_view which) {
  return fmt::format(
      "SELECT p.person_id, o.time_zone, p.country, p.discipline, p.hours, p.growth, p.paused_until, "
      "(SELECT group_concat(s.skill || CASE s.kind WHEN 'has' THEN '+' ELSE '-' END, ' ') FROM person_skills s "
      "WHERE s.person_id = p.person_id), "
      "COALESCE((SELECT group_concat(l.language, ' ') FROM person_languages l WHERE l.person_id = p.person_id), "
      "o.language), "
      "(SELECT group_concat(i.sent_at || ',' || COALESCE(i.answered_at, 0) || ',' || (i.why_not = 'time'), ' ') "
      "FROM (SELECT sent_at, answered_at, why_not FROM invitations WHERE person_id = p.person_id AND "
      "state <> 'unreachable' ORDER BY sent_at DESC LIMIT {}) i) "
      "FROM profiles p JOIN people o ON o.id = p.person_id "
      "WHERE p.consent_version IS NOT NULL AND p.stopped_at IS NULL AND p.invitations_open = 1 AND {}",
      history, which);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Volunteer::Asked asked_from(std::string_view text) {
  std::array<std::int64_t, 3> numbers{};
  for (std::int64_t& number : numbers) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(std::min<std::size_t>(text.size(), static_cast<std::size_t>(result.ptr - text.data()) + 1));
  }
  using Time = std::chrono::sys_seconds;
  return {.at = Time(std::chrono::seconds(numbers[0])),
          .answered_at = numbers[1] == 0 ? std::nullopt : std::optional(Time(std::chrono::seconds(numbers[1]))),
          .had_no_time = numbers[2] != 0};
}

Volunteer read(const Row& row) {
  Volunteer one{.person_id = row.integer(0),
                .time_zone = row.text(1),
                .country = row.text(2),
                .discipline = row.text(3),
                .hours = row.is_null(4) ? std::nullopt : std::optional(row.real(4)),
                .growth = row.boolean(5),
                .paused_until = row.maybe_time(6),
                .skills = {},
                .languages = {},
                .asked = {}};
  const std::string skills = row.text(7);
  for (const std::string_view skill : words_of(skills)) {
    one.skills.push_back({.skill = std::string(skill.substr(0, skill.size() - 1)),
                          .kind = skill.ends_with('+') ? SkillKind::has : SkillKind::wants});
  }
  const std::string languages = row.text(8);
  for (const std::string_view language : words_of(languages)) one.languages.emplace_back(language);
  const std::string asked = row.text(9);
  for (const std::string_view invitation : words_of(asked)) one.asked.push_back(asked_from(invitation));
  std::ranges::sort(one.asked, std::ranges::greater(), &Volunteer::Asked::at);
  return one;
}

}  // namespace

std::optional<std::int64_t> each(Connection& db, std::int64_t after, int limit, int history,
                                 const std::function<void(const Volunteer&)>& found) {
  std::optional<std::int64_t> last;
  db.each(query(history, "p.person_id > ? ORDER BY p.person_id LIMIT ?"), {after, limit}, [&](const Row& row) {
    const Volunteer one = read(row);
    found(one);
    last = one.person_id;
  });
  return last;
}

std::optional<Volunteer> find(Connection& db, std::int64_t person_id, int history) {
  return db.one(query(history, "p.person_id = ?"), {person_id}, read);
}

void watch(Connection& db) {
  struct Event {
    std::string_view table;
    std::string_view kind;
    std::string_view row;
    std::string_view person;
  };
  std::string script = "CREATE TEMP TABLE IF NOT EXISTS changed_volunteers (person_id INTEGER PRIMARY KEY);";
  const auto note = [&](const Event& event) {
    script += fmt::format(
        "DROP TRIGGER IF EXISTS temp.volunteer_{0}_{2}; CREATE TEMP TRIGGER volunteer_{0}_{2} AFTER {1} ON main.{0} "
        "BEGIN INSERT INTO changed_volunteers SELECT {3}.{4} WHERE NOT EXISTS "
        "(SELECT 1 FROM changed_volunteers WHERE person_id = {3}.{4}); END;",
        event.table, event.kind, event.kind.substr(0, event.kind.find(' ')), event.row, event.person);
  };
  note({"profiles", "insert", "NEW", "person_id"});
  note({"profiles", "delete", "OLD", "person_id"});
  note({"profiles",
        "update OF country, discipline, hours, growth, paused_until, stopped_at, consent_version, invitations_open",
        "NEW", "person_id"});
  note({"people", "update OF time_zone, language", "NEW", "id"});
  for (const std::string_view table : {"person_skills", "person_languages", "invitations"}) {
    note({table, "insert", "NEW", "person_id"});
    note({table, "update", "NEW", "person_id"});
    note({table, "delete", "OLD", "person_id"});
  }
  db.script(script);
}

std::vector<std::int64_t> changed(Connection& db) {
  std::vector<std::int64_t> people;
  db.each("SELECT person_id FROM changed_volunteers", {}, [&](const Row& row) { people.push_back(row.integer(0)); });
  return people;
}

void forget_changes(Connection& db) {
  db.run("DELETE FROM changed_volunteers");
}

}  // namespace osrbot::storage::volunteers
