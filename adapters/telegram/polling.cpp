#include "adapters/telegram/polling.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "adapters/json_parts.h"

namespace osrbot::telegram {

namespace {

// A server that does not hold polls open, as it was asked to, is not to be asked without end.
constexpr std::chrono::milliseconds between_empty_answers{100};

constexpr int believed_after = 3;  // refusals of the token one after the other

std::int64_t offset_of(const std::string& cursor, const Log& log) {
  std::int64_t offset = 0;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (cursor.empty() || (error == std::errc() && end == cursor.data() + cursor.size())) return offset;
  log(LogLevel::warning, "the stored cursor is no number; reading from what Telegram has not seen confirmed");
  return 0;
}

}  // namespace

void throw_wrong_token(const ApiOutcome& outcome) {
  throw std::runtime_error(fmt::format(
      "Telegram does not know the bot's token ({}): mend telegram.token (OSRBOT_TELEGRAM_TOKEN, or the file that "
      "telegram.token_file names); @BotFather shows the right one",
      describe(outcome)));
}

Polling::Polling(BotApi& api, Intake& intake, Log log, Counts& counts, std::chrono::seconds timeout, Backoff backoff)
    : api_(api), intake_(intake), log_(std::move(log)), counts_(counts), timeout_(timeout), retry_(backoff) {}

void Polling::run(const std::stop_token& stop, const std::string& cursor, const Deliver& deliver) {
  offset_ = offset_of(cursor, log_);
  while (!stop.stop_requested()) {
    const auto asked = std::chrono::steady_clock::now();
    auto outcome = poll(stop);
    if (stop.stop_requested()) return;
    auto step = Step::retry;
    if (const auto* result = std::get_if<ApiResult>(&outcome)) {
      step = take(result->json, deliver, stop);
      if (step == Step::retry) outcome = ApiFailure{"the answer is no list of numbered updates", false};
    }
    if (step == Step::end) return;
    if (step == Step::retry) {
      ++counts_.poll_failures;
      if (!recover(stop, outcome)) return;
      continue;
    }
    ++counts_.polls;
    strangers_ = 0;
    retry_.succeeded();
    const bool too_quick = std::chrono::steady_clock::now() - asked < between_empty_answers;
    if (step == Step::pause && too_quick && !pause(stop, between_empty_answers)) return;
  }
}

ApiOutcome Polling::poll(const std::stop_token& stop) {
  return api_.fetch("getUpdates",
                    fmt::format(R"({{"offset":{},"limit":100,"timeout":{},"allowed_updates":{}}})", offset_,
                                timeout_.count(), allowed_updates),
                    stop, timeout_);
}

Polling::Step Polling::take(const std::string& answer, const Deliver& deliver, const std::stop_token& stop) {
  const auto updates = elements(answer);
  if (!updates) return Step::retry;
  if (updates->empty()) {
    // All before is confirmed now. After a week without updates their numbers begin anew, maybe lower: ask for all.
    offset_ = 0;
    return Step::pause;
  }
  std::int64_t last = -1;
  for (const auto& update : *updates) {
    last = std::max(last, intake_.add(update));
    const bool more = &update != &updates->back();
    if (more && last >= 0 && !intake_.deliver_part(last + 1, deliver)) return Step::end;
  }
  if (last < 0) return Step::retry;
  if (!intake_.deliver(std::to_string(last + 1), deliver, stop)) return Step::end;
  offset_ = last + 1;
  return Step::again;
}

bool Polling::recover(const std::stop_token& stop, const ApiOutcome& outcome) {
  const auto* refusal = std::get_if<ApiRefusal>(&outcome);
  // The bot was known when it started: only a server that goes on like this is believed.
  if (refusal == nullptr || !refusal->is_wrong_token()) {
    strangers_ = 0;
  } else if (++strangers_ == believed_after) {
    throw_wrong_token(outcome);
  }
  std::string hint;
  if (refusal != nullptr && refusal->code == 409) {
    if (refusal->description.find("webhook") != std::string::npos) {
      hint = "; removing the webhook, because telegram.mode is polling";
      const auto removed = api_.fetch("deleteWebhook", "{}", stop);
      if (!std::holds_alternative<ApiResult>(removed)) hint += " (" + describe(removed) + ")";
    } else {
      hint = "; another program is receiving with the same token, perhaps a second copy of this bot";
    }
  }
  if (stop.stop_requested()) return false;
  log_(LogLevel::warning, fmt::format("receiving failed: {}{}; trying again", describe(outcome), hint));
  return retry_.failed(
      stop, refusal != nullptr ? refusal->retry_after.value_or(std::chrono::seconds(0)) : std::chrono::seconds(0));
}

}  // namespace osrbot::telegram
