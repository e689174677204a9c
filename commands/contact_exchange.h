// Two people who said yes to each other learn how to reach each other.
#pragma once

#include "storage/people.h"

namespace osrbot {

class Context;

/// After the sender has let somebody in who was invited and said yes: each is told the other's handles, privately.
/// Nothing happens for who came without an invitation.
void exchange_contacts(Context& context, const storage::Person& newcomer, std::int64_t need_id);

}  // namespace osrbot
