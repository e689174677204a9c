// Authorship as the people concerned see it: offered to whoever has a right to the offer, and theirs to take or leave.
#pragma once

#include <cstdint>

#include "commands/command.h"
#include "commands/context.h"
#include "commands/contributors.h"

namespace osrbot {

Command authorship();

/// Offers a person, once, to meet the other criteria too, if they meet the first one.
void offer_authorship(Context& context, std::int64_t person_id);

/// What a message says of somebody's criteria: contributed, drafted, approved, accountable ("yes" or ""), version (0:
/// no manuscript yet).
Arguments words_of(const Criteria& criteria, std::int64_t version);

/// Number of the latest version of a project's manuscript; 0 when there is none.
std::int64_t latest_version(storage::Connection& db, std::int64_t project_id);

}  // namespace osrbot
