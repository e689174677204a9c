// What people are called: Slack's messages carry ids only.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/slack/update_reader.h"
#include "adapters/slack/web_api.h"
#include "adapters/slack/workspaces.h"

namespace osrbot::slack {

/// Asks Slack (users.info) once an hour for everybody who speaks to the bot or is named to it. Bounded, in memory only.
/// Belongs to one thread.
class UserDirectory {
 public:
  UserDirectory(WebApi& api, const Workspaces& workspaces) : api_(api), workspaces_(workspaces) {}

  /// Completes the people in updates that the bot may act on: name, handle, language, and whether they administer the
  /// workspace. Waits for Slack a short time only: whom it does not tell of in time keeps the id as the name.
  void complete(const std::stop_token& stop, std::vector<Reading>& readings);

 private:
  using Time = std::chrono::steady_clock::time_point;

  struct Profile {
    std::string name;
    std::string handle;
    std::string language;
    bool administers = false;
  };
  struct Entry {
    Profile profile;
    Time until{};
  };
  /// Shared with calls under way, which may come back late.
  struct Answers;

  void ask(const std::string& workspace, const std::string& user, const std::shared_ptr<Answers>& answers);
  void learn(Answers& answers, Time now);
  const Profile* find(const std::string& workspace, const std::string& user) const;
  bool is_known(const std::string& workspace, const std::string& user, Time now) const;

  WebApi& api_;
  const Workspaces& workspaces_;
  std::map<std::string, Entry> people_;  ///< by workspace and user id
};

}  // namespace osrbot::slack
