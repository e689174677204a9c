#include "bot/x_journal.h"

#include <doctest/doctest.h>

#include "storage/migrations.h"
#include "storage/x_threads.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;

namespace {

struct Kept {
  Kept() { storage::migrate(db, clock.now()); }

  fakes::TemporaryFolder folder;
  fakes::FakeClock clock;
  storage::Connection db{folder / "osrbot.db", storage::Connection::Mode::read_write};
  XJournal journal{[this](const auto& work) { work(db); }, clock};
};

}  // namespace

TEST_CASE("costs add up by month and kind, and can be given back") {
  Kept kept;
  kept.journal.charge("2026-11", x::Charge::read_post, 100, 500'000);
  kept.journal.charge("2026-11", x::Charge::read_post, 1, 5'000);
  kept.journal.charge("2026-11", x::Charge::write_reply, 1, 10'000);
  kept.journal.charge("2026-11", x::Charge::write_reply, -1, -10'000);
  kept.journal.charge("2026-12", x::Charge::write_post, 1, 15'000);
  const auto november = kept.journal.spent("2026-11");
  CHECK(november.at("read_post").count == 101);
  CHECK(november.at("read_post").amount == 505'000);
  CHECK(november.at("write_reply").amount == 0);
  CHECK(kept.journal.spent("2026-12").size() == 1);
  CHECK(kept.journal.spent("2027-01").empty());
}

TEST_CASE("a post that mentions the bot gets the answer of one message, others get none") {
  Kept kept;
  CHECK_FALSE(kept.journal.may_answer("11", 1));
  kept.journal.summoned({"11", "dm:7"});
  CHECK(kept.journal.may_answer("11", 1));
  CHECK(kept.journal.may_answer("11", 1));
  CHECK_FALSE(kept.journal.may_answer("11", 2));
  kept.journal.summoned({"11"});  // heard twice
  CHECK_FALSE(kept.journal.may_answer("11", 2));
  CHECK(kept.journal.has_summoned("dm:7"));
  CHECK_FALSE(kept.journal.has_summoned("dm:8"));
}

TEST_CASE("the parts of a thread are known in order, whether they are begun or out") {
  Kept kept;
  CHECK(kept.journal.parts(1).empty());
  kept.journal.begin_part(1, 0);
  kept.journal.finish_part(1, 0, "100");
  kept.journal.begin_part(1, 1);
  kept.journal.begin_part(2, 0);
  const auto parts = kept.journal.parts(1);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].post_id == "100");
  CHECK(parts[1].begun);
  CHECK(parts[1].post_id.empty());
  kept.journal.undo_part(1, 1);
  CHECK(kept.journal.parts(1).size() == 1);
}

TEST_CASE("summons are forgotten in time, and parts with the messages that they are of") {
  Kept kept;
  kept.journal.summoned({"old"});
  kept.clock.advance(std::chrono::hours(1));
  kept.journal.summoned({"new"});
  kept.journal.begin_part(1, 0);
  CHECK(storage::x_threads::prune(kept.db, kept.clock.now(), 500) == 1);
  CHECK_FALSE(kept.journal.has_summoned("old"));
  CHECK(kept.journal.has_summoned("new"));
  CHECK(kept.journal.parts(1).empty());
}
