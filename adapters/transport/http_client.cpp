#include "adapters/transport/http_client.h"

#include <array>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include <curl/curl.h>

namespace osrbot {

namespace {

struct HeaderListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, HeaderListFree>;

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

void add_header(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_kept(std::string_view name) {
  return name == "retry-after" || name.starts_with("x-rate-limit-");
}

HttpFailure::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return HttpFailure::Kind::unreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return HttpFailure::Kind::untrusted;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpFailure::Kind::timeout;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return HttpFailure::Kind::invalid;
    default:
      return HttpFailure::Kind::broken;
  }
}

/// One exchange, with curl's handle for it. Used again and again: setting up a handle costs more than a small request.
struct Transfer {
  Easy easy;
  std::uint64_t id = 0;
  HttpRequest request;
  HttpClient::Done done;
  HttpResponse response;
  HeaderList headers;
  bool head_complete = false;
  bool too_large = false;
  std::array<char, CURL_ERROR_SIZE> error{};

  Transfer();
  void prepare(curl_slist* plain_json);
  HttpResult result(CURLcode code);
  void rest();

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
};

template <typename Value>
void set(Transfer& transfer, CURLoption option, Value value) {
  if (curl_easy_setopt(transfer.easy.get(), option, value) != CURLE_OK) {
    throw std::runtime_error("libcurl refuses option " + std::to_string(option));
  }
}

Transfer::Transfer() : easy(curl_easy_init()) {
  if (!easy) throw std::bad_alloc();
  set(*this, CURLOPT_NOSIGNAL, 1L);
  set(*this, CURLOPT_PROTOCOLS_STR, "http,https");
  set(*this, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(*this, CURLOPT_FOLLOWLOCATION, 0L);
  set(*this, CURLOPT_SSL_VERIFYPEER, 1L);
  set(*this, CURLOPT_SSL_VERIFYHOST, 2L);
  set(*this, CURLOPT_TCP_KEEPALIVE, 1L);
  set(*this, CURLOPT_USERAGENT, "osrbot");
  set(*this, CURLOPT_ERRORBUFFER, error.data());
  set(*this, CURLOPT_PRIVATE, static_cast<void*>(this));
  set(*this, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(*this, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(*this, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(*this, CURLOPT_HEADERDATA, static_cast<void*>(this));
}

void Transfer::prepare(curl_slist* plain_json) {
  response = {};
  head_complete = false;
  too_large = false;
  error[0] = '\0';
  set(*this, CURLOPT_URL, request.url.c_str());
  set(*this, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(*this, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  const bool post = request.method == HttpRequest::Method::post;
  if (post) {
    set(*this, CURLOPT_POST, 1L);
    set(*this, CURLOPT_POSTFIELDS, request.body.data());
    set(*this, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  } else {
    set(*this, CURLOPT_HTTPGET, 1L);
  }
  if (post && request.headers.empty() && request.content_type == "application/json") {
    set(*this, CURLOPT_HTTPHEADER, plain_json);
    return;
  }
  headers.reset();
  add_header(headers, "Expect:");
  if (post) add_header(headers, "Content-Type: " + request.content_type);
  for (const auto& line : request.headers) add_header(headers, line);
  set(*this, CURLOPT_HTTPHEADER, headers.get());
}

HttpResult Transfer::result(CURLcode code) {
  if (too_large) {
    return HttpFailure{HttpFailure::Kind::too_large,
                       "the answer is longer than " + std::to_string(request.largest_response) + " bytes"};
  }
  if (code != CURLE_OK) {
    const auto kind = kind_of(code);
    // curl's own words name host and port where that helps; elsewhere they might quote what was sent.
    const bool names_the_host = kind == HttpFailure::Kind::unreachable || kind == HttpFailure::Kind::untrusted;
    return HttpFailure{kind, names_the_host && error[0] != '\0' ? error.data() : curl_easy_strerror(code)};
  }
  // curl takes a head that breaks off for a whole one.
  if (!head_complete) return HttpFailure{HttpFailure::Kind::broken, "the answer ended within its head"};
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
  return std::move(response);
}

void Transfer::rest() {
  request = {};
  done = nullptr;
  response = {};
  set(*this, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  headers.reset();
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.response.body.size() + bytes > transfer.request.largest_response) {
    transfer.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  transfer.response.body.append(data, bytes);
  return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  const std::string_view line(data, bytes);
  if (line == "\r\n" || line == "\n") {
    static_cast<Transfer*>(self)->head_complete = true;
    return bytes;
  }
  const auto colon = line.find(':');
  // The names kept begin with r or x: most headers are left out without a copy.
  if (colon == std::string_view::npos || std::string_view("rRxX").find(line.front()) == std::string_view::npos) {
    return bytes;
  }
  std::string name = lower_case(line.substr(0, colon));
  if (!is_kept(name)) return bytes;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
    value.remove_suffix(1);
  static_cast<Transfer*>(self)->response.headers.emplace_back(std::move(name), value);
  return bytes;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

class HttpClient::Loop {
 public:
  explicit Loop(std::size_t idle_connections);
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
  void wake_up();

  CURLM* multi_;
  HeaderList plain_json_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Transfer>> active_;
  std::vector<std::unique_ptr<Transfer>> spare_;
  std::size_t most_spare_;

  std::mutex mutex_;  // guards what follows
  std::vector<Waiting> orders_;
  std::vector<std::uint64_t> cancellations_;
  std::uint64_t last_id_ = 0;
  bool woken_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

HttpClient::Loop::Loop(std::size_t idle_connections) : most_spare_(idle_connections) {
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

  constexpr int longest_nap_ms = 60'000;
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
    // What finished has often led to new requests; they are begun before sleeping.
    if (!finished && !has_orders()) curl_multi_poll(multi_, nullptr, 0, longest_nap_ms, nullptr);
  }
  finish_all();
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
    // A name that is still being resolved would otherwise hold up the thread until the resolver gives up.
    set(*found->second, CURLOPT_QUICK_EXIT, 1L);
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
    transfer = std::make_unique<Transfer>();
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
      set(*active_.begin()->second, CURLOPT_QUICK_EXIT, 1L);
      finish(active_.begin()->second->easy.get(), going);
    }
  }
}

HttpClient::HttpClient(std::size_t idle_connections) : loop_(std::make_unique<Loop>(idle_connections)) {}

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
