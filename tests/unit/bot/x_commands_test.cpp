#include "bot/x_commands.h"

#include <future>
#include <regex>
#include <sstream>
#include <streambuf>

#include <doctest/doctest.h>

#include "adapters/transport/digest.h"
#include "adapters/x/authorization.h"
#include "bot/command_line_options.h"
#include "bot/doctor.h"
#include "bot/instance_lock.h"
#include "bot/secrets.h"
#include "bot/x_journal.h"
#include "storage/migrations.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_x.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;

namespace {

std::string printed_key() {
  std::ostringstream out;
  print_secret_key(out);
  return out.str().substr(0, 44);
}

/// A terminal that can be read while it is written to.
class Terminal : public std::streambuf {
 public:
  std::string wait_for(const std::string& words) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60), [&] { return text_.find(words) != std::string::npos; });
    return text_;
  }

 private:
  int_type overflow(int_type c) override {
    const std::lock_guard lock(mutex_);
    text_ += static_cast<char>(c);
    changed_.notify_all();
    return c;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
};

struct Operator {
  using Tokens = x::Tokens;

  Operator() {
    config.database.path = (folder / "osrbot.db").string();
    config.secret.key = Secret(printed_key());
    config.x.client_id = "client";
    config.x.base_url = server.url();
    config.x.login_port = fakes::free_port();
  }
  Tokens stored() {
    storage::Connection db(config.database.path, storage::Connection::Mode::read_write);
    fakes::FakeClock clock;
    SealedSecrets secrets(
        config.secret, [&](const auto& work) { work(db); }, clock);
    return x::tokens_from_json(secrets.find(x::tokens_secret).value());
  }
  HttpResponse browse(const std::string& query) {
    HttpRequest request;
    request.method = HttpRequest::Method::get;
    request.url = "http://127.0.0.1:" + std::to_string(config.x.login_port) + "/callback?" + query;
    return std::get<HttpResponse>(client.fetch(request));
  }
  fakes::TemporaryFolder folder;
  fakes::FakeX server;
  HttpClient client;
  Config config;
};

}  // namespace

TEST_CASE("a login goes over the browser, takes nobody else's answer, and is kept encrypted") {
  Operator me;
  Terminal terminal;
  std::ostream out(&terminal);
  std::ostringstream error;
  auto done = std::async(std::launch::async, [&] { return log_in_to_x(me.config, me.client, out, error); });
  const auto shown = terminal.wait_for("Waiting at");
  std::smatch found;
  REQUIRE(std::regex_search(shown, found, std::regex("state=([A-Za-z0-9_-]+)&code_challenge=([A-Za-z0-9_-]{43})&")));
  CHECK(shown.find("https://x.com/i/oauth2/authorize?response_type=code&client_id=client&redirect_uri="
                   "http%3A%2F%2F127.0.0.1%3A") != std::string::npos);
  CHECK(shown.find("code_challenge_method=S256") != std::string::npos);

  CHECK(me.browse("state=forged&code=theirs").status == 400);
  me.server.allow_login("the code", found[2]);
  CHECK(me.browse("state=" + found[1].str() + "&code=the%20code").status == 200);
  CHECK(done.get() == exit_code::success);
  CHECK(me.stored().access == "access-1");
  CHECK(me.stored().refresh == "refresh-1");
  const auto asked = me.server.requests("/2/oauth2/token");
  REQUIRE(asked.size() == 1);
  std::smatch verifier;
  REQUIRE(std::regex_search(asked[0].body, verifier, std::regex("code_verifier=([A-Za-z0-9_-]+)")));
  CHECK(base64url(sha256(verifier[1].str())) == found[2].str());
}

TEST_CASE("a login says what is missing before it bothers anybody") {
  Operator me;
  std::ostringstream out;
  std::ostringstream error;
  me.config.secret.key = {};
  CHECK_THROWS_WITH_AS(log_in_to_x(me.config, me.client, out, error),
                       "secret.key (OSRBOT_SECRET_KEY) is not set: `osrbot secret-key` prints a new one to keep there",
                       std::runtime_error);
  {
    const InstanceLock running(me.config.database.path);
    CHECK_THROWS_AS(log_in_to_x(me.config, me.client, out, error), std::runtime_error);
  }
  me.config.x.client_id.clear();
  CHECK(log_in_to_x(me.config, me.client, out, error) == exit_code::configuration);
  CHECK(error.str().find("OSRBOT_X_CLIENT_ID") != std::string::npos);
  CHECK(out.str().empty());
}

TEST_CASE("the costs are shown by month and kind, with what is left") {
  Operator me;
  std::ostringstream out;
  std::ostringstream error;
  CHECK(print_x_costs(me.config, out, error) == exit_code::failure);
  storage::Connection db(me.config.database.path, storage::Connection::Mode::read_write);
  const SystemClock clock;
  storage::migrate(db, clock.now());
  XJournal journal([&](const auto& work) { work(db); }, clock);
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(clock.now()));
  std::ostringstream month;
  month << static_cast<int>(today.year()) << (unsigned(today.month()) < 10 ? "-0" : "-") << unsigned(today.month());
  journal.charge(month.str(), x::Charge::read_post, 1'000, 5'000'000);
  journal.charge(month.str(), x::Charge::write_reply, 3, 30'000);
  CHECK(print_x_costs(me.config, out, error) == exit_code::success);
  CHECK(out.str().starts_with(month.str() + "\n  read_post           1000         $5.00\n"
                                            "  write_reply            3         $0.03\n"
                                            "  total                            $5.03   of $25.00 (20 %)\n"));
}

TEST_CASE("the doctor says what X still needs") {
  Operator me;
  {
    storage::Connection db(me.config.database.path, storage::Connection::Mode::read_write);
    storage::migrate(db, SystemClock().now());
  }
  me.config.x.bearer_token = Secret(me.server.bearer);
  auto findings = examine_x(me.config, me.client);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].verdict == Finding::Verdict::problem);
  CHECK(findings[0].state == "nobody has logged in yet");
  CHECK(findings[1].verdict == Finding::Verdict::ok);

  me.config.x.client_id.clear();
  me.config.x.consumer_key = Secret(me.server.consumer_key);
  me.config.x.bearer_token = Secret("wrong");
  me.config.x.monthly_budget_dollars = 0;
  findings = examine_x(me.config, me.client);
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].state.ends_with("knows the account: @osrbot"));
  CHECK(findings[1].state.starts_with("X refuses the app (401"));
  CHECK(findings[2].subject == "x budget");
}
