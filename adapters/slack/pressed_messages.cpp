#include "adapters/slack/pressed_messages.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"
#include "adapters/slack/render.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::size_t most_messages = 1'000;

}  // namespace

void PressedMessages::change(const Press& press, const std::string& response_url) {
  json interaction = read_json(press.interaction);
  const std::lock_guard lock(mutex_);
  if (press.message.empty()) {
    if (auto body = after_press(interaction); !body.empty()) send({}, {response_url, std::move(body)});
    return;
  }
  Shown& now = shown(press.message);
  if (!now.blocks.empty()) interaction["message"]["blocks"] = read_json(now.blocks);
  auto body = after_press(interaction);
  // The button is gone already: Slack is to show so.
  if (body.empty() && !now.blocks.empty()) {
    body = json_text({{"replace_original", true},
                      {"text", interaction["message"].value("text", "")},
                      {"blocks", interaction["message"]["blocks"]}});
  }
  if (body.empty()) return;
  now.blocks = json_text(read_json(body)["blocks"]);
  Change next{response_url, std::move(body)};
  if (std::exchange(now.under_way, true)) {
    now.next = std::move(next);
  } else {
    send(press.message, std::move(next));
  }
}

PressedMessages::Shown& PressedMessages::shown(const std::string& message) {
  const auto found = std::ranges::find(messages_, message, &Shown::message);
  if (found != messages_.end()) {
    messages_.splice(messages_.begin(), messages_, found);
  } else {
    messages_.push_front({.message = message, .blocks = {}, .next = {}});
    if (messages_.size() > most_messages) messages_.pop_back();
  }
  return messages_.front();
}

void PressedMessages::send(const std::string& message, Change change) {
  api_.post(change.url, std::move(change.body), [this, message](const ApiOutcome& outcome) {
    if (!std::holds_alternative<ApiResult>(outcome)) log_(LogLevel::debug, "changing a message: " + describe(outcome));
    if (!message.empty()) sent(message);
  });
}

void PressedMessages::sent(const std::string& message) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(messages_, message, &Shown::message);
  if (found == messages_.end()) return;
  if (found->next) {
    send(message, *std::exchange(found->next, std::nullopt));
  } else {
    found->under_way = false;
  }
}

}  // namespace osrbot::slack
