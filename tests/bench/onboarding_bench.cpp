// Ten thousand people at once: they join one group in a moment, then each goes through the first conversation, while
// somebody else goes on working. The real router, commands, engine and database file, with a platform of straw. Prints
// how many of the answers went where, and how long others waited. Prints figures and judges nothing.
// usage: onboarding_bench [PEOPLE]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bot/engine.h"
#include "bot/router.h"
#include "commands/all.h"
#include "storage/migrations.h"
#include "tests/bench/load.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using std::chrono::steady_clock;

namespace {

const std::filesystem::path resources = std::filesystem::path(OSRBOT_SOURCE_DIR) / "config";
constexpr std::size_t batch_size = 100;

class Bench {
 public:
  Bench() { engine_.add_relay(adapter_, {}); }

  /// Everybody sends the same; the updates come in full batches. After each batch a contributor asks for something.
  void everybody(const char* name, std::int64_t people, UpdateKind kind, const std::string& text) {
    std::vector<double> waits;
    const auto begin = steady_clock::now();
    for (std::int64_t person = 0; person < people;) {
      Batch batch{.adapter = "telegram", .updates = {}, .cursor = std::to_string(++cursor_)};
      for (std::size_t i = 0; i < batch_size && person < people; ++i) {
        batch.updates.push_back(update(person++, kind, text));
      }
      engine_.submit(std::move(batch), [](bool) {});
      Batch one{.adapter = "telegram", .updates = {}, .cursor = std::to_string(++cursor_)};
      one.updates.push_back(update(-1, UpdateKind::message, "tasks P1"));
      const auto asked = steady_clock::now();
      engine_.submit(std::move(one), [](bool) {});
      while (engine_.cycle()) {
      }
      waits.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - asked).count());
      take_sent();
    }
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    std::ranges::sort(waits);
    fmt::print(
        "{:<18} {:6.0f} people/s   others waited p50 {:6.1f} ms, at most {:6.1f} ms   {} answers in private, {} in "
        "the group\n",
        name, double(people) / seconds, waits[waits.size() / 2], waits.back(), private_, group_);
    private_ = group_ = 0;
  }

 private:
  Update update(std::int64_t person, UpdateKind kind, const std::string& text) {
    Update result;
    result.key = fmt::format("{}-bench", ++updates_);
    result.kind = kind;
    const bool joins = kind == UpdateKind::joined;
    result.place = {.adapter = "telegram",
                    .workspace = "",
                    .conversation = joins ? "the-group" : fmt::format("with-{}", person),
                    .thread = "",
                    .is_private = !joins};
    result.from.id = fmt::format("newcomer-{}", person);
    result.from.name = fmt::format("Newcomer {}", person);
    result.text = text;
    result.addressed = !joins;
    result.message_id = result.key;
    return result;
  }

  void take_sent() {
    for (const auto& sent : adapter_.sent) (sent.to.is_private ? private_ : group_) += 1;
    adapter_.sent.clear();
  }

  storage::Connection open() {
    bench::prepare_database(folder_ / "bot.db", 0);
    storage::Connection opened(folder_ / "bot.db", storage::Connection::Mode::read_write);
    storage::migrate(opened, clock_.now());
    return opened;
  }

  fakes::TemporaryFolder folder_;
  Config config_;
  Catalogue words_ = Catalogue::load(resources / "locales");
  Vocabulary vocabulary_{resources};
  matching::Pool pool_{matching::IncomeGroups::load(resources / "income_groups.json"), config_.matching};
  Router router_{config_, words_, vocabulary_, pool_, all_commands(), all_timers(), all_dialogues()};
  fakes::FakeClock clock_;
  Metrics metrics_;
  Readiness readiness_;
  fakes::RecordingAdapter adapter_{"telegram"};
  storage::Connection db_ = open();
  Engine engine_{db_, router_, clock_, {[](LogLevel, std::string_view) {}, metrics_, readiness_}, {}};
  std::uint64_t updates_ = 0;
  std::uint64_t cursor_ = 0;
  std::int64_t private_ = 0;
  std::int64_t group_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  const std::int64_t people = count == 2 ? std::atoll(arguments[1]) : 10'000;
  Bench bench;
  bench.everybody("join the group", people, UpdateKind::joined, "");
  bench.everybody("say hello", people, UpdateKind::message, "/start");
  bench.everybody("agree", people, UpdateKind::button, "answer consent=yes");
  bench.everybody("language", people, UpdateKind::button, "answer languages=en");
  bench.everybody("skills, in words", people, UpdateKind::message, "data collection and some SPSS");
  bench.everybody("wishes", people, UpdateKind::button, "answer wants=skip");
  bench.everybody("hours", people, UpdateKind::button, "answer hours=2");
  bench.everybody("place, in words", people, UpdateKind::message, "Accra");
  bench.everybody("first time", people, UpdateKind::button, "answer first_timer=yes");
}
