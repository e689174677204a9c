#include "bot/engine.h"

#include <algorithm>
#include <future>
#include <stdexcept>
#include <utility>

#include "bot/logging.h"
#include "bot/mark.h"
#include "bot/scheduler.h"
#include "storage/jobs.h"
#include "storage/updates.h"

namespace osrbot {
namespace {

using std::chrono::steady_clock;

constexpr int jobs_in_a_batch = 100;
// The clock of the day may be set while the bot sleeps: jobs are looked at again at least this often.
constexpr std::chrono::seconds longest_sleep{30};
constexpr std::size_t longest_reason = 200;

bool may_be_over_later(const storage::Error& error) {
  return error.kind() == storage::Error::Kind::unavailable;
}

}  // namespace

Engine::Engine(storage::Connection& db, UpdateHandler& handler, const Clock& clock, Observers observers,
               Options options)
    : db_(db),
      handler_(handler),
      clock_(clock),
      log_(std::move(observers.log)),
      metrics_(observers.metrics),
      readiness_(observers.readiness),
      options_(options),
      received_(metrics_.counter("osrbot_updates_received_total", "Updates that the adapters handed over.")),
      handled_(metrics_.counter("osrbot_updates_handled_total", "Updates that were applied.")),
      duplicates_(metrics_.counter("osrbot_updates_duplicate_total", "Updates passed over: applied before.")),
      dead_(metrics_.counter("osrbot_updates_dead_total", "Updates whose handling failed.")),
      batch_seconds_(metrics_.histogram("osrbot_batch_seconds", "From taking a batch up to its durable commit.")) {}

Engine::~Engine() = default;

Relay& Engine::add_relay(Adapter& adapter, Relay::Options options) {
  relays_.push_back(std::make_unique<Relay>(
      adapter, clock_, log_, metrics_, [this] { wake(); }, options));
  return *relays_.back();
}

void Engine::submit(Batch batch, std::function<void(bool)> done) {
  // Here, on the receiver's thread: most of what people write to each other never gets to the engine's.
  const std::size_t received = batch.updates.size();
  std::erase_if(batch.updates, [this](const Update& update) { return !handler_.concerns(update); });
  if (batch.unfinished && batch.updates.empty()) {  // the rest has a cursor that is further on: no transaction for this
    received_.add(received);
    return;
  }
  for (Update& update : batch.updates) update.key = mark_of(update.key);
  {
    const std::scoped_lock lock(mutex_);
    if (!closed_) {
      waiting_.push_back({std::move(batch), received, std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(false);
}

bool Engine::deliver(Batch batch) {
  if (batch.unfinished) {
    submit(std::move(batch), [](bool) {});
    const std::scoped_lock lock(mutex_);
    return !closed_;
  }
  std::promise<bool> answer;
  std::future<bool> future = answer.get_future();
  submit(std::move(batch), [&answer](bool committed) { answer.set_value(committed); });
  return future.get();
}

void Engine::with_database(const std::function<void(storage::Connection&)>& work) {
  std::promise<void> finished;
  std::future<void> future = finished.get_future();
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) throw std::runtime_error("the bot is stopping");
    errands_.push_back([&](storage::Connection* db) {
      try {
        if (!db) throw std::runtime_error("the bot is stopping");
        work(*db);
        finished.set_value();
      } catch (...) {
        finished.set_exception(std::current_exception());
      }
    });
    changed_.notify_one();
  }
  future.get();
}

void Engine::wait_no_longer() {
  const std::scoped_lock lock(mutex_);
  hurried_ = true;
  changed_.notify_one();
}

void Engine::run(std::stop_token stop, std::chrono::milliseconds grace) {
  try {
    while (!stop.stop_requested()) {
      run_errands();
      if (!cycle_or_retry()) wait(stop, next_event());
    }
    close();
    const auto deadline = clock_.steady() + grace;
    while (clock_.steady() < deadline) {
      if (cycle_or_retry()) continue;
      // What the platform's limits hold back goes out too, if its time comes before the deadline.
      const auto next = next_send();
      if (relays_idle() && (!next || *next > deadline)) break;
      wait({}, std::min(deadline, next_event()));
    }
  } catch (...) {
    close();
    throw;
  }
}

bool Engine::cycle_or_retry() {
  try {
    const bool busy = cycle();
    if (retry_.count() > 0) {
      retry_ = std::chrono::milliseconds(0);
      report(std::nullopt);
    }
    return busy;
  } catch (const storage::Error& error) {
    if (!may_be_over_later(error)) throw;
    retry_ = retry_.count() == 0 ? options_.first_retry : std::min(retry_ * 2, options_.last_retry);
    report(error.what());
    if (is_hurried()) close();
    return false;
  }
}

bool Engine::is_hurried() const {
  const std::scoped_lock lock(mutex_);
  return hurried_;
}

bool Engine::cycle() {
  take_work();
  if (!anything_to_do()) return false;
  const auto begin = steady_clock::now();
  try {
    storage::Transaction transaction(db_);
    apply_everything();
    transaction.commit();
  } catch (...) {
    for (const auto& relay : relays_) relay->rolled_back();
    caught_up_ = false;
    throw;
  }
  batch_seconds_.observe(std::chrono::duration<double>(steady_clock::now() - begin).count());
  after_commit();
  return true;
}

void Engine::take_work() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = false;
  }
  if (taken_.empty()) take_waiting();  // otherwise it is of a transaction that failed, and comes first
}

/// Adds what waits to what the transaction applies, as far as its size allows; whether anything was added.
bool Engine::take_waiting() {
  const std::scoped_lock lock(mutex_);
  std::size_t updates = 0;
  for (const Delivery& delivery : taken_) updates += delivery.batch.updates.size();
  const std::size_t before = taken_.size();
  while (!waiting_.empty() &&
         (taken_.empty() || updates + waiting_.front().batch.updates.size() <= options_.batch_size)) {
    updates += waiting_.front().batch.updates.size();
    taken_.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return taken_.size() > before;
}

/// Waits for what follows an unfinished batch at once; whether anything came.
bool Engine::take_rest() {
  if (taken_.empty() || !taken_.back().batch.unfinished) return false;
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.rest_pause, [this] { return !waiting_.empty() || hurried_; });
  }
  return take_waiting();
}

