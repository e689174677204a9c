#include "bot/x_commands.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <ostream>
#include <stdexcept>

#include <fmt/format.h>

#include "adapters/transport/digest.h"
#include "adapters/transport/form_fields.h"
#include "adapters/transport/http_server.h"
#include "adapters/x/authorization.h"
#include "adapters/x/budget.h"
#include "adapters/x/oauth1.h"
#include "bot/clock.h"
#include "bot/command_line_options.h"
#include "bot/instance_lock.h"
#include "bot/secrets.h"
#include "config/billing.h"
#include "storage/migrations.h"
#include "storage/x_costs.h"

namespace osrbot {
namespace {

constexpr std::chrono::minutes patience{10};
constexpr const char* callback_path = "/callback";
constexpr const char* scopes = "tweet.read tweet.write users.read dm.read dm.write media.write offline.access";

/// Where the browser comes back to, open from the beginning to the end.
class LoginPage {
 public:
  /// @param state what must come back, so that nobody else's login is taken for ours
  LoginPage(int port, std::string state)
      : state_(std::move(state)),
        server_({.address = "127.0.0.1", .port = static_cast<std::uint16_t>(port)}, [](LogLevel, std::string_view) {}) {
    server_.route(callback_path, [this](const ServerRequest& request, const HttpServer::Reply& reply) {
      auto callback = read_form(request.query);
      const bool ours = equal_in_constant_time(form_value(callback, "state"), state_);
      reply({.status = ours ? 200 : 400,
             .body = ours ? "Thank you. You can close this page and go back to the terminal.\n"
                          : "This is not the login that the terminal waits for.\n"});
      if (ours && !taken_.exchange(true)) arrived_.set_value(std::move(callback));
    });
    server_.start();
  }
  ~LoginPage() { server_.stop(); }
  LoginPage(const LoginPage&) = delete;
  LoginPage& operator=(const LoginPage&) = delete;

  /// The code that X sent. Throws std::runtime_error when it sent none.
  std::string wait() {
    auto future = arrived_.get_future();
    if (future.wait_for(patience) != std::future_status::ready) {
      throw std::runtime_error("nobody logged in within ten minutes; run `osrbot x login` again");
    }
    const auto callback = future.get();
    if (const auto error = form_value(callback, "error"); !error.empty()) {
      throw std::runtime_error(fmt::format("X did not allow it: {}", error));
    }
    const auto code = form_value(callback, "code");
    if (code.empty()) throw std::runtime_error("X sent no code; run `osrbot x login` again");
    return std::string(code);
  }

 private:
  const std::string state_;
  std::promise<FormFields> arrived_;  ///< what the browser brought back
  std::atomic<bool> taken_ = false;
  HttpServer server_;
};

x::Tokens exchange(const Config& config, HttpClient& client, const std::string& code, const std::string& verifier,
                   const std::string& callback_url, std::chrono::sys_seconds now) {
  const auto result = client.fetch(x::token_request(config.x, {{"grant_type", "authorization_code"},
                                                               {"code", code},
                                                               {"redirect_uri", callback_url},
                                                               {"code_verifier", verifier}}));
  const auto* answer = std::get_if<HttpResponse>(&result);
  if (answer == nullptr) throw std::runtime_error("X gave no token: " + std::get<HttpFailure>(result).text);
  if (answer->status != 200) {
    throw std::runtime_error(
        fmt::format("X gave no token (status {}): check x.client_id, x.client_secret and the callback URL {} in the "
                    "developer portal",
                    answer->status, callback_url));
  }
  return x::tokens_from_answer(answer->body, now);
}

void print_month(storage::Connection& db, const std::string& month, MicroDollars limit, std::ostream& out) {
  MicroDollars total = 0;
  out << month << '\n';
  storage::x_costs::each(db, month, [&](const storage::x_costs::Cost& cost) {
    total += cost.micro_dollars;
    out << fmt::format("  {:<14} {:>9}  {:>12}\n", cost.what, cost.count, dollars(cost.micro_dollars));
  });
  out << fmt::format("  {:<14} {:>9}  {:>12}", "total", "", dollars(total));
  if (limit > 0) {
    out << fmt::format("   of {} ({} %)", dollars(limit), total * 100 / limit);
  }
  out << '\n';
}

}  // namespace

int log_in_to_x(const Config& config, HttpClient& client, std::ostream& out, std::ostream& error) {
  if (config.x.client_id.empty()) {
    error << "osrbot: set x.client_id (OSRBOT_X_CLIENT_ID) first; docs/x.md says where to find it\n";
    return exit_code::configuration;
  }
  const InstanceLock lock(config.database.path);
  storage::Connection db(config.database.path, storage::Connection::Mode::read_write);
  const SystemClock clock;
  storage::migrate(db, clock.now());
  SealedSecrets secrets(
      config.secret, [&](const auto& work) { work(db); }, clock);
  (void)secrets.find(x::tokens_secret);  // a wrong key is said before the browser is opened

  const std::string verifier = base64url(random_bytes(32));
  const std::string state = base64url(random_bytes(16));
  const std::string callback_url = fmt::format("http://127.0.0.1:{}{}", config.x.login_port, callback_path);
  LoginPage page(config.x.login_port, state);
  out << "Log in to X as the account that the bot is to post as, then open:\n\n  "
      << config.x.authorize_url + "?" +
             x::query_string({{"response_type", "code"},
                              {"client_id", config.x.client_id},
                              {"redirect_uri", callback_url},
                              {"scope", scopes},
                              {"state", state},
                              {"code_challenge", base64url(sha256(verifier))},
                              {"code_challenge_method", "S256"}})
      << "\n\nWaiting at " << callback_url << " ...\n"
      << std::flush;
  const auto code = page.wait();
  const auto tokens = exchange(config, client, code, verifier, callback_url, clock.now());
  secrets.put(x::tokens_secret, x::to_json(tokens));
  out << "Done: the bot may post now. It renews this by itself; start it.\n";
  if (tokens.refresh.empty()) out << "X gave no refresh token, so this lasts for two hours only.\n";
  return exit_code::success;
}

int print_x_costs(const Config& config, std::ostream& out, std::ostream& error) {
  if (!std::filesystem::exists(config.database.path)) {
    error << fmt::format("osrbot: there is no database {} (database.path, OSRBOT_DB)\n", config.database.path);
    return exit_code::failure;
  }
  storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
  const auto now = SystemClock().now();
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  const auto last_month = std::chrono::sys_days(today.year() / today.month() / 1) - std::chrono::days(1);
  const auto limit = in_micro(config.x.monthly_budget_dollars);
  print_month(db, month_of(now), limit, out);
  print_month(db, month_of(last_month), 0, out);
  return exit_code::success;
}

}  // namespace osrbot
