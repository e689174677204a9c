#include "adapters/console/piped_terminal.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace osrbot::console {

PipedTerminal::PipedTerminal(std::FILE* in, std::FILE* out) : in_(::fileno(in)), out_(out) {}

std::optional<std::string> PipedTerminal::next(const std::string&, std::stop_token stop) {
  const std::stop_callback wake(stop, [this] { wake_.wake(); });
  std::string line;
  while (!stop.stop_requested()) {
    const std::size_t end = buffer_.find('\n');
    if (line.size() < longest_line) line += buffer_.substr(0, std::min(end, longest_line - line.size()));
    if (end != std::string::npos) {
      buffer_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    buffer_.clear();
    if (at_end_) return line.empty() ? std::nullopt : std::optional(std::move(line));
    if (wake_.wait_readable(in_)) at_end_ = !fill();
  }
  return std::nullopt;
}

bool PipedTerminal::fill() {
  std::array<char, 16 * 1024> bytes;
  ssize_t count = 0;
  do {
    count = ::read(in_, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

bool PipedTerminal::show(std::string_view text) {
  const std::scoped_lock lock(output_);
  return std::fwrite(text.data(), 1, text.size(), out_) == text.size() && std::fflush(out_) == 0;
}

}  // namespace osrbot::console
