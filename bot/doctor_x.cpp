// What the doctor asks X.
#include <chrono>
#include <variant>

#include <fmt/format.h>

#include "adapters/x/api.h"
#include "adapters/x/calls.h"
#include "adapters/x/stream_rules.h"
#include "adapters/x/x_adapter.h"
#include "bot/clock.h"
#include "bot/doctor.h"
#include "bot/secrets.h"
#include "storage/sql.h"

namespace osrbot {
namespace {

using Verdict = Finding::Verdict;

/// Whether the login can be read; asks X nothing, for to renew it would take it from the running bot.
Finding login_finding(const Config& config, SecretStore& secrets) {
  try {
    const auto stored = secrets.find(x::tokens_secret);
    if (!stored) return {Verdict::problem, "x", "nobody has logged in yet", "stop the bot and run osrbot x login"};
    const auto tokens = x::tokens_from_json(*stored);
    if (tokens.refresh.empty()) {
      return {Verdict::problem, "x", "the login cannot be renewed", "stop the bot and run osrbot x login again"};
    }
    return {Verdict::ok, "x", fmt::format("logged in as client {}", config.x.client_id), ""};
  } catch (const std::exception& error) {
    return {Verdict::problem, "x", error.what(), "check secret.key (docs/configuration.md)"};
  }
}

Finding account_finding(const Config& config, x::Api& api) {
  const auto outcome = api.fetch(x::calls::me(), {});
  if (const auto* answer = std::get_if<x::Answer>(&outcome)) {
    try {
      return {Verdict::ok, "x",
              fmt::format("{} knows the account: @{}", config.x.base_url, x::self_from(answer->json).handle), ""};
    } catch (const std::runtime_error& error) {
      return {Verdict::problem, "x", error.what(), "check x.base_url"};
    }
  }
  if (const auto* refusal = std::get_if<x::Refusal>(&outcome)) {
    return {Verdict::problem, "x", fmt::format("the account is refused ({} {})", refusal->status, refusal->detail),
            "check the four keys of OAuth 1.0a in X's developer portal"};
  }
  return {Verdict::problem, "x", fmt::format("no answer from {}: {}", config.x.base_url, describe(outcome)),
          "check the network, the proxy (HTTPS_PROXY) and x.base_url"};
}

Finding stream_finding(const Config& config, x::Api& api) {
  const auto outcome = api.fetch(x::calls::rules(""), {});
  if (std::holds_alternative<x::Answer>(outcome)) {
    return {Verdict::ok, "x stream", "the app may read its rules", ""};
  }
  const auto* refusal = std::get_if<x::Refusal>(&outcome);
  if (refusal != nullptr && (refusal->status == 401 || refusal->status == 403)) {
    return {Verdict::problem, "x stream", fmt::format("X refuses the app ({} {})", refusal->status, refusal->detail),
            fmt::format("check {}, or set x.mode to polling", config.x.bearer_token_file.empty()
                                                                  ? "x.bearer_token (OSRBOT_X_BEARER_TOKEN)"
                                                                  : "x.bearer_token_file")};
  }
  return {Verdict::note, "x stream", fmt::format("could not be asked for: {}", describe(outcome)), ""};
}

}  // namespace

std::vector<Finding> examine_x(const Config& config, HttpClient& client) {
  const SystemClock clock;
  SealedSecrets secrets(
      config.secret,
      [&](const auto& work) {
        storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
        work(db);
      },
      clock);
  const auto now = [&] { return clock.now(); };
  x::Authorization authorization(config.x, client, secrets, now);
  x::Api api(config.x, client, authorization, now);
  std::vector<Finding> findings;
  findings.push_back(config.x.has_oauth1() ? account_finding(config, api) : login_finding(config, secrets));
  if (config.x.mode == XConfig::Mode::stream) findings.push_back(stream_finding(config, api));
  if (config.x.monthly_budget_dollars <= 0) {
    findings.push_back({Verdict::problem, "x budget", "it is 0: X is neither read nor written to",
                        "set x.monthly_budget_dollars (OSRBOT_X_MONTHLY_BUDGET_DOLLARS)"});
  }
  return findings;
}

}  // namespace osrbot
