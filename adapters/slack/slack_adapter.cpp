#include "adapters/slack/slack_adapter.h"

#include <exception>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/slack/app_needs.h"
#include "adapters/transport/retry_wait.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

Workspace read_self(const std::string& answer, const Secret& token) {
  const json told = read_json(answer);
  const bool organisation = flag(told, "is_enterprise_install");
  return {.id = string(told, organisation ? "enterprise_id" : "team_id"),
          .name = string(told, "team"),
          .token = token,
          .bot_user = string(told, "user_id"),
          .bot_id = string(told, "bot_id"),
          .configured = true};
}

SocketMode::Options as_configured(const SlackConfig& config, SocketMode::Options options) {
  options.connections = static_cast<std::size_t>(config.sockets);
  return options;
}

}  // namespace

SlackAdapter::SlackAdapter(const SlackConfig& config, SecretStore* secrets, Log log, SocketMode::Options socket)
    : config_(config),
      log_(std::move(log)),
      socket_options_(as_configured(config, socket)),
      client_(std::make_unique<HttpClient>(static_cast<std::size_t>(config.limits.sends_in_flight) + 1)),
      api_(*client_, config.base_url),
      workspaces_(config.installs() ? secrets : nullptr, log_),
      inbox_(log_, counts_),
      pressed_(api_, log_),
      people_(api_, workspaces_),
      sender_({api_, workspaces_, inbox_, addresses_}, log_),
      socket_({api_, workspaces_, inbox_, counts_}, config.app_token, log_, socket_options_),
      events_({workspaces_, inbox_, counts_}, config.signing_secret, log_),
      installation_({api_, workspaces_, inbox_}, config, log_) {}

SlackAdapter::~SlackAdapter() {
  // Ends what is under way while all that it calls back is still there.
  client_.reset();
}

Capabilities SlackAdapter::capabilities() const {
  const bool scarce = config_.limits.per_channel_second > 0;
  return {.buttons = true,
          .files = true,
          .one_person = true,
          .private_messages = true,
          .sends_in_flight = static_cast<std::size_t>(config_.limits.sends_in_flight),
          .per_conversation_second = config_.limits.per_channel_second,
          .merge_bytes = scarce ? std::size_t{2'500} : 0};
}

std::vector<std::pair<std::string, HttpServer::Handler>> SlackAdapter::routes() {
  std::vector<std::pair<std::string, HttpServer::Handler>> out;
  if (config_.uses_events()) {
    out.emplace_back(events_path, events_.events());
    out.emplace_back(commands_path, events_.commands());
    out.emplace_back(interactions_path, events_.interactions());
  }
  if (config_.installs()) {
    out.emplace_back(install_path, installation_.install());
    out.emplace_back(oauth_path, installation_.oauth());
  }
  return out;
}

void SlackAdapter::receive(std::stop_token stop, const std::string&, const Deliver& deliver) {
  // However receiving ends, nobody who calls over HTTP is left waiting.
  struct CloseAtEnd {
    Inbox& inbox;
    ~CloseAtEnd() { inbox.close(); }
  } const close_at_end{inbox_};
  if (!config_.bot_token.empty() && !add_configured(stop)) return;
  workspaces_.load();
  log_(LogLevel::info, fmt::format("installed in {} workspaces", workspaces_.size()));

  std::stop_source ending;
  const std::stop_callback on_stop(stop, [&] { ending.request_stop(); });
  std::exception_ptr failure;
  std::jthread socket;
  if (config_.uses_socket()) {
    socket = std::jthread([&, token = ending.get_token()] {
      try {
        socket_.run(token);
      } catch (const std::exception& error) {
        if (config_.uses_events()) return log_(LogLevel::error, fmt::format("no sockets: {}", error.what()));
        failure = std::current_exception();
        ending.request_stop();
      }
    });
  }
  inbox_.run(
      ending.get_token(),
      {.before = [this](const std::stop_token& token, std::vector<Reading>& readings) { before(token, readings); },
       .after = [this](const Reading& reading) { after(reading); }},
      deliver);
  ending.request_stop();
  if (socket.joinable()) socket.join();
  if (failure && !stop.stop_requested()) std::rethrow_exception(failure);
}

bool SlackAdapter::add_configured(const std::stop_token& stop) {
  RetryWait retry(socket_options_.backoff);
  for (;;) {
    const auto outcome = api_.fetch("auth.test", config_.bot_token, {}, stop);
    if (stop.stop_requested()) return false;
    std::string why = describe(outcome);
    if (const auto* result = std::get_if<ApiResult>(&outcome)) {
      try {
        auto self = read_self(result->json, config_.bot_token);
        if (self.id.empty()) throw Malformed("team_id is missing");
        log_(LogLevel::info, fmt::format("this is {} in {} ({})", self.bot_user, self.name, self.id));
        workspaces_.add(std::move(self));
        return true;
      } catch (const Malformed& error) {
        why = error.what();
      }
    }
    const auto* refusal = std::get_if<ApiRefusal>(&outcome);
    if (refusal != nullptr && refusal->is_wrong_token()) {
      throw std::runtime_error(
          fmt::format("Slack refuses the bot's token ({}): mend slack.bot_token, or OSRBOT_SLACK_BOT_TOKEN; the app's "
                      "page shows it "
                      "under OAuth & Permissions",
                      why));
    }
    log_(LogLevel::warning, fmt::format("auth.test failed: {}; trying again", why));
    const auto wait =
        refusal != nullptr ? refusal->retry_after.value_or(std::chrono::milliseconds(0)) : std::chrono::milliseconds(0);
    if (!retry.failed(stop, wait)) return false;
  }
}

void SlackAdapter::before(const std::stop_token& stop, std::vector<Reading>& readings) {
  const auto now = std::chrono::steady_clock::now();
  for (auto& reading : readings) {
    if (!reading.update) continue;
    if (!workspaces_.find(reading.workspace)) {
      log_(LogLevel::warning,
           fmt::format("something from workspace {} is skipped: the bot is not installed there", reading.workspace));
      reading.update.reset();
    } else if (!reading.response_url.empty()) {
      addresses_.remember(reading.update->place, reading.response_url, now);
    }
  }
  people_.complete(stop, readings);
}

void SlackAdapter::after(const Reading& reading) {
  if (reading.uninstalled) {
    try {
      workspaces_.remove(reading.workspace);
    } catch (const std::exception& error) {
      log_(LogLevel::error, fmt::format("forgetting workspace {}: {}", reading.workspace, error.what()));
    }
  }
  if (reading.press) pressed_.change(*reading.press, reading.response_url);
}

void SlackAdapter::send(OutboundMessage message, std::function<void(Delivery)> done) {
  sender_.send(std::move(message), std::move(done));
}

}  // namespace osrbot::slack
