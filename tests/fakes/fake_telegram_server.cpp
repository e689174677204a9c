// The fake Telegram as a program: for load runs, and for trying the bot without an account.
#include <algorithm>
#include <cctype>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "tests/fakes/fake_telegram.h"
#include "tests/fakes/telegram_updates.h"

namespace {

using namespace osrbot::fakes;
using nlohmann::json;

constexpr const char* about =
    "A Telegram Bot API on loopback. Point the bot to it with OSRBOT_TELEGRAM_BASE_URL and OSRBOT_TELEGRAM_TOKEN.\n"
    "Lines typed here are what people do:\n"
    "  ana: /help              Ana writes in the group\n"
    "  ana (private): /start   Ana writes to the bot\n"
    "  ana presses Claim       Ana presses the button under the newest message that has it\n"
    "  ana joins               Ana joins the group\n"
    "What the bot sends is printed. The program ends on Ctrl-C, and fails when the bot broke a rule of the Bot API.";

const TelegramChat group{.id = -1001000000001, .type = "supergroup", .title = "Team"};

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r");
  const auto end = text.find_last_not_of(" \t\r");
  return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
}

std::string as_json(const SentMessage& message) {
  json buttons = json::array();
  for (const auto& row : message.buttons) {
    for (const auto& button : row)
      buttons.push_back({{"label", button.label}, {"data", button.data}, {"url", button.url}});
  }
  return json{{"message_id", message.message_id}, {"chat", message.chat}, {"topic", message.topic},
              {"reply_to", message.reply_to},     {"text", message.text}, {"buttons", std::move(buttons)}}
      .dump();
}

class Stage {
 public:
  Stage(FakeTelegram& telegram, const std::string& log_path, bool quiet) : telegram_(telegram), quiet_(quiet) {
    if (log_path.empty()) return;
    log_.open(log_path, std::ios::app);
    if (!log_) throw std::runtime_error("cannot write " + log_path);
  }

  /// Does what a line says; false when it says nothing that is known.
  bool act(const std::string& line) {
    const auto colon = line.find(':');
    if (const auto presses = line.find(" presses "); presses < colon) {
      return press(person(line.substr(0, presses)), trimmed(line.substr(presses + 9)));
    }
    if (line.ends_with(" joins")) {
      telegram_.push(join_update(group, person(line.substr(0, line.size() - 6)), ++last_message_, std::time(nullptr)));
      return true;
    }
    if (colon == std::string::npos) return false;
    auto name = trimmed(line.substr(0, colon));
    const bool is_private = name.ends_with("(private)");
    if (is_private) name = trimmed(name.substr(0, name.size() - 9));
    if (name.empty()) return false;
    const auto& from = person(name);
    telegram_.push(text_update(is_private ? private_chat(from) : group, from, ++last_message_,
                               trimmed(line.substr(colon + 1)), std::time(nullptr)));
    return true;
  }

  void show_new() {
    for (auto& message : telegram_.sent(shown_)) {
      ++shown_;
      if (log_.is_open()) log_ << as_json(message) << '\n' << std::flush;
      if (!quiet_) show(message);
      newest_.push_back(std::move(message));
      if (newest_.size() > 200) newest_.erase(newest_.begin());
    }
  }

 private:
  const TelegramPerson& person(const std::string& written) {
    const auto name = trimmed(written);
    const auto known = people_.find(name);
    if (known != people_.end()) return known->second;
    const auto id = 1001 + static_cast<std::int64_t>(people_.size());
    return people_.emplace(name, TelegramPerson{.id = id, .first_name = name, .username = name}).first->second;
  }

  bool press(const TelegramPerson& who, const std::string& label) {
    for (auto message = newest_.rbegin(); message != newest_.rend(); ++message) {
      for (const auto& row : message->buttons) {
        for (const auto& button : row) {
          if (button.label != label || button.data.empty()) continue;
          const auto chat = message->chat == group.id ? group : private_chat(who);
          telegram_.push(button_update(chat, who, message->message_id, std::to_string(++last_callback_), button.data));
          return true;
        }
      }
    }
    return false;
  }

