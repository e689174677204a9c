// Commands by which a credit is confirmed, disputed, corrected or given up. What was said before stays in the ledger.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command credit_confirm();
Command credit_correct();
Command credit_dispute();
Command credit_withdraw();

}  // namespace osrbot
