#include "adapters/x/budget.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace osrbot::x {

std::string_view charge_name(Charge charge) {
  static constexpr std::array<std::string_view, charges> names = {"read_post",     "read_mention", "read_message",
                                                                  "write_post",    "write_reply",  "write_link",
                                                                  "write_message", "write_picture"};
  return names[static_cast<std::size_t>(charge)];
}

MicroDollars price_of(Charge charge, const XPrices& prices) {
  switch (charge) {
    case Charge::read_post:
      return in_micro(prices.read_post);
    case Charge::read_mention:
      return in_micro(prices.read_mention);
    case Charge::read_message:
      return in_micro(prices.read_message);
    case Charge::write_post:
      return in_micro(prices.write_post);
    case Charge::write_reply:
      return in_micro(prices.write_reply);
    case Charge::write_link:
      return in_micro(prices.write_link);
    case Charge::write_message:
      return in_micro(prices.write_message);
    case Charge::write_picture:
      return in_micro(prices.write_picture);
  }
  return 0;
}

Budget::Budget(const XConfig& config, Journal& journal, Now now, Log log)
    : prices_(config.prices),
      limit_(in_micro(config.monthly_budget_dollars)),
      journal_(journal),
      now_(std::move(now)),
      log_(std::move(log)) {}

bool Budget::allows(Charge what, std::int64_t count) {
  const std::lock_guard lock(mutex_);
  look_up();
  const bool enough = spent_ + count * price_of(what, prices_) <= limit_;
  if (!enough && !std::exchange(stopped_, true)) {
    log_(LogLevel::error,
         fmt::format(
             "the budget of {} for {} is used up ({} spent): X is neither read nor written to until the month "
             "ends or x.monthly_budget_dollars is raised; calls are posted then, answers wait for two days at most",
             dollars(limit_), month_, dollars(spent_)));
  }
  return enough;
}

void Budget::pay(Charge what, std::int64_t count) {
  const std::lock_guard lock(mutex_);
  look_up();
  const MicroDollars amount = count * price_of(what, prices_);
  journal_.charge(month_, what, count, amount);
  spent_ += amount;
  known_ = spent_;
  tell();
}

void Budget::look_up() {
  const std::string month = month_of(now_());
  if (month == month_) return;
  MicroDollars spent = 0;
  for (const auto& [name, spending] : journal_.spent(month)) spent += spending.amount;
  month_ = month;
  spent_ = spent;
  known_ = spent;
  warned_ = false;
  stopped_ = false;
  tell();
}

void Budget::tell() {
  if (warned_ || spent_ * 10 < limit_ * 8 || limit_ == 0) return;
  warned_ = true;
  log_(LogLevel::warning, fmt::format("{} of the {} for X in {} are spent; at 100 % the bot stops there",
                                      dollars(spent_), dollars(limit_), month_));
}

}  // namespace osrbot::x
