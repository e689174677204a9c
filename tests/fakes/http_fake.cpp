#include "tests/fakes/http_fake.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace osrbot::fakes {

namespace {

constexpr std::uint64_t listener_tag = 0;
constexpr std::uint64_t wakeup_tag = 1;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

int listen_on_loopback(std::uint16_t& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(fd, 512) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    const int error = errno;
    close(fd);
    errno = error;
    fail("listening on 127.0.0.1");
  }
  port = ntohs(address.sin_port);
  return fd;
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    default:
      return "Status";
  }
}

/// The length of the request at the front of `in`, or 0 when it is not complete. Fills `request`.
std::size_t parse(std::string_view in, FakeRequest& request) {
  const auto head = in.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const auto first_line = in.substr(0, in.find("\r\n"));
  const auto method_end = first_line.find(' ');
  const auto target_end = first_line.rfind(' ');
  if (method_end == std::string_view::npos || target_end <= method_end) return 0;
  request.method = first_line.substr(0, method_end);
  request.target = first_line.substr(method_end + 1, target_end - method_end - 1);
  request.headers = in.substr(first_line.size() + 2, head - first_line.size());
  std::size_t length = 0;
  const auto declared = request.header("content-length");
  std::from_chars(declared.data(), declared.data() + declared.size(), length);
  if (in.size() < head + 4 + length) return 0;
  request.body = in.substr(head + 4, length);
  return head + 4 + length;
}

}  // namespace

std::string_view FakeRequest::header(std::string_view name) const {
  auto rest = headers;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !same_name(line.substr(0, colon), name)) continue;
    auto value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    return value;
  }
  return {};
}

HttpFake::HttpFake(Handler handler, std::uint16_t port)
    : handler_(std::move(handler)), port_(port), last_connection_(wakeup_tag) {
  listener_ = listen_on_loopback(port_);
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  wakeup_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (epoll_ < 0 || wakeup_ < 0) fail("epoll");
  epoll_event event{.events = EPOLLIN, .data = {.u64 = listener_tag}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
  event.data.u64 = wakeup_tag;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &event);
  thread_ = std::thread([this] { run(); });
}

HttpFake::~HttpFake() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  eventfd_write(wakeup_, 1);
  thread_.join();
  for (const auto& [id, peer] : peers_) close(peer.fd);
  close(wakeup_);
  close(epoll_);
  close(listener_);
}

void HttpFake::post(std::function<void()> work) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = posted_.empty();
    posted_.push_back(std::move(work));
  }
  if (first) eventfd_write(wakeup_, 1);
}

void HttpFake::post_after(std::chrono::milliseconds delay, std::function<void()> work) {
  timers_.emplace(Clock::now() + delay, std::move(work));
}

int HttpFake::next_timeout() const {
  if (timers_.empty()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers_.begin()->first - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

void HttpFake::run_timers() {
  while (!timers_.empty() && timers_.begin()->first <= Clock::now()) {
    const auto due = timers_.extract(timers_.begin());
    due.mapped()();
  }
}

void HttpFake::run_posted() {
  std::vector<std::function<void()>> work;
  {
    const std::lock_guard lock(mutex_);
    work.swap(posted_);
  }
  for (const auto& piece : work) piece();
}

void HttpFake::run() {
  std::array<epoll_event, 256> events;
  for (;;) {
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), next_timeout());
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 == listener_tag) {
        accept_all();
      } else if (event.data.u64 == wakeup_tag) {
        eventfd_t ignored = 0;
        eventfd_read(wakeup_, &ignored);
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
      } else {
        if ((event.events & EPOLLOUT) != 0) write_to(event.data.u64);
        if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) read_from(event.data.u64);
      }
    }
    run_posted();
    run_timers();
  }
}

void HttpFake::accept_all() {
  for (;;) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const Connection id = ++last_connection_;
    peers_[id].fd = fd;
    epoll_event event{.events = EPOLLIN, .data = {.u64 = id}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  }
}

