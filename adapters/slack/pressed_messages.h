// Changes messages whose buttons were pressed, one change after the other.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/log.h"
#include "adapters/slack/update_reader.h"
#include "adapters/slack/web_api.h"

namespace osrbot::slack {

/// Two people, or one with two quick presses, press buttons of a message that Slack has not redrawn yet: what Slack
/// tells of the second press still has the first button, and two changes under way may overtake each other. So each
/// change begins with what the message was last made here, and no change is sent before the one ahead of it is done.
///
/// Remembers the latest messages, bounded and in memory only: after a restart what Slack tells is all there is.
/// Thread-safe. Must outlive the HTTP client, which calls it back.
class PressedMessages {
 public:
  PressedMessages(WebApi& api, Log log) : api_(api), log_(std::move(log)) {}

  /// Returns at once. A change that Slack does not take is not tried again: the next press makes it good.
  void change(const Press& press, const std::string& response_url);

 private:
  struct Change {
    std::string url;
    std::string body;
  };
  struct Shown {
    std::string message;
    std::string blocks;          ///< JSON
    std::optional<Change> next;  ///< the newest, which holds all before it
    bool under_way = false;
  };

  Shown& shown(const std::string& message);
  void send(const std::string& message, Change change);
  void sent(const std::string& message);

  WebApi& api_;
  const Log log_;
  std::mutex mutex_;           // guards what follows
  std::list<Shown> messages_;  ///< the latest first
};

}  // namespace osrbot::slack
