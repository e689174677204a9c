// What one message costs the understanding of language, on one core.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "commands/language/command_line.h"
#include "commands/language/dates.h"
#include "commands/language/guard.h"
#include "commands/language/lexicon.h"
#include "commands/language/numbers.h"
#include "commands/language/post.h"

namespace {

using namespace osrbot::language;

const std::vector<std::string>& posts() {
  static const std::vector<std::string> list = {
      "Looking for a biostatistician for our systematic review on anastomotic leak (project 12). Authorship if ICMJE "
      "criteria are met. Sign up by 31 March 2026 @OSRbot #OpenSourceResearch",
      "Nous cherchons deux statisticiens pour une étude multicentrique, 5 h par semaine. Réponse avant le 30 avril "
      "@OSRbot #OpenSourceResearch",
      "نبحث عن إحصائي للانضمام إلى المشروع رقم ١٢ قبل ١٥ أبريل @OSRbot #OpenSourceResearch",
      "Protocol registered, doi 10.17605/OSF.IO/AB12C, ORCID 0000-0002-1694-233X, 4500000000 rows of synthetic data. "
      "Need a data engineer for P6",
  };
  return list;
}

std::chrono::local_seconds now() {
  return std::chrono::local_days{std::chrono::year{2026} / 3 / 18} + std::chrono::hours{10};
}

const Lexicon& lexicon() {
  static const auto loaded = Lexicon::load(OSRBOT_CONFIG_DIR);
  return loaded;
}

void post(benchmark::State& state) {
  PostContext context;
  context.posted_at = now();
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_post(posts()[at++ % posts().size()], context, lexicon()));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(post);

/// A text that grows: the time per byte must not.
void long_post(benchmark::State& state) {
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += posts()[text.size() % posts().size()] + "\n";
  PostContext context;
  context.posted_at = now();
  for (auto _ : state) benchmark::DoNotOptimize(parse_post(text, context, lexicon()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(long_post)->Arg(1 << 12)->Arg(1 << 16)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

void load_lexicon(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Lexicon::load(OSRBOT_CONFIG_DIR));
}
BENCHMARK(load_lexicon)->Unit(benchmark::kMillisecond);

void guard(benchmark::State& state) {
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(check_patient_data(posts()[at++ % posts().size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(guard);

void dates_and_numbers(benchmark::State& state) {
  std::size_t at = 0;
  Tokens tokens;
  for (auto _ : state) {
    tokens.read(posts()[at++ % posts().size()]);
    benchmark::DoNotOptimize(find_dates(tokens, now()));
    benchmark::DoNotOptimize(find_quantities(tokens));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(dates_and_numbers);

const CommandGrammar& grammar() {
  using K = ArgumentKind;
  static const std::vector<VerbSpec> verbs = {
      {"claim", {"take"}, {{"task", K::task}}},
      {"need",
       {},
       {{"project", K::project},
        {"count", K::count, false},
        {"skill", K::text},
        {.name = "deadline", .kind = K::date, .required = false, .introduced_by = {"by"}},
        {"hours", K::hours, false}}},
      {"progress", {}, {{"task", K::task}, {"percentage", K::percentage, false}, {"note", K::rest, false}}},
  };
  static const CommandGrammar built(verbs);
  return built;
}

void command(benchmark::State& state) {
  const std::vector<std::string> lines = {"@OSRbot claim T12, thanks :)", "need P7 2 statistician by 31 March 5h/week",
                                          "progress T12 60% first pass done"};
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(grammar().parse({.text = lines[at++ % lines.size()], .now = now(), .addressed = true}));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(command);

/// Time per byte must not grow with the length: compare the bytes per second of the sizes.
void guard_by_length(benchmark::State& state) {
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += "patient 9 4 3, DOB soon. ";
  for (auto _ : state) benchmark::DoNotOptimize(check_patient_data(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(guard_by_length)->RangeMultiplier(8)->Range(1 << 10, 1 << 19);

void command_by_length(benchmark::State& state) {
  std::string text = "need P7 ";
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += "2 statistician by 31 March \"x\" ";
  for (auto _ : state) benchmark::DoNotOptimize(grammar().parse({.text = text, .now = now(), .addressed = true}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(command_by_length)->RangeMultiplier(8)->Range(1 << 10, 1 << 19);

}  // namespace

BENCHMARK_MAIN();
