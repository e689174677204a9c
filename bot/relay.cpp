#include "bot/relay.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "commands/unanswered.h"
#include "commands/unreachable.h"
#include "storage/conversations.h"
#include "storage/invitations.h"
#include "storage/outbox.h"

namespace osrbot {
namespace {

namespace outbox = storage::outbox;
using std::chrono::steady_clock;

std::string key_of(const std::string& workspace, const std::string& conversation) {
  return workspace + '\n' + conversation;  // no platform has line ends in its ids
}

/// A bucket that keeps `most` within any `span` that one looks at, its end not counted: what may go at once after a
/// quiet time (a `share` of it) and what drips in meanwhile add up to less than one more.
TokenBucket keeping(double most, std::chrono::duration<double> span, double share) {
  if (most <= 0) return {0, 1};
  const double burst = std::max(1.0, most * share);
  return {(most + 1 - burst) / span.count(), burst};
}

TokenBucket per_second(double most) {
  return keeping(most, std::chrono::seconds(1), 0.1);
}

TokenBucket per_minute(double most) {
  return keeping(most, std::chrono::minutes(1), 0.25);
}

Labels of(const Adapter& adapter) {
  return {{"adapter", std::string(adapter.name())}};
}

void append(Message& message, Message&& next) {
  std::ranges::move(next.blocks, std::back_inserter(message.blocks));
  std::ranges::move(next.buttons, std::back_inserter(message.buttons));
}

/// Words for the conversation and nothing else: what may become part of a longer message.
bool is_plain(const Message& message, const Capabilities& can) {
  const bool for_all =
      message.surface == Surface::conversation || (message.surface == Surface::one_person && !can.one_person);
  return for_all && !message.form && !message.file && !message.picture;
}

/// Whether other words may come between a message and its buttons. Where buttons are words, nothing is lost by that.
bool may_be_followed(const Message& message, const Capabilities& can) {
  return !can.buttons || std::ranges::all_of(message.buttons, [](const auto& row) {
    return std::ranges::all_of(row, speaks_for_itself);
  });
}

/// Whether a message may become part of the one before it. Where everybody reads along, each answer stands below the
/// post that it answers.
bool may_join(const OutboundMessage& first, const Outgoing::Kept& next, const Capabilities& can) {
  const bool same_answer = next.reply_to == first.reply_to && !next.reply_to.empty();
  return may_be_followed(first.message, can) && is_plain(first.message, can) && is_plain(next.message, can) &&
         next.thread == first.to.thread && (same_answer || !can.is_public || first.to.is_private);
}

}  // namespace

Relay::Relay(Adapter& adapter, const Clock& clock, Log log, Metrics& metrics, std::function<void()> wake,
             Options options)
    : adapter_(adapter),
      clock_(clock),
      log_(std::move(log)),
      wake_(std::move(wake)),
      options_(options),
      can_(adapter.capabilities()),
      sent_(metrics.counter("osrbot_messages_sent_total", "Messages delivered.", of(adapter))),
      merged_(metrics.counter("osrbot_messages_merged_total", "Messages that went as part of another.", of(adapter))),
      retried_(metrics.counter("osrbot_sends_retried_total", "Sends to be repeated.", of(adapter))),
      failed_(metrics.counter("osrbot_messages_failed_total", "Messages refused or given up.", of(adapter))),
      backlog_(metrics.gauge("osrbot_outbox_messages", "Messages waiting or under way.", of(adapter))),
      random_(options.seed),
      overall_(per_second(can_.messages_per_second)) {}

void Relay::exchange(storage::Connection& db, Outgoing* outgoing) {
  if (applying_.empty()) {
    const std::scoped_lock lock(mutex_);
    applying_.swap(results_);
  }
  for (const Result& result : applying_) apply(db, result);
  learn(db);
  claim(db, outgoing);
}

void Relay::committed() {
  for (const Result& result : applying_) in_flight_.erase(result.key);
  applying_.clear();
  std::vector<Claim> claims = std::exchange(claims_, {});
  for (const Claim& claim : claims) in_flight_.emplace(claim.key, claim.flight);
  for (Claim& claim : claims) {
    adapter_.send(std::move(claim.message),
                  [this, key = std::move(claim.key)](Delivery delivery) { completed(key, std::move(delivery)); });
  }
  backlog_.set(static_cast<double>(waiting_ + in_flight_.size()));
  forget_idle();
}

void Relay::rolled_back() {
  // Rare (a full disk), so simple: everything is learned again. What is with the adapter stays so, and results that
  // could not be written are written next time.
  claims_.clear();
  conversations_.clear();
  ready_.clear();
  timed_.clear();
  waiting_ = 0;
  learned_ = 0;
}

void Relay::completed(const std::string& key, Delivery delivery) {
  bool is_first = false;
  {
    const std::scoped_lock lock(mutex_);
    is_first = results_.empty();
    results_.push_back({key, std::move(delivery)});
  }
  if (is_first) wake_();  // the others are found with it
}

bool Relay::has_results() const {
  const std::scoped_lock lock(mutex_);
  return !results_.empty();
}

bool Relay::idle() const {
  return in_flight_.empty() && ready_.empty() && !has_results();
}

std::optional<Relay::Time> Relay::next_ready(Time now) const {
  std::optional<Time> next;
  if (!timed_.empty()) next = timed_.begin()->first;
  if (!ready_.empty() && in_flight_.size() < can_.sends_in_flight) {
    // Something is ready but was not claimed: the platform's overall limit holds it.
    const Time held = now + std::chrono::ceil<steady_clock::duration>(overall_.wait(now));
    next = next ? std::min(*next, held) : held;
  }
  return next;
}

Relay::Conversation& Relay::conversation(const std::string& key, const std::string& workspace, const std::string& id,
                                         bool is_private) {
  const auto found = conversations_.find(key);
  if (found != conversations_.end()) return found->second;
  Conversation fresh{.workspace = workspace,
                     .id = id,
                     .waiting = {},
                     .in_flight = in_flight_.contains(key),
                     .second = {can_.per_conversation_second, 1},
                     .minute = is_private ? TokenBucket(0, 1) : per_minute(can_.per_group_minute)};
  return conversations_.emplace(key, std::move(fresh)).first->second;
}

void Relay::learn(storage::Connection& db) {
  // After a transaction was undone everything is learned again, and what is in flight, or just landed, is known.
  std::set<std::int64_t> known;
  if (learned_ == 0) {
    for (const auto& [key, flight] : in_flight_) known.insert(flight.ids.begin(), flight.ids.end());
  }
  std::vector<std::int64_t> left_by_crash;
  outbox::each_waiting(db, adapter_.name(), learned_, [&](const outbox::Waiting& message) {
    learned_ = message.id;
    if (known.contains(message.id)) return;
    if (message.is_sending) left_by_crash.push_back(message.id);
    const std::string key = key_of(message.workspace, message.conversation);
    Conversation& to = conversation(key, message.workspace, message.conversation, message.is_private);
    to.waiting.push_back(message.id);
    ++waiting_;
    schedule(key, to);
  });
  for (const std::int64_t id : left_by_crash) outbox::mark_waiting(db, id, "");
}

void Relay::schedule(const std::string& key, Conversation& conversation) {
  if (conversation.scheduled || conversation.in_flight || conversation.waiting.empty()) return;
  const Time now = clock_.steady();
  const auto limited = std::max(conversation.second.wait(now), conversation.minute.wait(now));
  const Time at = std::max(conversation.not_before, now + std::chrono::ceil<steady_clock::duration>(limited));
  conversation.scheduled = true;
  if (at <= now) {
    ready_.push_back(key);
  } else {
    timed_.emplace(at, key);
  }
}

void Relay::claim(storage::Connection& db, Outgoing* outgoing) {
  const Time now = clock_.steady();
  while (!timed_.empty() && timed_.begin()->first <= now) {
    ready_.push_back(std::move(timed_.begin()->second));
    timed_.erase(timed_.begin());
  }
  const std::size_t busy = in_flight_.size() - applying_.size();
  while (!ready_.empty() && busy + claims_.size() < can_.sends_in_flight &&
         overall_.wait(now) == TokenBucket::Wait::zero()) {
    const std::string key = std::move(ready_.front());
    ready_.pop_front();
    Conversation& from = conversations_.at(key);
    from.scheduled = false;
    std::optional<Claim> claim = take(db, key, from, outgoing);
    if (!claim) continue;  // everything that waited was cancelled
    overall_.take(now);
    from.second.take(now);
    from.minute.take(now);
    from.in_flight = true;
    claims_.push_back(std::move(*claim));
  }
}

std::optional<Relay::Claim> Relay::take(storage::Connection& db, const std::string& key, Conversation& from,
                                        Outgoing* outgoing) {
  std::optional<Claim> claim;
  std::size_t size = 0;
  while (!from.waiting.empty()) {
    const std::int64_t id = from.waiting.front();
    std::optional<Outgoing::Kept> next = take(db, id, outgoing);
    if (next) {
      const bool joins =
          !claim || (from.repeat > 0 ? claim->flight.ids.size() < from.repeat
                                     : may_join(claim->message, *next, can_) && size + next->bytes <= can_.merge_bytes);
      if (!joins) {
        outbox::mark_waiting(db, id, "");
        break;
      }
      size += next->bytes;
      if (!claim) {
        claim.emplace(Claim{.key = key,
                            .flight = {.ids = {}, .queued_at = next->queued_at, .is_private = next->is_private},
                            .message = {.id = id,
                                        .to = {.adapter = std::string(adapter_.name()),
                                               .workspace = from.workspace,
                                               .conversation = from.id,
                                               .thread = std::move(next->thread),
                                               .is_private = next->is_private},
                                        .message = std::move(next->message),
                                        .reply_to = std::move(next->reply_to)}});
      } else {
        append(claim->message.message, std::move(next->message));
        if (claim->message.reply_to != next->reply_to) claim->message.reply_to.clear();
      }
      claim->flight.ids.push_back(id);
    }
    from.waiting.pop_front();
    --waiting_;
    if (claim && can_.merge_bytes == 0) break;
  }
  from.repeat = 0;
  return claim;
}

/// Claims one message; nothing: there is nothing to send.
std::optional<Outgoing::Kept> Relay::take(storage::Connection& db, std::int64_t id, Outgoing* outgoing) {
  // Also of what is not sent any more nothing is to stay in memory.
  auto kept = outgoing != nullptr ? outgoing->take(id) : std::nullopt;
  if (!outbox::claim(db, id)) return std::nullopt;
  if (kept) return kept;
  outbox::Queued queued = outbox::read(db, id);
  try {
    return Outgoing::Kept{.thread = std::move(queued.thread),
                          .reply_to = std::move(queued.reply_to),
                          .is_private = queued.is_private,
                          .message = message_from_json(queued.message),
                          .bytes = queued.message.size(),
                          .queued_at = queued.queued_at};
  } catch (const std::invalid_argument& error) {
    // Of another version of the program, perhaps. It must not keep the others from going.
    log_(LogLevel::error, fmt::format("{}: message {} cannot be read: {}", adapter_.name(), id, error.what()));
    failed_.add();
    outbox::mark_failed(db, id, error.what(), clock_.now());
    return std::nullopt;
  }
}

void Relay::apply(storage::Connection& db, const Result& result) {
  const Flight& flight = in_flight_.at(result.key);
  const std::size_t border = result.key.find('\n');
  Conversation& to =
      conversation(result.key, result.key.substr(0, border), result.key.substr(border + 1), flight.is_private);
  to.in_flight = false;
  std::visit([&](const auto& outcome) { apply(db, to, flight, outcome); }, result.delivery);
  schedule(result.key, to);
}

void Relay::apply(storage::Connection& db, Conversation& to, const Flight& flight, const Sent& sent) {
  for (const std::int64_t id : flight.ids) outbox::mark_sent(db, id, sent.message_id, clock_.now());
  to.failures = 0;
  sent_.add(flight.ids.size());
  merged_.add(flight.ids.size() - 1);
}

void Relay::apply(storage::Connection& db, Conversation& to, const Flight& flight, const RetryLater& later) {
  if (!later.held && clock_.now() - flight.queued_at > options_.give_up_after) {
    // Elsewhere people see that the bot is away; where it must not answer twice or late, somebody has to take over.
    if (can_.is_public) plan_unanswered_notice(db, clock_.now(), adapter_.name(), later.why);
    apply(db, to, flight, Rejected{.why = "given up: " + later.why});
    return;
  }
  retried_.add();
  ++to.failures;
  const double random = std::uniform_real_distribution<double>(0, 1)(random_);
  const auto wait = later.after.count() > 0 ? later.after : options_.backoff.after(to.failures, random);
  log_(LogLevel::warning, fmt::format("{}: message {} is tried again in {} ms: {}", adapter_.name(), flight.ids.front(),
                                      wait.count(), later.why));
  for (const std::int64_t id : flight.ids) outbox::mark_waiting(db, id, later.why);
  to.waiting.insert(to.waiting.begin(), flight.ids.begin(), flight.ids.end());
  waiting_ += flight.ids.size();
  to.repeat = flight.ids.size();
  to.not_before = clock_.steady() + wait;
}

void Relay::apply(storage::Connection& db, Conversation& to, const Flight& flight, const Rejected& rejected) {
  failed_.add(flight.ids.size());
  log_(LogLevel::warning,
       fmt::format("{}: message {} is refused: {}", adapter_.name(), flight.ids.front(), rejected.why));
  for (const std::int64_t id : flight.ids) outbox::mark_failed(db, id, rejected.why, clock_.now());
  if (!rejected.unreachable) return;
  const storage::conversations::Id id{adapter_.name(), to.workspace, to.id};
  outbox::cancel_conversation(db, id, rejected.why, clock_.now());
  storage::conversations::lose(db, id);
  storage::invitations::lose(db, id, clock_.now());
  if (!flight.is_private) note_unreachable(db, id, rejected.obstacle, clock_.now());
  waiting_ -= to.waiting.size();
  to.waiting.clear();
}

void Relay::apply(storage::Connection& db, Conversation& to, const Flight& flight, const Moved& moved) {
  for (const std::int64_t id : flight.ids) outbox::mark_waiting(db, id, "the conversation moved");
  storage::conversations::move(db, {adapter_.name(), to.workspace, to.id}, moved.conversation);
  const std::string key = key_of(to.workspace, moved.conversation);
  std::deque<std::int64_t> ids = std::exchange(to.waiting, {});
  ids.insert(ids.begin(), flight.ids.begin(), flight.ids.end());
  waiting_ += flight.ids.size();
  Conversation& target = conversation(key, to.workspace, moved.conversation, flight.is_private);
  target.waiting.insert(target.waiting.end(), ids.begin(), ids.end());
  std::ranges::sort(target.waiting);
  schedule(key, target);
}

void Relay::forget_idle() {
  if (conversations_.size() <= forget_above_) return;
  const Time now = clock_.steady();
  std::erase_if(conversations_, [&](const auto& entry) {
    const Conversation& conversation = entry.second;
    return conversation.waiting.empty() && !conversation.in_flight && conversation.not_before <= now &&
           conversation.second.full(now) && conversation.minute.full(now);
  });
  forget_above_ = std::max<std::size_t>(4096, 2 * conversations_.size());
}

}  // namespace osrbot
