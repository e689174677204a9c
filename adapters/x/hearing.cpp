#include "adapters/x/hearing.h"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "adapters/json_fields.h"
#include "adapters/transport/retry_wait.h"
#include "adapters/x/calls.h"
#include "adapters/x/inbox.h"
#include "adapters/x/stream_rules.h"

namespace osrbot::x {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t largest_batch = 256;
constexpr std::size_t most_waiting_bytes = std::size_t{64} << 20;
constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::size_t most_collected = 10'000;  // posts that are put into order before they are delivered
constexpr std::size_t most_looked_up = 100;     // ids in one call
constexpr milliseconds usual_nap{1'000};
// Search finds posts some seconds after the stream has them, and ids of one second are in no strict order.
constexpr seconds overlap{60};
constexpr std::chrono::hours search_reaches{7 * 24 - 1};

/// X refuses the tokens: somebody has to do something.
struct Useless : std::runtime_error {
  using std::runtime_error::runtime_error;
};

double random_share() {
  static thread_local std::minstd_rand random(std::random_device{}());
  return std::uniform_real_distribution<double>(0, 1)(random);
}

milliseconds until(std::chrono::sys_seconds time, std::chrono::sys_seconds now) {
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(time - now));
}

}  // namespace

void LookUps::add(const std::vector<std::string>& ids) {
  const std::lock_guard lock(mutex_);
  for (const std::string& id : ids) {
    if (to_id(id) != 0 && std::ranges::find(waiting_, id) == waiting_.end()) waiting_.push_back(id);
  }
}

std::vector<std::string> LookUps::take(std::size_t most) {
  const std::lock_guard lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, waiting_.size()));
  std::vector<std::string> taken(waiting_.begin(), waiting_.begin() + count);
  waiting_.erase(waiting_.begin(), waiting_.begin() + count);
  return taken;
}

Hearing::Hearing(const XConfig& config, std::vector<std::string> tags, Parts parts, const PostReader& reader, Pace pace)
    : config_(config), tags_(std::move(tags)), parts_(std::move(parts)), reader_(reader), pace_(pace) {}

void Hearing::run(const std::stop_token& stop, const std::string& cursor, const Deliver& deliver) {
  deliver_ = &deliver;
  cursor_ = Cursor::from(cursor);
  if (cursor_.posts == 0 || cursor_.messages == 0) {
    // The first start: what was said before the bot was there is not for it.
    const Id now = id_at(parts_.api.now());
    const Cursor begin{.posts = cursor_.posts == 0 ? now : cursor_.posts,
                       .messages = cursor_.messages == 0 ? now : cursor_.messages};
    if (!hand_over(std::vector<Update>(), begin)) return;
  }
  mentions_heard_ = cursor_.posts;
  while (!stop.stop_requested() && !stopped_) {
    try {
      config_.mode == XConfig::Mode::stream ? listen(stop) : poll(stop);
    } catch (const Useless&) {
      throw;
    } catch (const std::runtime_error& error) {
      // The journal: what was not delivered is found again from the cursor on.
      if (stop.stop_requested()) return;
      parts_.log(LogLevel::error,
                 fmt::format("nothing can be heard until the database takes writes again: {}", error.what()));
      pause(stop, pace_.refused.after(1, random_share()));
    }
  }
}

void Hearing::poll(const std::stop_token& stop) {
  const auto source = config_.mode == XConfig::Mode::polling ? Source::search : Source::mentions;
  const auto pause_between = seconds(config_.poll_seconds);
  while (!stop.stop_requested() && !stopped_) {
    if (!catch_up(source, stop) && !stop.stop_requested()) {
      const auto wait = std::max<steady_clock::duration>(next_catch_up_ - steady_clock::now(), milliseconds(0));
      if (!pause(stop, std::chrono::ceil<milliseconds>(wait))) return;
      continue;
    }
    const Time next = steady_clock::now() + pause_between;
    while (steady_clock::now() < next) {
      do_the_rest(stop);
      const auto left = std::chrono::ceil<milliseconds>(next - steady_clock::now());
      if (!pause(stop, std::clamp(left, milliseconds(0), usual_nap))) return;
    }
  }
}

