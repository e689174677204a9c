#include "adapters/transport/websocket_client.h"

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include <cpprest/ws_client.h>
#include <openssl/ssl.h>

namespace osrbot {

namespace {

namespace ws = web::websockets::client;
using std::chrono::steady_clock;

/// What cpprest takes for a URL its WebSocket library may still refuse, in a way that can never be cleaned up.
bool is_websocket_url(std::string_view url) {
  for (const std::string_view scheme : {"wss://", "ws://"}) {
    if (!url.starts_with(scheme)) continue;
    const auto authority = url.substr(scheme.size(), url.find_first_of("/?", scheme.size()) - scheme.size());
    const auto colon = authority.rfind(':');
    const auto host = authority.substr(0, colon);
    int port = 1;
    if (colon != std::string_view::npos) {
      const auto digits = authority.substr(colon + 1);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
      if (error != std::errc() || end != digits.data() + digits.size()) return false;
    }
    constexpr std::string_view of_a_host = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    return !host.empty() && host.find_first_not_of(of_a_host) == std::string_view::npos && port > 0 && port < 65536 &&
           web::uri::validate(std::string(url));
  }
  return false;
}

/// cpprest ends the process for an exception that nobody looks at.
bool succeeded(const pplx::task<void>& task) {
  try {
    task.get();
    return true;
  } catch (const std::exception&) {
    return false;  // the close handler says what there is to say
  }
}

}  // namespace

/// Shared with cpprest's handlers, which may come late.
class WebSocketClient::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(const WebSocketOptions& options, WebSocketEvents events)
      : largest_message_(options.largest_message),
        events_(std::make_shared<const WebSocketEvents>(std::move(events))),
        connecting_(connected_),
        client_(config(options)) {}

  void connect(const std::string& url) {
    client_.set_message_handler([this](const ws::websocket_incoming_message& message) { hear(message); });
    client_.set_close_handler([this](ws::websocket_close_status, const utility::string_t& reason,
                                     const std::error_code& error) { end(reason, error); });
    const auto self = shared_from_this();
    client_.connect(url).then([self](const pplx::task<void>& task) {
      if (succeeded(task)) self->opened();
      self->connected_.set();
    });
  }

  bool send(std::string_view text) {
    {
      const std::lock_guard lock(mutex_);
      if (!open_) return false;
    }
    ws::websocket_outgoing_message message;
    message.set_utf8_message(std::string(text));
    client_.send(message).then([](const pplx::task<void>& task) { succeeded(task); });
    return true;
  }

  WebSocketSend sender() {
    return [weak = weak_from_this()](std::string_view text) {
      const auto connection = weak.lock();
      return connection && connection->send(text);
    };
  }

  void close() {
    {
      const std::lock_guard lock(events_mutex_);
      events_.reset();
    }
    {
      const std::lock_guard lock(mutex_);
      open_ = false;
      if (std::exchange(closing_, true)) return;
    }
    // What is still connecting can be closed only when that has come to its end.
    const auto self = shared_from_this();
    connecting_.then([self](const pplx::task<void>&) { return self->client_.close(); })
        .then([self](const pplx::task<void>& task) {
          succeeded(task);
          const std::lock_guard lock(self->mutex_);
          self->gone_ = true;
          self->changed_.notify_all();
        });
  }

  void wait_until_gone() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return gone_; });
  }

  bool gone() const {
    const std::lock_guard lock(mutex_);
    return gone_;
  }

  steady_clock::time_point last_heard() const { return last_heard_.load(); }

 private:
  ws::websocket_client_config config(const WebSocketOptions& options) {
    ws::websocket_client_config config;
    for (const auto& [name, value] : options.headers) config.headers().add(name, value);
    // Pings are answered below the handler for messages: seen from here, records of TLS are all that shows them.
    config.set_ssl_context_callback([this](boost::asio::ssl::context& context) {
      SSL_CTX_set_msg_callback_arg(context.native_handle(), this);
      SSL_CTX_set_msg_callback(context.native_handle(),
                               [](int written, int, int, const void*, std::size_t, SSL*, void* self) {
                                 if (written == 0) static_cast<Connection*>(self)->last_heard_ = steady_clock::now();
                               });
    });
    return config;
  }

  template <typename Event, typename... Arguments>
  void tell(Event WebSocketEvents::*event, const Arguments&... arguments) {
    const std::lock_guard lock(events_mutex_);
    const auto events = events_;
    if (!events || !((*events).*event)) return;
    // An exception would end the process.
    try {
      ((*events).*event)(arguments...);
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): events are to handle their own
    }
  }

  void opened() {
    const std::lock_guard in_order(events_mutex_);  // no message is told before
    {
      const std::lock_guard lock(mutex_);
      if (closing_ || ended_ || std::exchange(open_, true)) return;
    }
    tell(&WebSocketEvents::opened);
  }

  void hear(const ws::websocket_incoming_message& message) {
    last_heard_ = steady_clock::now();
    opened();  // the first message may overtake the news that the connection is made
    if (message.message_type() != ws::websocket_message_type::text_message) return;
    if (message.length() > largest_message_) {
      tell(&WebSocketEvents::closed, std::string("the peer sent an absurdly long message"));
      return close();
    }
    std::string text;
    try {
      text = message.extract_string().get();  // is there already: this does not wait
    } catch (const std::exception&) {
      return;
    }
    tell(&WebSocketEvents::message, text, sender());
  }

  void end(const std::string& reason, const std::error_code& error) {
    {
      const std::lock_guard lock(mutex_);
      open_ = false;
      ended_ = true;
    }
    auto why = error ? error.message() : "closed by the peer";
    if (!reason.empty()) why += ": " + reason;
    tell(&WebSocketEvents::closed, why);
  }

  const std::size_t largest_message_;
  std::atomic<steady_clock::time_point> last_heard_{steady_clock::now()};

  std::recursive_mutex events_mutex_;  // guards events_, and is held while one runs: after close() none comes
  std::shared_ptr<const WebSocketEvents> events_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool open_ = false;
  bool ended_ = false;
  bool closing_ = false;
  bool gone_ = false;

  pplx::task_completion_event<void> connected_;  ///< or failed to
  pplx::task<void> connecting_;
  ws::websocket_callback_client client_;
};

WebSocketClient::WebSocketClient(const WebSocketOptions& options, WebSocketEvents events) {
  if (!is_websocket_url(options.url)) throw std::invalid_argument("the WebSocket's URL is none");
  connection_ = std::make_shared<Connection>(options, std::move(events));
  connection_->connect(options.url);
}

WebSocketClient::~WebSocketClient() {
  connection_->close();
  connection_->wait_until_gone();
}

WebSocketSend WebSocketClient::sender() const {
  return connection_->sender();
}

void WebSocketClient::close() {
  connection_->close();
}

bool WebSocketClient::gone() const {
  return connection_->gone();
}

steady_clock::time_point WebSocketClient::last_heard() const {
  return connection_->last_heard();
}

}  // namespace osrbot
