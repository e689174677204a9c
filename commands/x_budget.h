// What X may cost in a month, as far as people who plan posts have to know.
#pragma once

#include "commands/context.h"
#include "config/billing.h"

namespace osrbot {

struct XBudget {
  MicroDollars limit = 0;
  MicroDollars spent = 0;  ///< in this calendar month

  MicroDollars left() const { return spent < limit ? limit - spent : 0; }
};

XBudget x_budget(const Voice& voice);

/// Adds what X has cost and what is left, where the bot is on X.
void say_x_budget(const Context& context, Message& message);

}  // namespace osrbot