void Hearing::listen(const std::stop_token& stop) {
  while (!stop.stop_requested() && !stopped_) {
    if (!parts_.budget.allows(Charge::read_post)) {
      pause(stop, pace_.budget);
      continue;
    }
    if (!rules_known_) {
      const auto outcome = synchronise(parts_.api, wanted_rules(tags_, reader_.self().handle), parts_.log, stop);
      rules_known_ = std::holds_alternative<Answer>(outcome);
      if (!rules_known_) {
        note_failure("the stream's rules", outcome);
        wait_after(outcome, stop);
        continue;
      }
    }
    const auto outcome = hear_stream(stop);
    if (stop.stop_requested() || stopped_) return;
    note_failure("the stream", outcome);
    const auto* refusal = std::get_if<Refusal>(&outcome);
    if (refusal != nullptr && refusal->status == 409) rules_known_ = false;  // X has none of them
    wait_after(outcome, stop);
  }
}

Outcome Hearing::hear_stream(const std::stop_token& stop) {
  Inbox inbox(most_waiting_bytes, longest_line);
  Outcome end = Failure{.why = "the stream never began"};
  std::jthread reading([&](std::stop_token ended) {
    end = parts_.api.stream(
        calls::stream(), [&](std::string_view piece) { return inbox.put(piece); }, pace_.longest_silence, ended);
    inbox.close();
  });
  const std::stop_callback end_with_us(stop, [&] { reading.request_stop(); });

  bool begun = false;
  bool gap = true;
  Time began = Time::max();
  for (;;) {
    const auto deadline = steady_clock::now() + usual_nap;
    const auto taken = inbox.take(largest_batch, begun, deadline, stop);
    if (taken.begun && !std::exchange(begun, true)) {
      ++parts_.counts.connections;
      refusals_ = limits_ = 0;
      next_catch_up_ = {};
      began = steady_clock::now();
    }
    // Only a search that began after the stream did can know all that the stream will not say.
    if (begun && gap && next_catch_up_ <= steady_clock::now()) gap = !catch_up(Source::search, stop);
    // A connection that says something, or lives long enough to, is a good one.
    if (!taken.lines.empty() || steady_clock::now() - pace_.longest_silence > began) network_failures_ = 0;
    if (!taken.lines.empty()) deliver_lines(taken.lines, gap, stop);
    if (taken.closed || stop.stop_requested() || stopped_) break;
    if (begun) do_the_rest(stop);
    if (!parts_.budget.allows(Charge::read_post)) break;
  }
  reading.request_stop();
  reading.join();
  return end;
}

void Hearing::deliver_lines(const std::vector<std::string>& lines, bool gap, const std::stop_token& stop) {
  std::vector<ReadPost> posts;
  Id newest = 0;
  for (const std::string& line : lines) {
    auto read = reader_.stream_line(line);
    if (!read.problem.empty()) {
      ++parts_.counts.unreadable;
      parts_.log(LogLevel::warning, fmt::format("in the stream: {}", read.problem));
    }
    if (!read.post) continue;
    newest = std::max(newest, read.post->id);
    posts.push_back(std::move(*read.post));
  }
  if (posts.empty() || stop.stop_requested()) return;
  parts_.budget.pay(Charge::read_post, static_cast<std::int64_t>(posts.size()));
  hand_over(std::move(posts), gap ? 0 : newest);
}

void Hearing::wait_after(const Outcome& outcome, const std::stop_token& stop) {
  throw_if_useless(outcome, Identity::app);
  const auto* refusal = std::get_if<Refusal>(&outcome);
  milliseconds wait;
  if (refusal == nullptr) {
    wait = pace_.network.after(++network_failures_);
  } else if (refusal->status == 429) {
    wait = pace_.limited.after(++limits_, random_share());
    if (refusal->wait_until) wait = std::max(wait, until(*refusal->wait_until, parts_.api.now()));
  } else {
    wait = pace_.refused.after(++refusals_, random_share());
  }
  // While the stream is away those who name the bot are heard nevertheless.
  if (refusal != nullptr && refusal->status != 409) catch_up(Source::mentions, stop);
  pause(stop, wait);
}

