#include "adapters/telegram/intake.h"

#include <chrono>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::telegram {

std::int64_t Intake::add(std::string_view json) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto read = reader_.read(json, now);
  ++counts_.updates;
  if (!read.problem.empty()) {
    ++counts_.unreadable;
    log_(LogLevel::warning, fmt::format("update {} cannot be read and is skipped: {}",
                                        read.id < 0 ? "without a number" : std::to_string(read.id), read.problem));
  }
  std::ranges::move(read.updates, std::back_inserter(updates_));
  if (!read.callback_id.empty()) callbacks_.push_back(std::move(read.callback_id));
  return read.id;
}

bool Intake::deliver(std::string cursor, const Deliver& deliver) {
  const auto callbacks = std::exchange(callbacks_, {});
  if (!deliver({.adapter = "telegram", .updates = std::exchange(updates_, {}), .cursor = std::move(cursor)}))
    return false;
  // Until it is answered the person's app shows the button as busy. Nothing depends on it: it is not tried again.
  for (const auto& id : callbacks) {
    api_.call("answerCallbackQuery", nlohmann::json{{"callback_query_id", id}}.dump(),
              [log = log_](const ApiOutcome& outcome) {
                if (std::holds_alternative<ApiResult>(outcome)) return;
                log(LogLevel::debug, "answering a button: " + describe(outcome));
              });
  }
  return true;
}

}  // namespace osrbot::telegram
