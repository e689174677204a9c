// Where an adapter keeps what it was given by a platform and must not lose: refresh tokens, tokens of workspaces.
#pragma once

#include <optional>
#include <string>

namespace osrbot {

/// Secrets by name ("x/refresh_token", "slack/T123"), kept encrypted across restarts. Thread-safe; each call waits
/// until it is done, and what put() and erase() changed is durable when they return.
///
/// Every member throws std::runtime_error when the secrets cannot be opened: without a key in the configuration (the
/// text names the setting), with the wrong key, for a value that was tampered with, or while the bot is stopping.
class SecretStore {
 public:
  virtual ~SecretStore() = default;

  virtual std::optional<std::string> find(const std::string& name) = 0;

  /// Replaces the value that the name had, whole or not at all.
  virtual void put(const std::string& name, const std::string& value) = 0;

  /// Nothing happens when there is no such name.
  virtual void erase(const std::string& name) = 0;
};

}  // namespace osrbot
