#include "adapters/transport/http_client.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include <curl/curl.h>

#include "adapters/transport/http_transfer.h"

namespace osrbot {

using transport::add_header;
using transport::HeaderList;
using transport::Transfer;

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

class HttpClient::Loop {
 public:
  Loop(std::size_t idle_connections, std::size_t read_at_once);
  ~Loop();

  std::uint64_t submit(HttpRequest request, Done done);
  void cancel(std::uint64_t id);

 private:
  struct Waiting {
    std::uint64_t id;
    HttpRequest request;
    Done done;
  };

  void run();
  void take_orders();
  bool has_orders();
  void begin(Waiting order);
  void finish(CURL* easy, HttpResult result);
  void finish_all();
  std::chrono::milliseconds end_silent();
  void wake_up();

  CURLM* multi_;
  HeaderList plain_json_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Transfer>> active_;
  std::vector<std::unique_ptr<Transfer>> spare_;
  std::size_t most_spare_;
  std::size_t read_at_once_;

  std::mutex mutex_;  // guards what follows
  std::vector<Waiting> orders_;
  std::vector<std::uint64_t> cancellations_;
  std::uint64_t last_id_ = 0;
  bool woken_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

HttpClient::Loop::Loop(std::size_t idle_connections, std::size_t read_at_once)
    : most_spare_(idle_connections), read_at_once_(read_at_once) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be initialised");
  multi_ = curl_multi_init();
  if (multi_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(idle_connections));
  add_header(plain_json_, "Expect:");
  add_header(plain_json_, "Content-Type: application/json");
  thread_ = std::thread([this] { run(); });
}

HttpClient::Loop::~Loop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  curl_multi_wakeup(multi_);
  thread_.join();
  spare_.clear();
  curl_multi_cleanup(multi_);
  curl_global_cleanup();
}

std::uint64_t HttpClient::Loop::submit(HttpRequest request, Done done) {
  std::uint64_t id = 0;
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    id = ++last_id_;
    orders_.push_back({id, std::move(request), std::move(done)});
    wake = !std::exchange(woken_, true);
  }
  if (wake) wake_up();
  return id;
}

void HttpClient::Loop::cancel(std::uint64_t id) {
  {
    const std::lock_guard lock(mutex_);
    cancellations_.push_back(id);
    woken_ = true;
  }
  wake_up();
}

void HttpClient::Loop::wake_up() {
  // On its own thread the loop comes round by itself.
  if (std::this_thread::get_id() != thread_.get_id()) curl_multi_wakeup(multi_);
}

void HttpClient::Loop::run() {
  // A server that closes while OpenSSL writes must not end the process.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

  for (;;) {
    take_orders();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    int running = 0;
    curl_multi_perform(multi_, &running);
    int left = 0;
    bool finished = false;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      finished = true;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      finish(message->easy_handle, transfer->result(message->data.result));
    }
    const auto nap = end_silent();
    // What finished has often led to new requests; they are begun before sleeping.
    if (!finished && !has_orders()) curl_multi_poll(multi_, nullptr, 0, static_cast<int>(nap.count()), nullptr);
  }
  finish_all();
}

