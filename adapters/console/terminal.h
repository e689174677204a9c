// Where the console adapter reads lines and shows text: a person's terminal or a pipe.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace osrbot::console {

/// Bytes of one line; a longer one is cut there.
inline constexpr std::size_t longest_line = 64 * 1024;

class Terminal {
 public:
  virtual ~Terminal() = default;

  /// Waits for the next line, without its end. Nothing: the input is at its end, or `stop` was requested. One thread.
  virtual std::optional<std::string> next(const std::string& prompt, std::stop_token stop) = 0;

  /// Shows whole lines, any time and from any thread, without spoiling a line that is being typed. False when nobody
  /// can see them because the output is closed.
  virtual bool show(std::string_view text) = 0;

  /// Whether a person sits there, who wants a prompt and a greeting.
  virtual bool is_interactive() const = 0;

  /// Whether ANSI escape sequences are shown as styles.
  virtual bool has_styles() const = 0;
};

/// A line editor with history where both ends are terminals, otherwise a pipe. The streams stay the caller's.
std::unique_ptr<Terminal> open_terminal(std::FILE* in, std::FILE* out);

}  // namespace osrbot::console
