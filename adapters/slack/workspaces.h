// The workspaces in which the bot is installed, with the token for each.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

#include "adapters/log.h"
#include "adapters/secret_store.h"
#include "config/secret.h"

namespace osrbot::slack {

struct Workspace {
  std::string id;           ///< of the team; where the bot is installed for a whole organisation, of the enterprise
  std::string name;         ///< for people to read
  Secret token;             ///< xoxb-...
  std::string bot_user;     ///< by which people mention the bot
  std::string bot_id;       ///< what messages of the bot carry
  bool configured = false;  ///< its token is in the configuration, and not in the store
};

/// Thread-safe. find() and known() look into memory only: they may be called where nothing may wait.
class Workspaces {
 public:
  /// @param secrets where installed workspaces are kept, encrypted; null: there are only those of the configuration
  Workspaces(SecretStore* secrets, Log log) : secrets_(secrets), log_(std::move(log)) {}

  /// Reads what was installed before, besides what the configuration names; what is not found from then on is not
  /// there. Waits for the store; throws std::runtime_error when it cannot be opened.
  void load();

  /// Null when the bot is not installed there, or not known to be yet.
  std::shared_ptr<const Workspace> find(const std::string& id) const;

  /// load() is done.
  bool loaded() const;

  std::size_t size() const;

  /// Adds or replaces one, and keeps it unless it is configured. Waits for the store; throws std::runtime_error.
  void add(Workspace workspace);

  /// Forgets one, and its token. Waits for the store; throws std::runtime_error.
  void remove(const std::string& id);

 private:
  void keep_index();

  SecretStore* const secrets_;
  const Log log_;
  mutable std::shared_mutex mutex_;  // guards what follows
  std::map<std::string, std::shared_ptr<const Workspace>> workspaces_;
  bool loaded_ = false;
};

}  // namespace osrbot::slack
