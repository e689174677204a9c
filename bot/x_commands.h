// `osrbot x login` and `osrbot x costs`.
#pragma once

#include <iosfwd>

#include "adapters/transport/http_client.h"
#include "config/config.h"

namespace osrbot {

/// Lets the owner of the bot's account allow it to post: prints an address for the browser, waits on loopback for what
/// X sends back, and keeps the tokens, encrypted, in the database. Needs a database on which no bot runs. Returns the
/// exit code; throws std::runtime_error.
int log_in_to_x(const Config& config, HttpClient& client, std::ostream& out, std::ostream& error);

/// Prints what X cost in this month and the one before, and what is left of the budget.
int print_x_costs(const Config& config, std::ostream& out, std::ostream& error);

}  // namespace osrbot
