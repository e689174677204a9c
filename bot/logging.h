// The program's log: lines on standard error, for people or for a log collector. The only door to spdlog.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/log.h"
#include "config/config.h"

namespace osrbot {

/// Writes what the parts of the bot have to say, one event a line, at once (nothing is lost when the program dies).
///
///   text: 2026-05-04T10:11:12.345Z info telegram: polling from update 17 [update telegram:881]
///   json: {"time":"2026-05-04T10:11:12.345Z","level":"info","from":"telegram","message":"...","update":"telegram:881"}
///
/// What people write is never logged; that is the callers' duty. Line breaks, control characters and broken UTF-8 are
/// written as escapes, so that no text can look like another line or steer a terminal. Thread-safe.
class Logging {
 public:
  /// @param secrets are written as *** should one appear in a line in spite of everything
  Logging(const LogConfig& config, std::vector<Secret> secrets);
  /// The same into `out`, for tests.
  Logging(const LogConfig& config, std::vector<Secret> secrets, std::ostream& out);
  ~Logging();
  Logging(const Logging&) = delete;
  Logging& operator=(const Logging&) = delete;

  /// The way in for one part of the bot ("engine", "telegram"). It may outlive this object.
  Log log(std::string part) const;

 private:
  class Sink;
  std::shared_ptr<Sink> sink_;
};

/// While it lives, every line that this thread logs carries the key of the update that is being handled. May be nested;
/// must end on the thread on which it began.
class LoggedUpdate {
 public:
  LoggedUpdate(std::string_view adapter, std::string_view key);
  ~LoggedUpdate();
  LoggedUpdate(const LoggedUpdate&) = delete;
  LoggedUpdate& operator=(const LoggedUpdate&) = delete;

 private:
  std::string previous_;
};

}  // namespace osrbot
