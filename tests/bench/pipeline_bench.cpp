// What one update costs each step on its way: reading, understanding, words, rendering, and the durable batch.
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "adapters/telegram/render.h"
#include "adapters/telegram/update_reader.h"
#include "bot/engine.h"
#include "bot/router.h"
#include "commands/all.h"
#include "commands/matching/pool.h"
#include "storage/migrations.h"
#include "tests/bench/load.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

namespace {

using namespace osrbot;
using fakes::TemporaryFolder;

const std::filesystem::path resources = std::filesystem::path(OSRBOT_SOURCE_DIR) / "config";
const telegram::Self self{.id = 123456, .username = "fake_osr_bot"};

/// The object that load.h makes has no update_id, as the fake adds it.
std::string with_id(std::string update, std::int64_t id) {
  return update.insert(1, fmt::format("\"update_id\":{},", id));
}

std::vector<Update> read_all(std::int64_t count) {
  telegram::UpdateReader reader(self);
  std::vector<Update> result;
  for (std::int64_t i = 0; i < count; ++i) {
    for (Update& update : reader.read(with_id(bench::update_at(i), i + 1), {}).updates)
      result.push_back(std::move(update));
  }
  return result;
}

void parse(benchmark::State& state) {
  telegram::UpdateReader reader(self);
  std::vector<std::string> updates;
  for (std::int64_t i = 0; i < 1000; ++i) updates.push_back(with_id(bench::update_at(i), i + 1));
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(reader.read(updates[at++ % updates.size()], {}));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse);

struct Bot {
  TemporaryFolder folder;
  Config config;
  Catalogue words = Catalogue::load(resources / "locales");
  Vocabulary vocabulary{resources};
  matching::Pool pool{matching::IncomeGroups::load(resources / "income_groups.json"), config.matching};
  Router router{config, words, vocabulary, pool, all_commands(), all_timers(), all_dialogues()};
  fakes::FakeClock clock;
  Metrics metrics;
  Readiness readiness;
  fakes::RecordingAdapter adapter{"telegram"};
  storage::Connection db = open();
  Engine engine{db, router, clock, {[](LogLevel, std::string_view) {}, metrics, readiness}, {}};

  Bot() { engine.add_relay(adapter, {}); }

  storage::Connection open() {
    bench::prepare_database(folder / "bot.db", 0);
    storage::Connection opened(folder / "bot.db", storage::Connection::Mode::read_write);
    storage::migrate(opened, clock.now());
    return opened;
  }
};

/// Routing alone: the command is understood, the person and the project are found, the answer is put into words; what
/// is written is undone again.
void route(benchmark::State& state) {
  Bot bot;
  const std::vector<Update> updates = read_all(1000);
  std::size_t at = 0;
  const storage::Transaction transaction(bot.db);
  for (auto _ : state) {
    const Update& update = updates[at++ % updates.size()];
    if (!bot.router.concerns(update)) continue;
    const storage::Savepoint undone(bot.db);
    bot.router.handle(update, bot.db, bot.clock.now());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(route);

void render(benchmark::State& state) {
  const Catalogue words = Catalogue::load(resources / "locales");
  Message message;
  message.blocks = words.blocks(
      "en", "task.released",
      {{"task", "T31"}, {"title", "Extract the data of paper 31"}, {"person", Mention{.name = "Ana", .id = "42"}}});
  for (auto _ : state) benchmark::DoNotOptimize(telegram::render(message));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(render);

/// A batch of a hundred updates, durable, with its replies queued, claimed and noted as sent. The range is the size.
void batch_commit(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  Bot bot;
  const std::vector<Update> updates = read_all(bench::updates);
  std::size_t at = 0;
  for (auto _ : state) {
    Batch batch{.adapter = "telegram", .updates = {}, .cursor = std::to_string(at)};
    for (std::size_t i = 0; i < size; ++i) batch.updates.push_back(updates[at++ % updates.size()]);
    for (Update& update : batch.updates) update.key += std::to_string(at);  // the same words again are news
    bot.engine.submit(std::move(batch), [](bool) {});
    while (bot.engine.cycle()) {
    }
    bot.adapter.sent.clear();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(batch_commit)->Arg(1)->Arg(10)->Arg(100);

}  // namespace

BENCHMARK_MAIN();
