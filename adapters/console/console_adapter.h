// The built-in platform: a conversation with the bot at a terminal, as any person, in any room.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/console/terminal.h"

namespace osrbot::console {

/// Whoever sits at the console chooses who to be (`/as ana`) and where (`/in #general`), and sees everything that the
/// bot says, to whomever. Ids are the names in lower case; a room's begins with '#'. A number presses the button of
/// that number under the last message with buttons in the same conversation. Lines go to the bot one by one: the next
/// is read when all answers to the last are shown, so that a file of lines gives the same output every time.
class ConsoleAdapter final : public Adapter {
 public:
  /// The person who starts at the console; in rooms it administers.
  static constexpr std::string_view operator_name = "operator";

  explicit ConsoleAdapter(std::unique_ptr<Terminal> terminal,
                          std::function<std::chrono::sys_seconds()> now = system_time,
                          std::filesystem::path folder = ".");

  std::string_view name() const override { return "console"; }
  Capabilities capabilities() const override;
  void publish(const Menus& menus) override;

  /// Returns at the end of the input or after `/quit`, with every answer shown, when the output is closed, or when
  /// `stop` is requested. The cursor is the number of updates delivered so far, over all runs: it makes the keys.
  void receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) override;

  /// Shows the message and calls `done` before it returns. A file is kept in the folder when a person sits at the
  /// terminal, and shown otherwise.
  void send(OutboundMessage message, std::function<void(Delivery)> done) override;

 private:
  static std::chrono::sys_seconds system_time();

  struct Choices {
    std::string message_id;
    std::vector<Button> buttons;
  };

  bool read_line(std::string line);
  bool own_command(std::string_view verb, std::string_view argument);
  void become(std::string_view name);
  void enter(std::string_view room);
  void describe();
  bool press(std::string_view line);
  void say(std::string_view line);
  bool deliver(UpdateKind kind, std::string text, std::string message_id, bool addressed);
  void wait_until_quiet();
  Update update_here() const;
  std::string prompt() const;
  std::string deliver_file(const File& file) const;
  void note(std::string_view text);

  std::unique_ptr<Terminal> terminal_;
  std::function<std::chrono::sys_seconds()> now_;
  std::filesystem::path folder_;      ///< where files go
  const Deliver* deliver_ = nullptr;  ///< set while receive() runs
  std::uint64_t delivered_ = 0;
  bool stopping_ = false;
  std::string me_{operator_name};
  std::set<std::string> people_;
  std::set<std::string> rooms_;
  std::vector<MenuEntry> menu_;

  std::atomic<std::uint64_t> sent_{0};
  std::atomic<bool> deserted_ = false;  ///< nobody sees any more what is shown
  mutable std::mutex mutex_;
  Place here_;                              ///< guarded by mutex_, like the rest: send() reads it
  std::map<std::string, Choices> choices_;  ///< by conversation
};

}  // namespace osrbot::console
