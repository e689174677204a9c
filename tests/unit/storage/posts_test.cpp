#include "storage/posts.h"

#include <string>

#include <doctest/doctest.h>

#include "storage/announcements.h"
#include "storage/migrations.h"
#include "storage/needs.h"
#include "storage/outbox.h"
#include "storage/people.h"
#include "storage/projects.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

constexpr sys_seconds now{seconds(1'772'452'800)};

struct Fixture {
  osrbot::fakes::TemporaryFolder folder;
  Connection db{folder / "test.db", Connection::Mode::read_write};
  std::int64_t ben = 0;

  Fixture() {
    migrate(db, now);
    ben = people::recognise(db,
                            {.adapter = "x",
                             .workspace = "",
                             .user_id = "7",
                             .name = "Ben",
                             .handle = "ben",
                             .language = "",
                             .direct = ""},
                            now)
              .id;
  }

  Post post(const std::string& message_id) const {
    Post one;
    one.adapter = "x";
    one.conversation = message_id;
    one.message_id = message_id;
    one.person_id = ben;
    one.text = "P1 needs 2 reviewers";
    one.intent = "call";
    one.url = "https://x.com/ben/status/" + message_id;
    one.seen_at = now;
    return one;
  }

  std::int64_t add(const std::string& message_id) { return *posts::add(db, post(message_id)); }

  std::int64_t need() {
    const auto project = projects::create(db, "Hernia repair", ben, now);
    Need need;
    need.project_id = project.id;
    need.skill = "statistician";
    need.hours = 3;
    return needs::create(db, need, ben, now);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a post comes in once, with the name of its author") {
  const std::int64_t id = add("100");
  CHECK(!posts::add(db, post("100")));
  const auto found = posts::find(db, id);
  REQUIRE(found);
  CHECK(found->author == "Ben");
  CHECK(found->handle == "ben");
  CHECK(found->is_open());
}

TEST_CASE_FIXTURE(Fixture, "what is put off waits until its time") {
  const std::int64_t first = add("100");
  add("101");
  posts::put_off(db, first, now + hours(24), now);
  CHECK(posts::waiting(db, now, 0, 10).size() == 1);
  CHECK(posts::count(db, now).waiting == 1);
  CHECK(posts::count(db, now).put_off == 1);
  const auto later = posts::waiting(db, now + hours(24), 0, 10);
  REQUIRE(later.size() == 2);
  CHECK(later.front().id == first);
  CHECK(posts::waiting(db, now + hours(24), first, 10).size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a withheld post cannot hold its words") {
  Post withheld = post("100");
  withheld.withheld_for = "mrn";
  CHECK_THROWS_AS(posts::add(db, withheld), Error);
}

TEST_CASE_FIXTURE(Fixture, "what its author deleted is gone, and no longer waits") {
  const std::int64_t id = add("100");
  Post elsewhere = post("100");
  elsewhere.adapter = "telegram";
  const std::int64_t other = *posts::add(db, elsewhere);
  posts::erase(db, "x", "", "100", now);
  const auto erased = posts::find(db, id);
  CHECK(erased->text.empty());
  CHECK(erased->url.empty());
  CHECK(erased->parse == "{}");
  CHECK(erased->state == PostState::deleted);
  CHECK(posts::find(db, other)->is_open());
  posts::erase(db, "telegram", "another chat", "100", now);
  CHECK(posts::find(db, other)->is_open());
}

TEST_CASE_FIXTURE(Fixture, "words are kept while a post waits, and for a day after it was decided") {
  const std::int64_t waits = add("100");
  const std::int64_t decided = add("101");
  posts::set_state(db, decided, PostState::dismissed, now);
  CHECK(posts::forget_decided(db, now) == 0);
  CHECK(posts::with_text(db, "x", 0, 10).size() == 2);
  CHECK(posts::forget_decided(db, now + seconds(1)) == 1);
  const auto kept = posts::with_text(db, "x", 0, 10);
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().id == waits);
  CHECK(kept.front().message_id == "100");
  CHECK(posts::with_text(db, "telegram", 0, 10).empty());
}

TEST_CASE_FIXTURE(Fixture, "posts are forgotten after their time, unless they are needs now") {
  const std::int64_t lost = add("100");
  const std::int64_t kept = add("101");
  const std::int64_t the_need = need();
  posts::set_converted(db, kept, the_need, needs::find(db, the_need)->project_id, now);
  CHECK(posts::prune(db, now, 10) == 0);
  CHECK(posts::prune(db, now + seconds(1), 10) == 1);
  CHECK(!posts::find(db, lost));
  CHECK(posts::find(db, kept)->need_id == the_need);
}

TEST_CASE_FIXTURE(Fixture, "muting takes what waits off the list") {
  add("100");
  CHECK(muted::add(db, ben, std::nullopt, now));
  CHECK(!muted::add(db, ben, std::nullopt, now));
  CHECK(muted::is_muted(db, ben));
  CHECK(posts::dismiss_of(db, ben, now) == 1);
  const auto all = muted::list(db, 0, 10);
  REQUIRE(all.size() == 1);
  CHECK(all.front().name == "Ben");
  muted::remove(db, all.front().id);
  CHECK(!muted::is_muted(db, ben));
}

TEST_CASE_FIXTURE(Fixture, "an announcement is outdated when its need is not what it says, and only then") {
  const std::int64_t the_need = need();
  outbox::enqueue(db, {.adapter = "x", .workspace = "", .conversation = "timeline", .thread = ""}, "", "{}", "u", now);
  const std::int64_t id = announcements::add(
      db, {.need_id = the_need, .adapter = "x", .language = "en", .outbox_id = outbox::newest(db)}, now);
  CHECK(announcements::on_their_way(db).size() == 1);
  Need changed = *needs::find(db, the_need);
  changed.count = 3;
  needs::edit(db, changed);
  CHECK(announcements::outdated(db, 10).empty());  // not posted yet
  announcements::set_posted(db, id, "555");
  REQUIRE(announcements::outdated(db, 10).size() == 1);
  CHECK(announcements::outdated(db, 10).front().message_id == "555");
  announcements::set_told(db, id);
  CHECK(announcements::outdated(db, 10).empty());
  needs::add_person(db, the_need, ben, now);  // one of three
  CHECK(announcements::outdated(db, 10).empty());
  needs::close(db, the_need, "");
  CHECK(announcements::outdated(db, 10).size() == 1);
  announcements::end_deleted(db, "x", "555");
  CHECK(announcements::outdated(db, 10).empty());
  CHECK(!announcements::any_live(db));
}

TEST_CASE_FIXTURE(Fixture, "calls in several languages stand side by side") {
  const std::int64_t the_need = need();
  calls::write(db, the_need, "fr", "Nous cherchons", ben, now);
  calls::write(db, the_need, "es", "Buscamos", ben, now);
  calls::write(db, the_need, "fr", "On cherche", ben, now);
  CHECK(calls::find(db, the_need, "fr") == "On cherche");
  CHECK(!calls::find(db, the_need, "da"));
  CHECK(calls::languages(db, the_need) == std::vector<std::string>{"es", "fr"});
}
