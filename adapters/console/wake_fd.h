// Lets one thread interrupt another that waits for input.
#pragma once

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace osrbot::console {

class WakeFd {
 public:
  WakeFd() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  ~WakeFd() { ::close(fd_); }
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  /// Any thread. Ends the current or the next wait_readable().
  void wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);  // fails only when it is awake already
  }

  /// Waits until `input` can be read, or is at its end (true), or until wake() (false).
  bool wait_readable(int input) {
    pollfd ends[] = {{input, POLLIN, 0}, {fd_, POLLIN, 0}};
    while (::poll(ends, 2, -1) < 0) {
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    }
    if (ends[1].revents == 0) return true;
    std::uint64_t count = 0;
    [[maybe_unused]] const auto drained = ::read(fd_, &count, sizeof count);
    return false;
  }

 private:
  int fd_;
};

}  // namespace osrbot::console
