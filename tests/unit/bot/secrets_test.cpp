#include "bot/secrets.h"

#include <sstream>

#include <doctest/doctest.h>

#include "config/load_config.h"
#include "storage/migrations.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;

namespace {

Secret new_secret_key() {
  std::ostringstream printed;
  print_secret_key(printed);
  auto text = printed.str();
  text.pop_back();  // the line's end
  return Secret(text);
}

/// A database, and the secrets in it as they look to whoever has the given keys.
struct Safe {
  Safe() { storage::migrate(db, clock.now()); }

  SealedSecrets with(const Secret& key, const Secret& previous = {}) {
    return {{.key = key, .key_file = "", .previous_key = previous}, [this](const auto& work) { work(db); }, clock};
  }

  fakes::TemporaryFolder folder;
  fakes::FakeClock clock;
  storage::Connection db{folder / "osrbot.db", storage::Connection::Mode::read_write};
};

std::string why(SealedSecrets& secrets, const std::string& name) {
  try {
    (void)secrets.find(name);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "it opened";
}

}  // namespace

TEST_CASE("a secret is found again under its name, replaced and forgotten, and stands nowhere in clear") {
  Safe safe;
  auto secrets = safe.with(new_secret_key());
  CHECK_FALSE(secrets.find("x/refresh_token"));
  secrets.put("x/refresh_token", "first");
  secrets.put("x/refresh_token", "second, with \0 and ü");
  secrets.put("slack/T1", "");
  CHECK(secrets.find("x/refresh_token") == "second, with \0 and ü");
  CHECK(secrets.find("slack/T1") == "");
  CHECK(safe.db.number("SELECT COUNT(*) FROM secrets WHERE instr(sealed, 'second') > 0") == 0);
  secrets.erase("x/refresh_token");
  secrets.erase("never there");
  CHECK_FALSE(secrets.find("x/refresh_token"));
}

TEST_CASE("the same value looks different each time it is sealed") {
  Safe safe;
  auto secrets = safe.with(new_secret_key());
  secrets.put("a", "same");
  secrets.put("b", "same");
  CHECK(safe.db.number("SELECT COUNT(DISTINCT sealed) FROM secrets") == 2);
}

TEST_CASE("what was changed in the database does not open") {
  Safe safe;
  auto secrets = safe.with(new_secret_key());
  secrets.put("a", "mine");
  secrets.put("b", "theirs");
  SUBCASE("a letter of it") {
    safe.db.run(
        "UPDATE secrets SET sealed = CASE substr(sealed, 20, 1) WHEN 'A' THEN substr(sealed, 1, 19) || 'B' "
        "ELSE substr(sealed, 1, 19) || 'A' END || substr(sealed, 21) WHERE name = 'a'");
  }
  SUBCASE("its end") {
    safe.db.run("UPDATE secrets SET sealed = substr(sealed, 1, 16) WHERE name = 'a'");
  }
  SUBCASE("all of it") {
    safe.db.run("UPDATE secrets SET sealed = 'no base64' WHERE name = 'a'");
  }
  SUBCASE("one secret for another") {
    safe.db.run("UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE name = 'b') WHERE name = 'a'");
  }
  CHECK(why(secrets, "a") ==
        "the secret a was changed in the database: restore a backup, or log in to the platform anew");
  CHECK(secrets.find("b") == "theirs");
}

TEST_CASE("the wrong key and a missing key are said as what they are") {
  Safe safe;
  auto secrets = safe.with(new_secret_key());
  secrets.put("a", "mine");
  auto stranger = safe.with(new_secret_key());
  CHECK(
      why(stranger, "a").starts_with("the secret a was sealed with another key: set that one as secret.previous_key"));
  auto without = safe.with({});
  CHECK(why(without, "a").starts_with("secret.key (OSRBOT_SECRET_KEY) is not set"));
  CHECK_THROWS_AS(without.put("b", "value"), std::runtime_error);
}

TEST_CASE("a key is changed by one start with both: then the new one is enough, and the old one opens nothing") {
  Safe safe;
  const auto old_key = new_secret_key();
  const auto key = new_secret_key();
  auto before = safe.with(old_key);
  before.put("a", "kept");
  before.put("broken", "lost");
  safe.with(new_secret_key()).put("foreign", "of a third key");
  safe.db.run("UPDATE secrets SET sealed = 'xxxx' WHERE name = 'broken'");

  auto both = safe.with(key, old_key);
  CHECK(both.find("a") == "kept");
  CHECK(both.renew() == 1);
  CHECK(both.renew() == 0);

  auto after = safe.with(key);
  CHECK(after.find("a") == "kept");
  CHECK(after.renew() == 0);
  CHECK(why(before, "a").starts_with("the secret a was sealed with another key"));
  CHECK(why(both, "broken").starts_with("the secret broken was changed"));
  CHECK(why(both, "foreign").starts_with("the secret foreign was sealed with another key"));
}

TEST_CASE("the configuration takes keys as they are printed, and nothing shorter, longer or almost so") {
  const auto taken = [](const std::string& key) {
    return parse_config("{}", "", {{"OSRBOT_SECRET_KEY", key}}).has_value();
  };
  const auto key = new_secret_key().reveal();
  CHECK(taken(key));
  CHECK_FALSE(taken(key + key));
  CHECK_FALSE(taken(key.substr(4)));
  CHECK_FALSE(taken("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB="));  // bits that 32 bytes do not have
  CHECK_FALSE(parse_config("{}", "", {{"OSRBOT_SECRET_PREVIOUS_KEY", key}}));
}
