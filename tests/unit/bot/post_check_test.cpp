#include "bot/post_check.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "storage/jobs.h"
#include "storage/migrations.h"
#include "storage/posts.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace std::chrono;

namespace {

constexpr sys_seconds now{seconds(1'772'452'800)};

/// Remembers what it was asked for.
class AskedAdapter final : public Adapter {
 public:
  std::string_view name() const override { return "x"; }
  Capabilities capabilities() const override { return {}; }
  void publish(const Menus&) override {}
  void receive(std::stop_token, const std::string&, const Deliver&) override {}
  void look_up(const std::vector<std::string>& ids) override { asked.insert(asked.end(), ids.begin(), ids.end()); }
  void send(OutboundMessage, std::function<void(Delivery)> done) override { done(Sent{"1"}); }

  std::vector<std::string> asked;
};

std::int64_t add(storage::Connection& db, const std::string& message_id) {
  storage::Post post;
  post.adapter = "x";
  post.message_id = message_id;
  post.text = "P1 needs 2 reviewers";
  post.seen_at = now;
  return *storage::posts::add(db, post);
}

}  // namespace

TEST_CASE("a platform is asked for every post whose words are kept, again within a day") {
  const fakes::TemporaryFolder folder;
  storage::Connection db(folder / "test.db", storage::Connection::Mode::read_write);
  storage::migrate(db, now);
  std::vector<std::string> all;
  for (int i = 0; i < 2500; ++i) add(db, all.emplace_back(std::to_string(i)));
  const std::int64_t decided = add(db, "decided long ago");
  storage::posts::set_state(db, decided, storage::PostState::answered, now - hours(25));
  AskedAdapter x;
  fakes::RecordingAdapter telegram("telegram");
  run_post_check(db, {&telegram, &x}, now);
  CHECK(x.asked == all);
  CHECK(storage::posts::find(db, decided)->text.empty());
  const auto next = storage::jobs::next_due(db);
  REQUIRE(next);
  CHECK(*next > now);
  CHECK(*next <= now + hours(24));
}
