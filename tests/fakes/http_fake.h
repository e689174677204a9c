// A small, fast HTTP/1.1 server on loopback on which fakes of the platforms are built: one thread, epoll, keep-alive,
// and the faults that real servers have.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace osrbot::fakes {

/// Views into the connection's buffer, valid during the handler's call.
struct FakeRequest {
  std::string_view method;
  std::string_view target;   ///< path and query as sent
  std::string_view headers;  ///< the raw lines
  std::string_view body;

  /// The value of a header, whatever its case; empty when it did not come.
  std::string_view header(std::string_view name) const;
};

struct FakeAnswer {
  int status = 200;
  std::string body = {};
  std::string content_type = "application/json";
  std::string more_headers = {};  ///< whole lines, each with its "\r\n"
  /// Close the connection when so many bytes of head and body are sent; no value: send all and keep the connection.
  std::optional<std::size_t> close_after = std::nullopt;
};

class HttpFake {
 public:
  using Connection = std::uint64_t;
  /// Runs on the server's thread. No value: the answer comes later through answer(), or never.
  using Handler = std::function<std::optional<FakeAnswer>(Connection, const FakeRequest&)>;

  /// Listens on 127.0.0.1; `port` 0: any that is free.
  explicit HttpFake(Handler handler, std::uint16_t port = 0);
  ~HttpFake();
  HttpFake(const HttpFake&) = delete;
  HttpFake& operator=(const HttpFake&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Runs `work` on the server's thread; from any thread.
  void post(std::function<void()> work);
  /// Runs `work` on the server's thread after `delay`. On the server's thread only.
  void post_after(std::chrono::milliseconds delay, std::function<void()> work);
  /// Begins an answer that does not end by itself: sends the head, then what send() adds, until hang_up(). On the
  /// server's thread only, like those; nothing happens when the connection is gone.
  void begin(Connection connection, std::string_view content_type = "application/json");
  void send(Connection connection, std::string_view bytes);
  void hang_up(Connection connection);
  /// Answers a request that the handler left open. On the server's thread only; nothing happens when it is gone.
  void answer(Connection connection, const FakeAnswer& answer);

 private:
  using Clock = std::chrono::steady_clock;

  struct Peer {
    int fd = -1;
    std::string in;
    std::size_t taken = 0;  ///< bytes of `in` that belong to requests already handed over
    std::string out;
    bool waiting = false;  ///< a request is with the handler
    bool close_when_sent = false;
    bool wants_to_write = false;
  };

  void run();
  void accept_all();
  void read_from(Connection connection);
  void handle_requests(Connection connection);
  void write_to(Connection connection);
  void close_peer(Connection connection);
  void watch(Connection connection, bool writing);
  void run_posted();
  int next_timeout() const;
  void run_timers();

  Handler handler_;
  int listener_ = -1;
  int epoll_ = -1;
  int wakeup_ = -1;
  std::uint16_t port_ = 0;
  Connection last_connection_;
  std::unordered_map<Connection, Peer> peers_;
  std::multimap<Clock::time_point, std::function<void()>> timers_;

  std::mutex mutex_;  // guards what follows
  std::vector<std::function<void()>> posted_;
  bool stopping_ = false;

  std::thread thread_;
};

/// A port on 127.0.0.1 that nobody listens on at this moment.
std::uint16_t free_port();

}  // namespace osrbot::fakes