bool Engine::anything_to_do() const {
  if (!caught_up_ || !taken_.empty()) return true;
  if (next_job_ && *next_job_ <= clock_.now()) return true;
  const auto now = clock_.steady();
  return std::ranges::any_of(relays_, [this, now](const auto& relay) {
    const auto ready = relay->next_ready(now);
    return (relay->has_results() && now >= results_from_) || (ready && *ready <= now);
  });
}

void Engine::apply_everything() {
  tally_ = {};
  const auto now = clock_.now();
  std::size_t applied = 0;
  do {
    for (; applied < taken_.size(); ++applied) {
      const Batch& batch = taken_[applied].batch;
      for (const Update& update : batch.updates) apply(update, now);
      if (!batch.cursor.empty()) storage::updates::set_cursor(db_, batch.adapter, batch.cursor);
    }
  } while (take_waiting() || take_rest());
  if (!next_job_ || *next_job_ <= now) {
    for (const Update& update : take_due_jobs(db_, now, jobs_in_a_batch)) apply(update, now);
  }
  for (const auto& relay : relays_) relay->exchange(db_, handler_.outgoing());
  next_job_ = storage::jobs::next_due(db_);  // a refused message may have planned one
}

void Engine::apply(const Update& update, std::chrono::sys_seconds now) {
  const LoggedUpdate logged(update.place.adapter, update.key);
  if (!storage::updates::remember(db_, update.place.adapter, update.key, now)) {
    ++tally_.duplicates;
    return;
  }
  std::string failure;
  try {
    storage::Savepoint savepoint(db_);
    handler_.handle(update, db_, now);
    savepoint.keep();
    ++tally_.handled;
    return;
  } catch (const storage::Error& error) {
    if (may_be_over_later(error)) throw;
    failure = error.what();
  } catch (const std::exception& error) {
    failure = error.what();
  }
  ++tally_.dead;
  failure.resize(std::min(failure.size(), longest_reason));
  log_(LogLevel::error, "handling failed: " + failure);
  storage::updates::bury(db_, update.place.adapter, update.key, update.kind == UpdateKind::timer ? update.text : "",
                         failure, now);
  if (update.kind == UpdateKind::timer) plan_again(db_, update, now);
  handler_.apologise(update, db_, now);
}

void Engine::after_commit() {
  caught_up_ = true;
  results_from_ = clock_.steady() + options_.results_pause;
  handled_.add(tally_.handled);
  duplicates_.add(tally_.duplicates);
  dead_.add(tally_.dead);
  for (const Delivery& delivery : std::exchange(taken_, {})) {
    received_.add(delivery.received);
    delivery.done(true);
  }
  for (const auto& relay : relays_) relay->committed();
  handler_.committed(db_);
}

bool Engine::relays_idle() const {
  return std::ranges::all_of(relays_, [](const auto& relay) { return relay->idle(); });
}

void Engine::run_errands() {
  while (true) {
    std::function<void(storage::Connection*)> errand;
    {
      const std::scoped_lock lock(mutex_);
      if (errands_.empty()) return;
      errand = std::move(errands_.front());
      errands_.pop_front();
    }
    errand(&db_);
  }
}

steady_clock::time_point Engine::next_event() const {
  const auto now = clock_.steady();
  if (retry_.count() > 0) return now + retry_;
  auto next = now + longest_sleep;
  if (next_job_) next = std::min(next, now + std::max(std::chrono::seconds(0), *next_job_ - clock_.now()));
  if (const auto send = next_send()) next = std::min(next, *send);
  if (std::ranges::any_of(relays_, [](const auto& relay) { return relay->has_results(); })) {
    next = std::min(next, results_from_);
  }
  return next;
}

std::optional<steady_clock::time_point> Engine::next_send() const {
  const auto now = clock_.steady();
  std::optional<steady_clock::time_point> next;
  for (const auto& relay : relays_) {
    if (const auto ready = relay->next_ready(now)) next = next ? std::min(*next, *ready) : *ready;
  }
  return next;
}

void Engine::wait(const std::stop_token& stop, steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  // While the database refuses to be written, news must not shorten the wait for the next attempt.
  const bool patient = retry_.count() > 0;
  changed_.wait_until(lock, stop, until, [&] {
    return !errands_.empty() || (patient ? hurried_ && !closed_ : woken_ || !waiting_.empty());
  });
}

void Engine::wake() {
  const std::scoped_lock lock(mutex_);
  woken_ = true;
  changed_.notify_one();
}

void Engine::close() {
  std::deque<Delivery> refused;
  std::deque<std::function<void(storage::Connection*)>> dropped;
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    refused.swap(waiting_);
    dropped.swap(errands_);
  }
  std::ranges::move(std::exchange(taken_, {}), std::back_inserter(refused));
  for (const Delivery& delivery : refused) delivery.done(false);
  for (const auto& errand : dropped) errand(nullptr);
}

void Engine::report(std::optional<std::string> trouble) {
  if (trouble) {
    log_(LogLevel::error, "the database cannot be written, nothing is accepted until it can: " + *trouble);
  } else {
    log_(LogLevel::info, "the database can be written again");
  }
  readiness_.report("database", std::move(trouble));
}

}  // namespace osrbot
