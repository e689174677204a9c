// Who was asked to come for a need, and what they said; and the searches that ask, wave after wave.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/conversations.h"
#include "storage/people.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct Invitation {
  std::int64_t id = 0;
  std::int64_t need_id = 0;
  std::int64_t person_id = 0;
  std::string person_name;
  std::int64_t wave = 0;
  std::string state;      ///< sent, yes, no, referred, withdrawn, unreachable
  std::string why_not;    ///< of a no: skill, time, language, topic, other; empty: not said
  std::string because;    ///< JSON: why they were asked
  bool has_come = false;  ///< they are among the people of the need
};

namespace invitations {

/// Notes that somebody is asked through a private conversation; without one, that they cannot be reached.
void add(Connection& db, std::int64_t need_id, std::int64_t person_id, std::int64_t wave, std::string_view because,
         const std::optional<people::Direct>& to, std::chrono::sys_seconds now);

std::optional<Invitation> find(Connection& db, std::int64_t need_id, std::int64_t person_id);

/// In the order in which they were sent, from after invitation `after` on, at most `limit`.
std::vector<Invitation> of_need(Connection& db, std::int64_t need_id, std::int64_t after, int limit);

/// yes, no or referred; an earlier answer is replaced. An invitation that was withdrawn or never arrived stays.
void answer(Connection& db, std::int64_t id, std::string_view state, std::chrono::sys_seconds now);
/// Why it is a no.
void set_why_not(Connection& db, std::int64_t id, std::string_view why);

/// Withdraws what is not answered yet; those invitations.
std::vector<Invitation> withdraw(Connection& db, std::int64_t need_id, std::chrono::sys_seconds now);

/// What was asked in a private conversation that is lost was never read: its searches look at it at once.
void lose(Connection& db, const conversations::Id& conversation, std::chrono::sys_seconds now);

/// Names of those who could not be reached and were not spoken of yet; from now on they were.
std::vector<std::string> tell_unreachable(Connection& db, std::int64_t need_id);

/// How many answered no, by their reason ("" for none given).
std::map<std::string, int> reasons(Connection& db, std::int64_t need_id);

/// Invitations that are not answered yet.
std::int64_t open(Connection& db, std::int64_t need_id);

/// People of a wave who may still come: not answered yet, or a yes that no coordinator has decided on.
std::int64_t pending(Connection& db, std::int64_t need_id, std::int64_t wave);

/// Why somebody is not to be asked for a need, for what can be told by the tables about invitations and teams: they
/// were asked already, are in the project, were taken out of it, were declined, have an interest in it, or have said
/// that the skill is not theirs or the project's topic not for them.
bool is_ruled_out(Connection& db, std::int64_t need_id, std::int64_t person_id);

}  // namespace invitations

/// Asks people for a need, wave after wave.
struct Search {
  std::int64_t need_id = 0;
  std::int64_t started_by = 0;
  std::int64_t size = 0;                            ///< of a wave, 3 to 5
  std::int64_t wave = 0;                            ///< the last that was sent
  std::optional<std::chrono::sys_seconds> next_at;  ///< nothing: it is over
  std::string ended;                                ///< why: filled, closed, stopped, nobody, waves
};

namespace searches {

/// The kind of job that goes on with a search, its key and its payload.
inline constexpr std::string_view job = "search";

/// Starts a search, or an ended one again; waves are counted on.
void start(Connection& db, std::int64_t need_id, std::int64_t started_by, std::int64_t size,
           std::chrono::sys_seconds now);
std::optional<Search> find(Connection& db, std::int64_t need_id);
/// A wave was sent, or there is more to wait for. Plans the job.
void go_on(Connection& db, std::int64_t need_id, std::int64_t wave, std::chrono::sys_seconds next_at);
/// Looks at a search that is under way as soon as possible.
void hasten(Connection& db, std::int64_t need_id, std::chrono::sys_seconds now);
void end(Connection& db, std::int64_t need_id, std::string_view why);

}  // namespace searches
}  // namespace osrbot::storage
