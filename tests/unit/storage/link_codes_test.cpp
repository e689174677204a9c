#include "storage/link_codes.h"

#include <doctest/doctest.h>

#include "storage/migrations.h"
#include "tests/fakes/fresh_database.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

using osrbot::fakes::noon;
const conversations::Id private_chat{"telegram", "", "with-ana"};

struct Desk {
  osrbot::fakes::TemporaryFolder folder;
  Connection db{folder / "test.db", Connection::Mode::read_write};

  Desk() {
    migrate(db, noon);
    db.run("INSERT INTO people (id, name, created_at) VALUES (1, 'Ana', 0), (2, 'ana', 0), (3, 'Eve', 0)");
  }
  std::string code() { return link_codes::make(db, 1, private_chat, noon); }
};

std::string wrong_one(std::string code) {
  code.back() = code.back() == 'A' ? 'B' : 'A';
  return code;
}

}  // namespace

TEST_CASE("a code is written on the other side however people write it, once") {
  Desk desk;
  std::string code = desk.code();
  CHECK(code.size() == 12);
  CHECK(code[4] == '-');
  for (char& c : code) c = c == '-' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  CHECK(link_codes::claim(desk.db, code, 2, noon).of == 1);
  CHECK_FALSE(link_codes::claim(desk.db, code, 3, noon).of);
}

TEST_CASE("a code is worth nothing after ten minutes, when a new one was made, or for the person themselves") {
  Desk desk;
  const std::string first = desk.code();
  CHECK_FALSE(link_codes::claim(desk.db, first, 2, noon + link_codes::lifetime).of);
  const std::string second = desk.code();
  CHECK_FALSE(link_codes::claim(desk.db, first, 2, noon).of);
  CHECK(link_codes::claim(desk.db, second, 1, noon).why == link_codes::Refusal::same);
  CHECK(link_codes::claim(desk.db, second, 2, noon).of == 1);
  CHECK_FALSE(link_codes::claimed(desk.db, 2, noon + link_codes::lifetime));
}

TEST_CASE("guessing ends after five tries, for the guesser and for the code") {
  Desk desk;
  const std::string code = desk.code();
  for (int i = 0; i < link_codes::wrong_tries; ++i) {
    const auto claim = link_codes::claim(desk.db, wrong_one(code), 3, noon);
    CHECK_FALSE(claim.of);
    CHECK(claim.why == link_codes::Refusal::unknown);
  }
  CHECK(link_codes::claim(desk.db, code, 3, noon).why == link_codes::Refusal::too_many);
  CHECK_FALSE(link_codes::claim(desk.db, code, 2, noon).of);  // the code is gone, too
  CHECK(link_codes::claim(desk.db, "ABC", 3, noon + hours(2)).why == link_codes::Refusal::unknown);
}

TEST_CASE("no code stands in the database, and what is over is deleted") {
  Desk desk;
  const std::string code = desk.code();
  std::string bare = code;
  std::erase(bare, '-');
  CHECK(desk.db.number("SELECT COUNT(*) FROM link_codes WHERE length(code_hash) = 64 AND length(handle) = 3") == 1);
  CHECK(desk.db.number("SELECT COUNT(*) FROM link_codes WHERE code_hash LIKE ?", {"%" + bare + "%"}) == 0);
  link_codes::claim(desk.db, "AAAA", 3, noon);
  link_codes::prune(desk.db, noon);
  CHECK(desk.db.number("SELECT COUNT(*) FROM link_codes") == 1);
  link_codes::prune(desk.db, noon + hours(1));
  CHECK(desk.db.number("SELECT (SELECT COUNT(*) FROM link_codes) + (SELECT COUNT(*) FROM link_guesses)") == 0);
}

TEST_CASE("both sides have to agree, the first one where it asked for the code") {
  Desk desk;
  const std::string code = desk.code();
  CHECK_FALSE(link_codes::claimed(desk.db, 2, noon));
  REQUIRE(link_codes::claim(desk.db, code, 2, noon).of == 1);
  const auto claimed = link_codes::claimed(desk.db, 2, noon);
  REQUIRE(claimed);
  CHECK(claimed->of == 1);
  CHECK(claimed->asked_in.conversation == private_chat.conversation);
  CHECK_FALSE(link_codes::waiting(desk.db, 1, private_chat, noon));
  link_codes::agree(desk.db, 1, noon);
  CHECK(link_codes::waiting(desk.db, 1, private_chat, noon) == 2);
  CHECK_FALSE(link_codes::waiting(desk.db, 1, {"telegram", "", "elsewhere"}, noon));
  CHECK_FALSE(link_codes::waiting(desk.db, 1, private_chat, noon + link_codes::lifetime));
  link_codes::drop(desk.db, 1);
  CHECK_FALSE(link_codes::waiting(desk.db, 1, private_chat, noon));
}
