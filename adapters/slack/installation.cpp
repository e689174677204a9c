#include "adapters/slack/installation.h"

#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/slack/app_needs.h"
#include "adapters/transport/digest.h"
#include "adapters/transport/form_fields.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::size_t most_states = 1'000;
constexpr std::chrono::minutes state_lifetime{10};
constexpr std::string_view cookie_name = "osrbot_install";

std::string cookie(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const auto end = std::min(cookies.find(';'), cookies.size());
    auto one = cookies.substr(0, end);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') {
      return std::string(one.substr(name.size() + 1));
    }
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
  }
  return {};
}

ServerResponse page(int status, std::string text) {
  return {.status = status,
          .body = std::move(text) + "\n",
          .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
}

}  // namespace

std::string Installation::redirect_url() const {
  return config_.url + oauth_path;
}

std::string Installation::new_state() {
  auto state = hex(random_bytes(16));
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  std::erase_if(states_, [&](const auto& one) { return one.second <= now; });
  if (states_.size() >= most_states) states_.erase(states_.begin());
  states_.emplace(state, now + state_lifetime);
  return state;
}

bool Installation::use_state(const std::string& state, std::string_view cookies) {
  if (!equal_in_constant_time(cookie(cookies, cookie_name), state)) return false;
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(state);
  if (found == states_.end()) return false;
  const bool good = std::chrono::steady_clock::now() < found->second;
  states_.erase(found);
  return good;
}

HttpServer::Handler Installation::install() {
  return [this](const ServerRequest& request, const HttpServer::Reply& reply) {
    if (request.method != "GET") return reply(page(405, "GET only"));
    const auto state = new_state();
    const auto address = config_.base_url + "/oauth/v2/authorize?" +
                         write_form({{"client_id", config_.client_id},
                                     {"scope", fmt::format("{}", fmt::join(bot_scopes, ","))},
                                     {"redirect_uri", redirect_url()},
                                     {"state", state}});
    auto answer = page(302, "To Slack");
    answer.headers.emplace_back("Location", address);
    answer.headers.emplace_back(
        "Set-Cookie", fmt::format("{}={}; Path=/slack; Max-Age={}; HttpOnly; SameSite=Lax{}", cookie_name, state,
                                  std::chrono::seconds(state_lifetime).count(),
                                  config_.url.starts_with("https://") ? "; Secure" : ""));
    reply(std::move(answer));
  };
}

HttpServer::Handler Installation::oauth() {
  return [this](const ServerRequest& request, const HttpServer::Reply& reply) {
    if (request.method != "GET") return reply(page(405, "GET only"));
    const auto query = read_form(request.query);
    const std::string state(form_value(query, "state"));
    if (state.empty() || !use_state(state, request.header("cookie"))) {
      return reply(page(400,
                        "This installation was begun too long ago, in another browser, or is finished already. "
                        "Begin again at " +
                            config_.url + install_path));
    }
    if (!form_value(query, "error").empty()) return reply(page(200, "Nothing was installed."));
    const auto code = form_value(query, "code");
    if (code.empty()) return reply(page(400, "Slack sent no code."));
    api_.call_form("oauth.v2.access", {},
                   {{"client_id", config_.client_id},
                    {"client_secret", config_.client_secret.reveal()},
                    {"code", code},
                    {"redirect_uri", redirect_url()}},
                   [this, reply](const ApiOutcome& outcome) { finish(outcome, reply); });
  };
}

void Installation::finish(const ApiOutcome& outcome, const HttpServer::Reply& reply) {
  const auto* result = std::get_if<ApiResult>(&outcome);
  if (result == nullptr) {
    log_(LogLevel::warning, "an installation failed: " + describe(outcome));
    return reply(page(502, "Slack did not give the bot its token. Begin again at " + config_.url + install_path));
  }
  // The store is waited for, which only the receiving thread may.
  const bool taken = inbox_.put_work([this, reply, answer = result->json] {
    try {
      auto workspace = read_installation(answer);
      const auto name = workspace.name.empty() ? workspace.id : workspace.name;
      log_(LogLevel::info, fmt::format("installed in workspace {}", workspace.id));
      workspaces_.add(std::move(workspace));
      reply(page(200, fmt::format("The bot is installed in {}. Write \"help\" to it there.", name)));
    } catch (const std::exception& error) {
      log_(LogLevel::error, fmt::format("an installation failed: {}", error.what()));
      reply(page(500, "The bot could not keep its token. Whoever runs it finds the reason in its log."));
    }
  });
  if (!taken) reply(page(503, "The bot is stopping. Begin again in a minute."));
}

Workspace read_installation(const std::string& answer) {
  const json told = read_json(answer);
  const json* team = field(told, "team");
  const json* enterprise = field(told, "enterprise");
  const json* owner = flag(told, "is_enterprise_install") ? enterprise : team;
  if (owner == nullptr) throw Malformed("neither team nor enterprise is told");
  Workspace workspace{.id = string(*owner, "id"),
                      .name = string(*owner, "name"),
                      .token = Secret(string(told, "access_token")),
                      .bot_user = string(told, "bot_user_id"),
                      .bot_id = {}};
  if (workspace.id.empty() || !workspace.token.reveal().starts_with("xoxb-")) {
    throw Malformed("the id or the bot's token is missing");
  }
  return workspace;
}

}  // namespace osrbot::slack
