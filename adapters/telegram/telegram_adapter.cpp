#include "adapters/telegram/telegram_adapter.h"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/telegram/command_menu.h"
#include "adapters/telegram/polling.h"
#include "adapters/transport/retry_wait.h"

namespace osrbot::telegram {

using nlohmann::json;

namespace {

constexpr std::size_t small_answers = 4 * 1024;  // bytes: to what is sent
constexpr std::size_t long_answers = 64 * 1024;  // a hundred updates

Self read_self(const ApiResult& result) {
  const auto user = parse_json(result.json);
  if (user.is_discarded()) throw Malformed("getMe did not answer with JSON");
  return {.id = integer(user, "id"), .username = string(user, "username")};
}

}  // namespace

TelegramAdapter::TelegramAdapter(const TelegramConfig& config, Log log, Backoff backoff)
    : config_(config),
      log_(std::move(log)),
      backoff_(backoff),
      client_(std::make_unique<HttpClient>(static_cast<std::size_t>(config.limits.sends_in_flight) + 1, small_answers)),
      api_(*client_, config.base_url, config.token),
      sender_(api_, log_),
      webhook_(config.webhook.secret, counts_) {}

TelegramAdapter::~TelegramAdapter() {
  if (publishing_.joinable()) publishing_.join();
  // Ends what is under way while all that it calls back is still there.
  client_.reset();
}

Capabilities TelegramAdapter::capabilities() const {
  return {.buttons = true,
          .files = true,
          .private_messages = true,
          .sends_in_flight = static_cast<std::size_t>(config_.limits.sends_in_flight),
          .messages_per_second = config_.limits.messages_per_second,
          .per_conversation_second = config_.limits.per_chat_second,
          .per_group_minute = config_.limits.per_group_minute,
          // What waits for a chat shares a message; the rest of 4,096 characters is room for the markup.
          .merge_bytes = 3'500};
}

void TelegramAdapter::publish(const Menus& menus) {
  publishing_ = std::jthread([this, menus] {
    try {
      publish_now(menus());
    } catch (const std::exception& error) {
      log_(LogLevel::warning, fmt::format("the command menus were not published: {}", error.what()));
    }
  });
}

void TelegramAdapter::publish_now(const std::vector<Menu>& menus) {
  for (const Menu& menu : menus) {
    auto body = set_my_commands(menu, log_);
    if (body.empty()) continue;
    api_.call("setMyCommands", std::move(body), [this, language = menu.language](const ApiOutcome& outcome) {
      if (std::holds_alternative<ApiResult>(outcome)) return;
      if (const auto* failure = std::get_if<ApiFailure>(&outcome); failure != nullptr && failure->cancelled) return;
      log_(LogLevel::warning, fmt::format("the command menu ({}) was not published: {}",
                                          language.empty() ? "all languages" : language, describe(outcome)));
    });
  }
}

void TelegramAdapter::receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) {
  // However receiving ends, nobody who calls the webhook is left waiting.
  struct CloseAtEnd {
    Webhook& webhook;
    ~CloseAtEnd() { webhook.close(); }
  } const close_at_end{webhook_};
  const auto self = identify(stop);
  if (!self) return;
  log_(LogLevel::info, fmt::format("this is @{} ({})", self->username, self->id));
  {
    const std::lock_guard lock(username_mutex_);
    username_ = self->username;
  }
  Intake intake(*self, api_, log_, counts_);
  if (config_.mode == TelegramConfig::Mode::polling) {
    // By a client of its own: what many sends keep busy would come to the next poll late.
    HttpClient client(1, long_answers);
    BotApi api(client, config_.base_url, config_.token);
    Polling polling(api, intake, log_, counts_, std::chrono::seconds(config_.poll_timeout_seconds), backoff_);
    return polling.run(stop, cursor, deliver);
  }
  if (set_webhook(stop)) webhook_.run(stop, intake, deliver);
}

void TelegramAdapter::send(OutboundMessage message, std::function<void(Delivery)> done) {
  link_private_buttons(message.message);
  sender_.send(message, std::move(done));
}

/// Telegram opens a private chat by a link, whose payload comes back as "/start <payload>".
void TelegramAdapter::link_private_buttons(Message& message) {
  const std::lock_guard lock(username_mutex_);
  if (username_.empty()) return;
  for (auto& row : message.buttons) {
    for (Button& button : row) {
      if (!button.in_private) continue;
      // Without a payload the chat would open, but nothing would be said in it.
      const auto space = button.command.find(' ');
      const std::string payload = space == std::string::npos ? "hello" : button.command.substr(space + 1);
      button.url = fmt::format("https://t.me/{}?start={}", username_, payload);
    }
  }
}

std::optional<ApiResult> TelegramAdapter::insist(const std::stop_token& stop, std::string_view method,
                                                 const std::string& body) {
  RetryWait retry(backoff_);
  for (;;) {
    auto outcome = api_.fetch(method, body, stop);
    if (auto* result = std::get_if<ApiResult>(&outcome)) return std::move(*result);
    if (stop.stop_requested()) return std::nullopt;
    const auto* refusal = std::get_if<ApiRefusal>(&outcome);
    if (refusal != nullptr && refusal->is_wrong_token()) throw_wrong_token(outcome);
    if (refusal != nullptr && refusal->code == 400) {
      throw std::runtime_error(fmt::format("Telegram refuses {}: {}", method, refusal->description));
    }
    log_(LogLevel::warning, fmt::format("{} failed: {}; trying again", method, describe(outcome)));
    const auto wait =
        refusal != nullptr ? refusal->retry_after.value_or(std::chrono::seconds(0)) : std::chrono::seconds(0);
    if (!retry.failed(stop, wait)) return std::nullopt;
  }
}

std::optional<Self> TelegramAdapter::identify(const std::stop_token& stop) {
  RetryWait retry(backoff_);
  for (;;) {
    const auto me = insist(stop, "getMe", "{}");
    if (!me) return std::nullopt;
    try {
      return read_self(*me);
    } catch (const Malformed& error) {
      log_(LogLevel::warning, fmt::format("getMe makes no sense: {}; trying again", error.what()));
    }
    if (!retry.failed(stop)) return std::nullopt;
  }
}

bool TelegramAdapter::set_webhook(const std::stop_token& stop) {
  if (config_.webhook.url.empty() || config_.webhook.secret.empty()) {
    throw std::runtime_error("telegram.mode is webhook: telegram.webhook.url and telegram.webhook.secret must be set");
  }
  const json body = {{"url", config_.webhook.url},
                     {"secret_token", config_.webhook.secret.reveal()},
                     {"allowed_updates", read_json(allowed_updates)}};
  return insist(stop, "setWebhook", json_text(body)).has_value();
}

}  // namespace osrbot::telegram