bool Hearing::catch_up(Source source, const std::stop_token& stop) {
  const bool fallback = source == Source::mentions && config_.mode == XConfig::Mode::stream;
  const auto now = parts_.api.now();
  Id since = fallback ? mentions_heard_ : cursor_.posts;
  // A stream's posts are committed in the order in which they came: one that came late may still be missing.
  if (config_.mode == XConfig::Mode::stream && !fallback) since = std::max<Id>(1, id_at(time_of(since) - overlap));
  if (const Id oldest = id_at(now - search_reaches); since < oldest) {
    if (!fallback) parts_.log(LogLevel::warning, "X finds posts of the last 7 days only: older ones were missed");
    since = oldest;
  }
  Id newest = 0;
  std::string page;
  do {
    std::vector<ReadPost> posts;
    if (!read_pages(source, since, posts, newest, page, stop)) return false;
    std::ranges::reverse(posts);
    const bool last = page.empty();
    while (posts.size() > largest_batch) {
      std::vector<ReadPost> first(std::make_move_iterator(posts.begin()),
                                  std::make_move_iterator(posts.begin() + largest_batch));
      posts.erase(posts.begin(), posts.begin() + largest_batch);
      if (!hand_over(std::move(first), 0)) return false;
    }
    if (posts.empty() && newest == 0) return true;
    if (!hand_over(std::move(posts), last && !fallback ? newest : 0)) return false;
  } while (!page.empty());
  if (fallback) mentions_heard_ = std::max(mentions_heard_, newest);
  return true;
}

bool Hearing::read_pages(Source source, Id since, std::vector<ReadPost>& posts, Id& newest, std::string& page,
                         const std::stop_token& stop) {
  const auto charge = source == Source::search ? Charge::read_post : Charge::read_mention;
  const bool as_app = source == Source::search && !config_.bearer_token.empty();
  const auto who = as_app ? Identity::app : Identity::account;
  do {
    if (!parts_.budget.allows(charge)) {
      next_catch_up_ = steady_clock::now() + pace_.budget;
      return false;
    }
    const auto call = source == Source::search
                          ? calls::search(wanted_query(tags_, reader_.self().handle), since, page, who)
                          : calls::mentions(reader_.self().id, since, page);
    const auto outcome = parts_.api.fetch(call, stop);
    const auto* answer = std::get_if<Answer>(&outcome);
    std::optional<std::chrono::sys_seconds> wait_until;
    if (answer != nullptr) {
      try {
        auto read = reader_.posts(answer->json);
        parts_.budget.pay(charge, static_cast<std::int64_t>(read.posts.size()));
        newest = std::max(newest, read.newest);
        std::ranges::move(read.posts, std::back_inserter(posts));
        page = std::move(read.next);
        wait_until = answer->wait_until;
        refusals_ = 0;
        if (!page.empty() && wait_until && !pause(stop, until(*wait_until, parts_.api.now()))) return false;
        continue;
      } catch (const Malformed& error) {
        note_failure("search", Failure{.why = error.what()});
      }
    } else if (!stop.stop_requested()) {
      note_failure(source == Source::search ? "search" : "the mentions", outcome);
      throw_if_useless(outcome, who);
    }
    const auto* refusal = std::get_if<Refusal>(&outcome);
    const bool limited = refusal != nullptr && refusal->status == 429;
    auto wait = limited ? pace_.limited.after(1, random_share()) : pace_.refused.after(++refusals_, random_share());
    if (limited && refusal->wait_until) wait = std::max(wait, until(*refusal->wait_until, parts_.api.now()));
    next_catch_up_ = steady_clock::now() + wait;
    return false;
  } while (!page.empty() && posts.size() < most_collected);
  return true;
}

void Hearing::do_the_rest(const std::stop_token& stop) {
  if (config_.message_poll_seconds > 0 && next_messages_ <= steady_clock::now()) {
    next_messages_ = steady_clock::now() + seconds(config_.message_poll_seconds);
    read_messages(stop);
  }
  look_up(stop);
}