void HttpFake::read_from(Connection connection) {
  const auto found = peers_.find(connection);
  if (found == peers_.end()) return;
  std::array<char, 65536> buffer;
  const auto bytes = recv(found->second.fd, buffer.data(), buffer.size(), 0);
  if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (bytes <= 0) return close_peer(connection);
  found->second.in.append(buffer.data(), static_cast<std::size_t>(bytes));
  handle_requests(connection);
}

void HttpFake::handle_requests(Connection connection) {
  for (;;) {
    const auto found = peers_.find(connection);
    if (found == peers_.end()) return;
    auto& peer = found->second;
    if (peer.waiting || peer.close_when_sent) return;
    FakeRequest request;
    const auto length = parse(std::string_view(peer.in).substr(peer.taken), request);
    if (length == 0) {
      peer.in.erase(0, std::exchange(peer.taken, 0));
      return;
    }
    peer.taken += length;
    peer.waiting = true;
    if (const auto reply = handler_(connection, request)) answer(connection, *reply);
  }
}

void HttpFake::answer(Connection connection, const FakeAnswer& answer) {
  const auto found = peers_.find(connection);
  if (found == peers_.end() || !found->second.waiting) return;
  auto& peer = found->second;
  peer.waiting = false;
  const auto begin = peer.out.size();
  peer.out += "HTTP/1.1 ";
  peer.out += std::to_string(answer.status);
  peer.out += ' ';
  peer.out += reason(answer.status);
  peer.out += "\r\nContent-Type: ";
  peer.out += answer.content_type;
  peer.out += "\r\n";
  peer.out += answer.more_headers;
  peer.out += "Content-Length: ";
  peer.out += std::to_string(answer.body.size());
  peer.out += "\r\n\r\n";
  peer.out += answer.body;
  if (answer.close_after) {
    peer.out.resize(std::min(peer.out.size(), begin + *answer.close_after));
    peer.close_when_sent = true;
  }
  write_to(connection);
}

void HttpFake::begin(Connection connection, std::string_view content_type) {
  const auto found = peers_.find(connection);
  if (found == peers_.end() || !found->second.waiting) return;
  found->second.out +=
      "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(content_type) + "\r\nConnection: close\r\n\r\n";
  write_to(connection);
}

void HttpFake::send(Connection connection, std::string_view bytes) {
  const auto found = peers_.find(connection);
  if (found == peers_.end()) return;
  found->second.out += bytes;
  write_to(connection);
}

void HttpFake::hang_up(Connection connection) {
  const auto found = peers_.find(connection);
  if (found == peers_.end()) return;
  found->second.close_when_sent = true;
  write_to(connection);
}

void HttpFake::write_to(Connection connection) {
  const auto found = peers_.find(connection);
  if (found == peers_.end()) return;
  auto& peer = found->second;
  while (!peer.out.empty()) {
    const auto sent = ::send(peer.fd, peer.out.data(), peer.out.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return watch(connection, true);
    if (sent < 0) return close_peer(connection);
    peer.out.erase(0, static_cast<std::size_t>(sent));
  }
  if (peer.close_when_sent) return close_peer(connection);
  if (peer.wants_to_write) {
    watch(connection, false);
    handle_requests(connection);
  }
}

void HttpFake::watch(Connection connection, bool writing) {
  auto& peer = peers_.at(connection);
  peer.wants_to_write = writing;
  epoll_event event{.events = writing ? EPOLLOUT : EPOLLIN, .data = {.u64 = connection}};
  epoll_ctl(epoll_, EPOLL_CTL_MOD, peer.fd, &event);
}

void HttpFake::close_peer(Connection connection) {
  const auto found = peers_.find(connection);
  if (found == peers_.end()) return;
  close(found->second.fd);
  peers_.erase(found);
}

std::uint16_t free_port() {
  std::uint16_t port = 0;
  close(listen_on_loopback(port));
  return port;
}

}  // namespace osrbot::fakes
