// Codes by which people show that two accounts are theirs: made on one side, written on the other, confirmed on the
// first. Kept as keyed hashes, for ten minutes, once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage::link_codes {

inline constexpr std::chrono::minutes lifetime{10};
inline constexpr int wrong_tries = 5;  ///< of one code, and of one person in an hour

/// A new code for a person, in place of the one they had: "K7QP-3MRW-XN". Letters and digits that nobody confuses, 50
/// bits of which 35 are secret. `asked_in`: the private conversation where it has to be confirmed.
std::string make(Connection& db, std::int64_t person_id, const conversations::Id& asked_in,
                 std::chrono::sys_seconds now);

enum class Refusal {
  unknown,   ///< wrong, used, or too old: which of them is nobody's business
  too_many,  ///< of this person's tries were wrong lately
  same,      ///< the person made it themselves
};

/// Somebody wrote a code: whose it is, and the code is used up. It counts what is wrong, so the caller's transaction
/// has to be kept also when it is refused.
struct Claim {
  std::optional<std::int64_t> of;  ///< nothing: refused
  Refusal why = Refusal::unknown;
};
Claim claim(Connection& db, std::string_view written, std::int64_t person_id, std::chrono::sys_seconds now);

/// Whose code somebody wrote, and where that has to be confirmed; nothing when it is used or too late.
struct Claimed {
  std::int64_t of = 0;
  conversations::Home asked_in;
};
std::optional<Claimed> claimed(Connection& db, std::int64_t claimed_by, std::chrono::sys_seconds now);

/// Whoever wrote the code says that the two are the same: now the first side is asked.
void agree(Connection& db, std::int64_t of, std::chrono::sys_seconds now);

/// Who wrote the code of a person, agreed, and waits for their yes in that conversation; nothing when nobody does.
std::optional<std::int64_t> waiting(Connection& db, std::int64_t of, const conversations::Id& here,
                                    std::chrono::sys_seconds now);

/// A person's code is worth nothing any more.
void drop(Connection& db, std::int64_t person_id);

/// Deletes what is over.
void prune(Connection& db, std::chrono::sys_seconds now);

}  // namespace osrbot::storage::link_codes
