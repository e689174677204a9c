#include "adapters/transport/http_server.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include <cpprest/http_listener.h>
#include <fmt/format.h>
#include <pplx/threadpool.h>

namespace osrbot {

namespace {

namespace http = web::http;
using CppRestListener = http::experimental::listener::http_listener;

constexpr std::chrono::seconds longest_write{1};

ServerResponse plain(int status, std::string text) {
  return {.status = status, .body = std::move(text), .content_type = "text/plain; charset=utf-8", .headers = {}};
}

/// The listener has answered what cannot be decoded.
std::string path_of(const http::http_request& request) {
  return web::uri::decode(request.relative_uri().path());
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

void set_server_threads(std::size_t threads) {
  crossplat::threadpool::initialize_with_threads(threads);
}

std::string_view ServerRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

/// Shared with every answer under way, which may outlive the server.
class HttpServer::Listener : public std::enable_shared_from_this<HttpServer::Listener> {
 public:
  Listener(HttpServerOptions options, Log log) : options_(std::move(options)), log_(std::move(log)) {}

  void route(std::string path, Handler handler) {
    routes_.insert_or_assign(std::move(path), Route{.handler = std::move(handler)});
  }
  void start();
  void stop();

 private:
  class Exchange;

  /// Requests that wait long for their answer take the places of their own path only: /readyz says why they do.
  struct Route {
    Handler handler;
    std::size_t under_way = 0;  ///< guarded by mutex_
  };
  struct UnderWay {
    std::weak_ptr<Exchange> exchange;
    Route* route;
  };

  void accept(const http::http_request& request);
  void dispatch(const std::shared_ptr<Exchange>& exchange, const Route& route, const http::http_request& request,
                std::string body);
  void send(std::uint64_t id, const http::http_request& request, ServerResponse response);
  void sent(std::uint64_t id);

  const HttpServerOptions options_;
  const Log log_;
  std::unordered_map<std::string, Route> routes_;  // which and whereto: constant from start() on
  std::unique_ptr<CppRestListener> listener_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable drained_;
  std::unordered_map<std::uint64_t, UnderWay> under_way_;
  std::uint64_t last_id_ = 0;
  bool stopping_ = false;
};

/// One request that is owed exactly one answer.
class HttpServer::Listener::Exchange {
 public:
  Exchange(std::shared_ptr<Listener> listener, std::uint64_t id, http::http_request request)
      : listener_(std::move(listener)), id_(id), request_(std::move(request)) {}
  ~Exchange() { answer(plain(500, "no answer\n")); }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  void answer(ServerResponse response) {
    if (!answered_.exchange(true)) listener_->send(id_, request_, std::move(response));
  }

 private:
  const std::shared_ptr<Listener> listener_;
  const std::uint64_t id_;
  const http::http_request request_;
  std::atomic<bool> answered_ = false;
};

void HttpServer::Listener::start() {
  const std::string address = fmt::format("http://{}:{}/", options_.address, options_.port);
  try {
    listener_ = std::make_unique<CppRestListener>(address);
    listener_->support([weak = weak_from_this()](const http::http_request& request) {
      if (const auto self = weak.lock()) self->accept(request);
    });
    listener_->open().get();
  } catch (const std::exception& error) {
    listener_.reset();
    throw std::runtime_error(fmt::format("cannot listen on {}: {}", address, error.what()));
  }
}

void HttpServer::Listener::stop() {
  std::vector<std::shared_ptr<Exchange>> late;
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    drained_.wait_for(lock, options_.grace, [&] { return under_way_.empty(); });
    for (const auto& [key, open] : under_way_) {
      if (auto alive = open.exchange.lock()) late.push_back(std::move(alive));
    }
  }
  for (const auto& exchange : late) exchange->answer(plain(503, "shutting down\n"));
  late.clear();
  if (!listener_) return;
  {
    // Closing would cut off answers that are still being written.
    std::unique_lock lock(mutex_);
    drained_.wait_for(lock, longest_write, [&] { return under_way_.empty(); });
  }
  try {
    listener_->close().get();
  } catch (const std::exception& error) {
    log_(LogLevel::warning, fmt::format("closing the HTTP server: {}", error.what()));
  }
  listener_.reset();
}

void HttpServer::Listener::accept(const http::http_request& request) {
  const auto found = routes_.find(path_of(request));
  std::shared_ptr<Exchange> exchange;
  const char* refusal = nullptr;
  {
    const std::lock_guard lock(mutex_);
    exchange = std::make_shared<Exchange>(shared_from_this(), ++last_id_, request);
    if (stopping_) {
      refusal = "shutting down\n";
    } else if (found != routes_.end() && found->second.under_way >= options_.in_flight) {
      refusal = "too many requests at a time\n";
    } else if (found != routes_.end()) {
      ++found->second.under_way;
      under_way_.emplace(last_id_, UnderWay{exchange, &found->second});
    }
  }
  if (refusal != nullptr) {
    auto response = plain(503, refusal);
    response.headers.emplace_back("Retry-After", "1");
    return exchange->answer(std::move(response));
  }
  if (found == routes_.end()) return exchange->answer(plain(404, "not found\n"));
  const Route& route = found->second;
  const bool has_body = request.method() == http::methods::POST || request.method() == http::methods::PUT;
  if (!has_body) return dispatch(exchange, route, request, {});
  // Without a length there is no telling how much would have to be kept in memory.
  if (!request.headers().has(http::header_names::content_length)) {
    return exchange->answer(plain(411, "Content-Length is missing\n"));
  }
  if (request.headers().content_length() > options_.largest_body) {
    return exchange->answer(plain(413, fmt::format("more than {} bytes\n", options_.largest_body)));
  }
  request.extract_vector().then(
      [self = shared_from_this(), exchange, &route, request](const pplx::task<std::vector<unsigned char>>& task) {
        // Nothing may escape from here: cpprest ends the process for an exception that nobody looks at.
        try {
          const auto bytes = task.get();
          self->dispatch(exchange, route, request, std::string(bytes.begin(), bytes.end()));
        } catch (const std::exception& error) {
          self->log_(LogLevel::warning, fmt::format("reading an HTTP request: {}", error.what()));
        }
      });
}

void HttpServer::Listener::dispatch(const std::shared_ptr<Exchange>& exchange, const Route& route,
                                    const http::http_request& request, std::string body) {
  try {
    ServerRequest in{.method = request.method(),
                     .path = path_of(request),
                     .query = request.relative_uri().query(),
                     .headers = {},
                     .body = std::move(body)};
    for (const auto& [name, value] : request.headers()) in.headers.emplace_back(lower_case(name), value);
    route.handler(std::move(in), [exchange](ServerResponse response) { exchange->answer(std::move(response)); });
  } catch (const std::exception& error) {
    log_(LogLevel::error,
         fmt::format("answering {} {}: {}", request.method(), request.relative_uri().path(), error.what()));
    exchange->answer(plain(500, "internal error\n"));
  }
}

void HttpServer::Listener::send(std::uint64_t id, const http::http_request& request, ServerResponse response) {
  http::http_response out(static_cast<http::status_code>(response.status));
  out.set_body(std::move(response.body), response.content_type);
  for (const auto& [name, value] : response.headers) out.headers().add(name, value);
  request.reply(out).then([self = shared_from_this(), id](const pplx::task<void>& task) {
    try {
      task.get();
    } catch (const std::exception& error) {
      self->log_(LogLevel::debug, fmt::format("an HTTP client went away before its answer: {}", error.what()));
    }
    self->sent(id);
  });
}

void HttpServer::Listener::sent(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto done = under_way_.find(id);
  if (done == under_way_.end()) return;
  --done->second.route->under_way;
  under_way_.erase(done);
  if (under_way_.empty()) drained_.notify_all();
}

HttpServer::HttpServer(HttpServerOptions options, Log log)
    : listener_(std::make_shared<Listener>(std::move(options), std::move(log))) {}

HttpServer::~HttpServer() {
  stop();
}

void HttpServer::route(std::string path, Handler handler) {
  listener_->route(std::move(path), std::move(handler));
}

void HttpServer::start() {
  listener_->start();
}

void HttpServer::stop() {
  listener_->stop();
}

}  // namespace osrbot
