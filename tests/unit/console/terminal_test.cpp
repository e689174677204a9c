#include "adapters/console/terminal.h"

#include <array>
#include <memory>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

using namespace osrbot::console;

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// A pipe to the terminal under test, and a file for what it shows.
struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
    in.reset(::fdopen(ends[0], "r"));
    writer.reset(::fdopen(ends[1], "w"));
    terminal = open_terminal(in.get(), out.get());
  }
  void write(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), writer.get());
    std::fflush(writer.get());
  }

  File in;
  File writer;
  File out{std::tmpfile()};
  std::unique_ptr<Terminal> terminal;
};

/// A pseudo-terminal with the terminal under test at one end and the test at the other.
struct Pty {
  Pty() {
    if (::openpty(&person, &program, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("openpty");
    in.reset(::fdopen(program, "r"));
    out.reset(::fdopen(::dup(program), "w"));
    terminal = open_terminal(in.get(), out.get());
  }
  ~Pty() { ::close(person); }
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;

  void type(std::string_view keys) {
    REQUIRE(::write(person, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }

  /// Reads the screen up to and with `text`.
  void await(std::string_view text) {
    while (!screen.contains(text)) {
      pollfd end{person, POLLIN, 0};
      REQUIRE_MESSAGE(::poll(&end, 1, 10'000) == 1, "never shown: " << text << "\nshown: " << screen);
      std::array<char, 4096> bytes;
      const ssize_t count = ::read(person, bytes.data(), bytes.size());
      REQUIRE(count > 0);
      screen.append(bytes.data(), static_cast<std::size_t>(count));
    }
    screen.erase(0, screen.find(text) + text.size());
  }

  /// Waits for the prompt and for the line editor behind it, which takes the keys from the kernel a moment later.
  void await_prompt(std::string_view prompt) {
    await(prompt);
    termios mode{};
    do {
      std::this_thread::yield();
      REQUIRE(::tcgetattr(person, &mode) == 0);
    } while ((mode.c_lflag & ICANON) != 0);
  }

  int person = -1;
  int program = -1;
  File in;
  File out;
  std::unique_ptr<Terminal> terminal;
  std::string screen;
};

}  // namespace

TEST_CASE("a pipe gives its lines, the last also without a line end, and then nothing") {
  Pipe pipe;
  pipe.write("one\r\n\ntwo é\nlast");
  pipe.writer.reset();
  CHECK_FALSE(pipe.terminal->is_interactive());
  CHECK(pipe.terminal->next("> ", {}) == "one");
  CHECK(pipe.terminal->next("> ", {}) == "");
  CHECK(pipe.terminal->next("> ", {}) == "two é");
  CHECK(pipe.terminal->next("> ", {}) == "last");
  CHECK(pipe.terminal->next("> ", {}) == std::nullopt);
  CHECK(pipe.terminal->next("> ", {}) == std::nullopt);
}

TEST_CASE("a line without end takes no more memory than the limit") {
  Pipe pipe;
  std::jthread typist([&] {
    pipe.write(std::string(10 * longest_line, 'x') + "\nnext\n");
    pipe.writer.reset();
  });
  CHECK(pipe.terminal->next("", {}).value().size() == longest_line);
  CHECK(pipe.terminal->next("", {}) == "next");
}

TEST_CASE("a terminal that waits for a line is interrupted by a stop") {
  std::stop_source stop;
  SUBCASE("a pipe") {
    Pipe pipe;
    std::jthread stopper([&] { stop.request_stop(); });
    CHECK(pipe.terminal->next("> ", stop.get_token()) == std::nullopt);
  }
  SUBCASE("a person's terminal") {
    Pty pty;
    std::jthread stopper([&] {
      pty.await_prompt("> ");
      stop.request_stop();
    });
    CHECK(pty.terminal->next("> ", stop.get_token()) == std::nullopt);
  }
}

TEST_CASE("a person edits lines in UTF-8 and gets earlier ones back") {
  Pty pty;
  CHECK(pty.terminal->is_interactive());
  std::jthread person([&] {
    pty.await_prompt("1> ");
    pty.type(
        "claim é1\x7F"
        "2\n");
    pty.await_prompt("2> ");
    pty.type("\x1b[A!\n");
    pty.await_prompt("3> ");
    pty.type("\x04");
  });
  CHECK(pty.terminal->next("1> ", {}) == "claim é2");
  CHECK(pty.terminal->next("2> ", {}) == "claim é2!");
  CHECK(pty.terminal->next("3> ", {}) == std::nullopt);
}

TEST_CASE("a message that comes while somebody types is shown above the line, which stays") {
  Pty pty;
  std::jthread bot([&] {
    pty.await_prompt("ana> ");
    pty.type("cla");
    pty.await("cla");
    pty.terminal->show("A reminder.\n");
    pty.await("A reminder.\r\n");
    pty.await("cla");
    pty.type("im T1\n");
  });
  CHECK(pty.terminal->next("ana> ", {}) == "claim T1");
}
