#include "adapters/x/authorization.h"

#include <doctest/doctest.h>

#include "adapters/percent_encoding.h"
#include "tests/unit/x/running_x.h"

using namespace osrbot;
using namespace osrbot::x;
using namespace std::chrono_literals;
using fakes::FakeX;

namespace {

/// An account that has logged in with OAuth 2.0.
struct LoggedIn {
  explicit LoggedIn(std::chrono::seconds left = 2h) {
    server.allow_refresh("refresh-0");
    memory.secrets.put(tokens_secret,
                       to_json({.access = "account-token", .refresh = "refresh-0", .expires_at = clock_now() + left}));
  }
  static XConfig of(const FakeX& server) {
    XConfig config;
    config.base_url = server.url();
    config.client_id = "client";
    return config;
  }
  Tokens stored() { return tokens_from_json(memory.secrets.find(tokens_secret).value()); }
  std::string header(Authorization& with) {
    return with.header(Identity::account, "GET", server.url() + "/2/users/me", {}, {});
  }

  FakeX server;
  Memory memory;
  XConfig config = of(server);
  HttpClient client;
  Authorization authorization{config, client, memory.secrets, clock_now};
};

}  // namespace

TEST_CASE("OAuth 1.0a signs as X's own example says") {
  const OAuth1Keys keys{.consumer_key = "xvz1evFS4wEEPTGEFPHBog",
                        .consumer_secret = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
                        .token = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                        .token_secret = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"};
  const auto header =
      oauth1_header(keys, "POST", "https://api.twitter.com/1.1/statuses/update.json",
                    {{"status", "Hello Ladies + Gentlemen, a signed OAuth request!"}, {"include_entities", "true"}},
                    "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", std::chrono::sys_seconds(1318622958s));
  CHECK(header ==
        "OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", "
        "oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\", oauth_signature_method=\"HMAC-SHA1\", "
        "oauth_timestamp=\"1318622958\", oauth_token=\"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb\", "
        "oauth_version=\"1.0\", oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"");
  CHECK(percent_encoded("Ladies + Gentlemen, ☃~") == "Ladies%20%2B%20Gentlemen%2C%20%E2%98%83~");
}

TEST_CASE("a login that lasts is used as it is, the app's token where no account is needed") {
  LoggedIn in;
  CHECK(in.header(in.authorization) == "Bearer account-token");
  CHECK(in.server.requests("/2/oauth2/token").empty());
  XConfig with_bearer = in.config;
  with_bearer.bearer_token = Secret("app");
  Authorization both(with_bearer, in.client, in.memory.secrets, clock_now);
  CHECK(both.header(Identity::app, "GET", "https://api.x.com/2/tweets", {}, {}) == "Bearer app");
  CHECK_FALSE(both.refused(Identity::app, "Bearer app"));
}

TEST_CASE("a login is renewed before it ends; the new pair is kept before it is used, and each token is used once") {
  LoggedIn in(30s);
  CHECK(in.header(in.authorization) == "Bearer access-1");
  CHECK(in.stored().access == "access-1");
  CHECK(in.stored().refresh == "refresh-1");
  CHECK(in.stored().expires_at > clock_now() + 1h);
  CHECK(in.header(in.authorization) == "Bearer access-1");
  const auto asked = in.server.requests("/2/oauth2/token");
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].body == "grant_type=refresh_token&refresh_token=refresh-0&client_id=client");
  CHECK(asked[0].authorization.empty());

  in.authorization.refused(Identity::account, "Bearer access-1");
  CHECK(in.header(in.authorization) == "Bearer access-2");
  in.authorization.refused(Identity::account, "Bearer access-1");  // an old one, refused late
  CHECK(in.header(in.authorization) == "Bearer access-2");
}

TEST_CASE("a confidential client says its secret in the header") {
  LoggedIn in(0s);
  in.config.client_secret = Secret("s:cret");
  Authorization confidential(in.config, in.client, in.memory.secrets, clock_now);
  in.header(confidential);
  CHECK(in.server.requests("/2/oauth2/token")[0].authorization == "Basic Y2xpZW50OnMlM0FjcmV0");
}

TEST_CASE("a login that X does not renew, and one that never was, ask for osrbot x login") {
  LoggedIn in(0s);
  in.memory.secrets.put(tokens_secret, to_json({.access = "a", .refresh = "used-before", .expires_at = {}}));
  CHECK_THROWS_WITH_AS(in.header(in.authorization),
                       "X does not renew the login any more: stop the bot and run `osrbot x login` again", LoginNeeded);
  in.memory.secrets.erase(tokens_secret);
  CHECK_THROWS_WITH_AS(in.header(in.authorization),
                       "nobody has logged in to X yet: stop the bot and run `osrbot x login`", LoginNeeded);
}

TEST_CASE("an outage while a login is renewed loses nothing") {
  LoggedIn in(0s);
  in.server.refuse("/2/oauth2/token", {.status = 503, .body = "{}"});
  CHECK_THROWS_AS(in.header(in.authorization), std::runtime_error);
  CHECK(in.stored().refresh == "refresh-0");
  CHECK(in.header(in.authorization) == "Bearer access-1");
}

TEST_CASE("a renewed login that could not be kept is not used before it is, and not forgotten") {
  LoggedIn in(0s);
  in.memory.secrets.full_disk = true;
  CHECK_THROWS_WITH(in.header(in.authorization), "the disk is full");
  CHECK_THROWS_WITH(in.header(in.authorization), "the disk is full");
  in.memory.secrets.full_disk = false;
  CHECK(in.header(in.authorization) == "Bearer access-1");
  CHECK(in.stored().refresh == "refresh-1");
  CHECK(in.server.requests("/2/oauth2/token").size() == 1);
}

TEST_CASE("a call whose token X refuses is made again with a new one") {
  LoggedIn in;
  in.server.expire_access();
  Api api(in.config, in.client, in.authorization, clock_now);
  const auto outcome =
      api.fetch({.path = "/2/users/me", .query = {{"user.fields", "id,name,username"}}, .who = Identity::account}, {});
  CHECK(std::holds_alternative<Answer>(outcome));
  CHECK(in.stored().access == "access-1");
}

TEST_CASE("what X refuses is read in each of its forms, and its waits are bounded") {
  const auto now = clock_now();
  const auto read = [&](int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
    return std::get<Refusal>(
        read_answer({.status = status, .body = std::move(body), .headers = std::move(headers)}, now));
  };
  const auto problem =
      read(403, R"({"type":"https://api.twitter.com/2/problems/client-forbidden","title":"t","detail":"why"})");
  CHECK(problem.type == "client-forbidden");
  CHECK(problem.detail == "why");
  CHECK(read(400, R"({"errors":[{"message":"inner\nword"}],"title":""})").detail == "inner word");
  CHECK(read(400, R"({"error":"invalid_grant","error_description":"expired"})").detail == "expired");
  CHECK(read(502, "<html>").detail == "no reason given");
  const auto reset = std::to_string((now + 30s).time_since_epoch().count());
  CHECK(read(429, "{}", {{"x-rate-limit-reset", reset}}).wait_until == now + 30s);
  CHECK(read(429, "{}", {{"x-rate-limit-reset", "99999999999999"}}).wait_until == now + 24h);
  CHECK(read(429, "{}", {{"retry-after", "-5"}}).wait_until == now);
  CHECK_FALSE(read(403, "{}", {{"x-rate-limit-reset", reset}}).wait_until);
}
