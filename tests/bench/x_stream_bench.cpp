// What a post of X's stream costs, from its bytes to an update, on one core. X's own limit is 10,000 posts/s.
#include <string>

#include <benchmark/benchmark.h>

#include "adapters/x/inbox.h"
#include "adapters/x/post_reader.h"
#include "commands/post_rules.h"

namespace {

using namespace osrbot;

/// A post as the stream sends it, with the fields that the bot asks for: 1.5 KB.
std::string line() {
  return R"({"data":{"author_id":"2244994945","conversation_id":"1899999999999999999","edit_history_tweet_ids":)"
         R"(["1900000000000000001"],"entities":{"annotations":[{"start":4,"end":9,"probability":0.71,"type":"Other",)"
         R"("normalized_text":"review"}],"hashtags":[{"start":132,"end":151,"tag":"OpenSourceResearch"}],"mentions":)"
         R"([{"start":0,"end":7,"username":"osrbot","id":"900"},{"start":98,"end":107,"username":"anabanana","id":)"
         R"("7"}]},"id":"1900000000000000001","in_reply_to_user_id":"900","referenced_tweets":[{"type":"replied_to",)"
         R"("id":"1899999999999999999"}],"text":"@osrbot we need a biostatistician for our systematic review on )"
         R"(anastomotic leak (project 12), please ask @anabanana &amp; sign up by 31 March #OpenSourceResearch"},)"
         R"("includes":{"users":[{"id":"2244994945","name":"A Person of Research","username":"researcher"},{"id":"900",)"
         R"("name":"osrbot","username":"osrbot"},{"id":"7","name":"Ana","username":"anabanana"}],"tweets":[{"author_id")"
         R"(:"900","conversation_id":"1899999999999999999","edit_history_tweet_ids":["1899999999999999999"],"id":)"
         R"("1899999999999999999","text":"Statistician wanted for project 12: a systematic review, 3 hours a week, )"
         R"(until the end of March. Plain words, no jargon. #OpenSourceResearch"}]},"matching_rules":[{"id":)"
         R"("1166916266197536768","tag":"osrbot:tags"},{"id":"1166916266197536769","tag":"osrbot:mentions"}]})"
         "\r\n";
}

void post(benchmark::State& state) {
  const auto rules = post_rules();
  const x::PostReader reader({.id = "900", .handle = "osrbot"}, rules);
  x::Inbox inbox(64 << 20, 1 << 20);
  std::string piece;
  for (int i = 0; i < 8; ++i) piece += line();
  std::int64_t posts = 0;
  for (auto _ : state) {
    inbox.put(piece);
    for (const auto& one : inbox.take(256, true, {}, {}).lines) {
      auto read = reader.stream_line(one);
      if (!read.post || !read.post->update) state.SkipWithError("a post was not understood");
      ++posts;
    }
  }
  state.SetItemsProcessed(posts);
  state.SetBytesProcessed(posts * static_cast<std::int64_t>(line().size()));
}
BENCHMARK(post);

}  // namespace

BENCHMARK_MAIN();
