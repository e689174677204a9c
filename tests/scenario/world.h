// The world of a transcript: the real engine, router, commands and database, with platforms of straw and a clock whose
// hands the transcript turns. Only the network and the threads are missing.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/message.h"
#include "adapters/update.h"
#include "commands/catalogue.h"
#include "commands/vocabulary.h"
#include "config/config.h"
#include "storage/sql.h"
#include "tests/fakes/fake_clock.h"

namespace osrbot::scenario {

/// A message that reached its readers.
struct Said {
  Place to;
  Message message;
  std::string message_id;
  std::string reply_to;
};

class World {
 public:
  /// `folder` takes the database; it lives through kills.
  World(const std::filesystem::path& folder, const std::filesystem::path& resources);
  ~World();

  /// Delivers an update as its platform would, and lets the bot work until it has nothing left to do.
  void happens(Update update);

  /// Turns the clock, and lets happen on the way what is due.
  void advance(std::chrono::seconds by);

  /// Ends the program between two instructions, as SIGKILL would, and starts it again.
  void kill();

  /// Ends the program, and starts it again after a time in which nothing happened.
  void stay_away(std::chrono::seconds time);

  /// The next answers are committed but leave nobody's desk: then the bot is killed.
  void kill_before_next_answer() { dies_before_answering_ = true; }

  // What the platforms do.
  void set_down(const std::string& platform, bool down);
  void cannot_reach(const std::string& platform, const std::string& conversation, Obstacle why = Obstacle::other);
  void can_reach(const std::string& platform, const std::string& conversation);

  /// What the bot has said since the last call, in order.
  std::vector<Said> take_said();

  /// Failures that the bot wrote to its log since the last call.
  std::vector<std::string> take_failures();

  /// The bot's own connection, to look into.
  storage::Connection& db();

  Config& config() { return config_; }
  std::chrono::sys_seconds now() const { return clock_.now(); }

 private:
  struct Process;

  void start();
  void work();
  bool send_and_receive();

  std::filesystem::path database_;
  std::filesystem::path resources_;
  Config config_;
  Catalogue words_;
  Vocabulary vocabulary_;
  fakes::FakeClock clock_;
  std::unique_ptr<Process> process_;
  bool dies_before_answering_ = false;
  std::set<std::string> down_;
  std::map<std::string, Obstacle> unreachable_;  ///< "platform conversation"
  std::vector<Said> said_;
  std::vector<std::string> failures_;
  std::uint64_t messages_ = 0;
};

}  // namespace osrbot::scenario