/// Ends exchanges whose other side is silent for too long; how long it is until the next may be. (curl's own limit, on
/// bytes a second, would end healthy streams on which little happens.)
std::chrono::milliseconds HttpClient::Loop::end_silent() {
  constexpr std::chrono::milliseconds longest_nap{60'000};
  const auto now = std::chrono::steady_clock::now();
  auto nap = longest_nap;
  std::vector<CURL*> silent;
  for (const auto& [id, transfer] : active_) {
    const auto at = transfer->silent_at();
    if (!at) continue;
    if (*at <= now) silent.push_back(transfer->easy.get());
    nap = std::min(nap, std::chrono::ceil<std::chrono::milliseconds>(*at - now));
  }
  for (CURL* easy : silent) {
    finish(easy, HttpFailure{HttpFailure::Kind::timeout, "nothing came for too long"});
  }
  return std::max(nap, std::chrono::milliseconds(0));
}

void HttpClient::Loop::take_orders() {
  std::vector<Waiting> orders;
  std::vector<std::uint64_t> cancellations;
  {
    const std::lock_guard lock(mutex_);
    orders.swap(orders_);
    cancellations.swap(cancellations_);
    woken_ = false;
  }
  for (auto& order : orders) begin(std::move(order));
  for (const auto id : cancellations) {
    const auto found = active_.find(id);
    if (found == active_.end()) continue;
    found->second->hurry();
    finish(found->second->easy.get(), HttpFailure{HttpFailure::Kind::cancelled, "cancelled"});
  }
}

bool HttpClient::Loop::has_orders() {
  const std::lock_guard lock(mutex_);
  return stopping_ || !orders_.empty() || !cancellations_.empty();
}

void HttpClient::Loop::begin(Waiting order) {
  std::unique_ptr<Transfer> transfer;
  if (spare_.empty()) {
    transfer = std::make_unique<Transfer>(read_at_once_);
  } else {
    transfer = std::move(spare_.back());
    spare_.pop_back();
  }
  transfer->id = order.id;
  transfer->request = std::move(order.request);
  transfer->done = std::move(order.done);
  try {
    transfer->prepare(plain_json_.get());
  } catch (const std::runtime_error& error) {
    transfer->done(HttpFailure{HttpFailure::Kind::invalid, error.what()});
    return;
  }
  CURL* easy = transfer->easy.get();
  active_.emplace(order.id, std::move(transfer));
  curl_multi_add_handle(multi_, easy);
}

void HttpClient::Loop::finish(CURL* easy, HttpResult result) {
  Transfer* finished = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &finished);
  auto node = active_.extract(finished->id);
  auto transfer = std::move(node.mapped());
  curl_multi_remove_handle(multi_, easy);
  const auto* failure = std::get_if<HttpFailure>(&result);
  const bool cancelled = failure != nullptr && failure->kind == HttpFailure::Kind::cancelled;
  Done done = std::move(transfer->done);
  if (!cancelled && spare_.size() < most_spare_) {
    transfer->rest();
    spare_.push_back(std::move(transfer));
  }
  done(std::move(result));
}

void HttpClient::Loop::finish_all() {
  // A callback may submit again: that is cancelled as well, until nothing is left.
  for (;;) {
    std::vector<Waiting> orders;
    {
      const std::lock_guard lock(mutex_);
      orders.swap(orders_);
    }
    if (orders.empty() && active_.empty()) return;
    const HttpFailure going{HttpFailure::Kind::cancelled, "the client is going away"};
    for (auto& order : orders) order.done(going);
    while (!active_.empty()) {
      active_.begin()->second->hurry();
      finish(active_.begin()->second->easy.get(), going);
    }
  }
}

HttpClient::HttpClient(std::size_t idle_connections, std::size_t read_at_once)
    : loop_(std::make_unique<Loop>(idle_connections, read_at_once)) {}

HttpClient::~HttpClient() = default;

void HttpClient::request(HttpRequest request, Done done) {
  loop_->submit(std::move(request), std::move(done));
}

HttpResult HttpClient::fetch(HttpRequest request, std::stop_token stop) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<HttpResult> result;
  };
  const auto shared = std::make_shared<Shared>();
  const auto id = loop_->submit(std::move(request), [shared](HttpResult result) {
    const std::lock_guard lock(shared->mutex);
    shared->result = std::move(result);
    shared->arrived.notify_one();
  });
  const std::stop_callback on_stop(stop, [this, id] { loop_->cancel(id); });
  std::unique_lock lock(shared->mutex);
  shared->arrived.wait(lock, [&] { return shared->result.has_value(); });
  return std::move(*shared->result);
}

}  // namespace osrbot