  void show(const SentMessage& message) const {
    std::string where = message.chat == group.id ? "group" : std::to_string(message.chat);
    for (const auto& [name, who] : people_) {
      if (who.id == message.chat) where = "to " + name;
    }
    std::cout << "bot (" << where << "): " << message.text << '\n';
    for (const auto& row : message.buttons) {
      for (const auto& button : row) std::cout << "  [" << button.label << ']';
      std::cout << '\n';
    }
    std::cout << std::flush;
  }

  FakeTelegram& telegram_;
  const bool quiet_;
  std::ofstream log_;
  std::map<std::string, TelegramPerson> people_;
  std::vector<SentMessage> newest_;
  std::size_t shown_ = 0;
  std::int64_t last_message_ = 0;
  std::int64_t last_callback_ = 0;
};

void push_file(FakeTelegram& telegram, const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) telegram.push(line);
  }
}

/// Reads what has been typed; false at the end of the input.
bool read_lines(Stage& stage, std::string& pending) {
  char buffer[4096];
  const auto bytes = read(STDIN_FILENO, buffer, sizeof buffer);
  if (bytes <= 0) return false;
  pending.append(buffer, static_cast<std::size_t>(bytes));
  for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
    const auto line = trimmed(pending.substr(0, end));
    pending.erase(0, end + 1);
    if (!line.empty() && !stage.act(line)) std::cout << "not understood; try --help\n" << std::flush;
  }
  return true;
}

void run(Stage& stage, int signals) {
  std::string pending;
  bool typing = true;
  for (;;) {
    pollfd fds[] = {{signals, POLLIN, 0}, {typing ? STDIN_FILENO : -1, POLLIN, 0}};
    poll(fds, 2, 50);
    if (fds[0].revents != 0) return;
    if (fds[1].revents != 0) typing = read_lines(stage, pending);
    stage.show_new();
  }
}

}  // namespace

int main(int argc, char** argv) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);

  FakeTelegramOptions options;
  options.port = 8081;
  std::string updates;
  std::string log;
  int delay = 0;
  bool quiet = false;
  CLI::App app(about);
  app.add_option("--port", options.port, "port on 127.0.0.1; 0: any that is free")->capture_default_str();
  app.add_option("--token", options.token, "the bot's token")->capture_default_str();
  app.add_option("--username", options.username, "the bot's name")->capture_default_str();
  app.add_option("--updates", updates, "file of updates to begin with, one JSON object a line, without update_id");
  app.add_option("--log", log, "file to which every sent message is added, one JSON object a line");
  app.add_option("--delay", delay, "milliseconds before each answer: a far server")->check(CLI::Range(0, 60'000));
  app.add_flag("--quiet", quiet, "do not print what is sent");
  CLI11_PARSE(app, argc, argv);
  options.delay = std::chrono::milliseconds(delay);

  try {
    FakeTelegram telegram(options);
    Stage stage(telegram, log, quiet);
    if (!updates.empty()) push_file(telegram, updates);
    std::cout << fmt::format("OSRBOT_TELEGRAM_BASE_URL={} OSRBOT_TELEGRAM_TOKEN={}\n", telegram.url(), options.token)
              << std::flush;
    run(stage, signalfd(-1, &signals, SFD_CLOEXEC));
    stage.show_new();
    std::cout << fmt::format("{} polls, {} messages, {} updates left\n", telegram.calls("getUpdates"),
                             telegram.sent_count(), telegram.unconfirmed());
    for (const auto& rule : telegram.violations()) std::cout << "broken rule: " << rule << '\n';
    return telegram.violations().empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "fake_telegram_server: " << error.what() << '\n';
    return 2;
  }
}