void Hearing::read_messages(const std::stop_token& stop) {
  // Each message that X lists is charged, known or not: a small page first.
  std::size_t most = 5;
  std::vector<ReadPost> fresh;
  Id newest = 0;
  std::string page;
  do {
    if (!parts_.budget.allows(Charge::read_message)) return;
    const auto outcome = parts_.api.fetch(calls::messages(most, page), stop);
    const auto* answer = std::get_if<Answer>(&outcome);
    if (answer == nullptr) return stop.stop_requested() ? void() : note_failure("direct messages", outcome);
    Page read;
    try {
      read = reader_.messages(answer->json);
    } catch (const Malformed& error) {
      return note_failure("direct messages", Failure{.why = error.what()});
    }
    parts_.budget.pay(Charge::read_message, static_cast<std::int64_t>(read.posts.size()));
    newest = std::max(newest, read.newest);
    page = std::move(read.next);
    for (ReadPost& message : read.posts) {
      if (message.id <= cursor_.messages) page.clear();
      if (message.id > cursor_.messages) fresh.push_back(std::move(message));
    }
    most = 100;
  } while (!page.empty() && fresh.size() < most_collected);
  std::ranges::reverse(fresh);
  std::vector<Update> updates;
  for (ReadPost& message : fresh) {
    if (message.update) updates.push_back(*std::move(message.update));
  }
  if (newest <= cursor_.messages) return;
  hand_over(std::move(updates), {.posts = cursor_.posts, .messages = newest});
}

void Hearing::look_up(const std::stop_token& stop) {
  const auto ids = parts_.look_ups.take(most_looked_up);
  if (ids.empty()) return;
  if (!parts_.budget.allows(Charge::read_post, static_cast<std::int64_t>(ids.size()))) return;
  const auto outcome = parts_.api.fetch(calls::look_up(ids), stop);
  const auto* answer = std::get_if<Answer>(&outcome);
  if (answer == nullptr) return stop.stop_requested() ? void() : note_failure("looking for deleted posts", outcome);
  std::vector<Update> gone;
  try {
    for (std::string& id : missing_posts(answer->json)) {
      if (std::ranges::find(ids, id) == ids.end()) continue;
      Update update{.key = "d" + id, .kind = UpdateKind::deleted};
      update.place.adapter = "x";
      update.message_id = std::move(id);
      update.at = parts_.api.now();
      gone.push_back(std::move(update));
    }
  } catch (const Malformed& error) {
    return note_failure("looking for deleted posts", Failure{.why = error.what()});
  }
  parts_.budget.pay(Charge::read_post, static_cast<std::int64_t>(ids.size() - gone.size()));
  if (!gone.empty()) hand_over(std::move(gone), cursor_);
}

bool Hearing::hand_over(std::vector<ReadPost> posts, Id newest) {
  std::vector<Update> updates;
  for (ReadPost& post : posts) {
    if (post.update) updates.push_back(*std::move(post.update));
  }
  parts_.counts.posts += posts.size();
  const Cursor to{.posts = std::max(cursor_.posts, newest), .messages = cursor_.messages};
  if (updates.empty() && to.posts == cursor_.posts) return true;
  return hand_over(std::move(updates), to);
}

bool Hearing::hand_over(std::vector<Update> updates, const Cursor& to) {
  std::vector<std::string> summons;
  for (const Update& update : updates) {
    if (!update.addressed) continue;
    summons.push_back(update.place.is_private ? "dm:" + update.from.id : update.message_id);
  }
  if (!summons.empty()) parts_.journal.summoned(summons);
  const bool accepted = (*deliver_)({.adapter = "x", .updates = std::move(updates), .cursor = to.text()});
  if (accepted) cursor_ = to;
  stopped_ = stopped_ || !accepted;
  return accepted;
}

void Hearing::note_failure(std::string_view what, const Outcome& outcome) {
  ++parts_.counts.failures;
  parts_.log(LogLevel::warning, fmt::format("{}: {}", what, describe(outcome)));
}

void Hearing::throw_if_useless(const Outcome& outcome, Identity who) const {
  if (const auto* failure = std::get_if<Failure>(&outcome); failure != nullptr && failure->login_needed) {
    throw Useless(failure->why);
  }
  const auto* refusal = std::get_if<Refusal>(&outcome);
  if (refusal == nullptr || refusal->status != 401) return;
  throw Useless(who == Identity::app
                    ? "X refuses the token of the app: mend x.bearer_token (OSRBOT_X_BEARER_TOKEN)"
                    : "X refuses the account: mend the keys of OAuth 1.0a, or run `osrbot x login` again");
}

}  // namespace osrbot::x
