#include "commands/x_budget.h"

#include "storage/x_costs.h"

namespace osrbot {

XBudget x_budget(const Voice& voice) {
  return {.limit = in_micro(voice.house.config.x.monthly_budget_dollars),
          .spent = storage::x_costs::total(voice.db, month_of(voice.now))};
}

void say_x_budget(const Context& context, Message& message) {
  if (!context.house.config.x.enabled()) return;
  const XBudget budget = x_budget(context);
  context.say(message, "queue.spending",
              {{"spent", dollars(budget.spent)},
               {"limit", dollars(budget.limit)},
               {"percent", budget.limit > 0 ? budget.spent * 100 / budget.limit : 100},
               {"left", budget.left() > 0 ? dollars(budget.left()) : ""}});
}

}  // namespace osrbot
