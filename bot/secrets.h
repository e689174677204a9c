// The secrets that platforms gave the bot, kept in the database under a key that is not in it.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "adapters/secret_store.h"
#include "bot/clock.h"
#include "config/config.h"
#include "storage/sql.h"

namespace osrbot {

/// Values are sealed with AES-256-GCM under secret.key; the name is associated data, so that one value cannot stand in
/// for another. While secret.previous_key is set, what it sealed can still be opened.
class SealedSecrets final : public SecretStore {
 public:
  /// Runs work with the one connection that writes, and waits for it: Engine::with_database(), for example.
  using Database = std::function<void(const std::function<void(storage::Connection&)>&)>;

  SealedSecrets(const SecretConfig& config, Database database, const Clock& clock);

  std::optional<std::string> find(const std::string& name) override;
  void put(const std::string& name, const std::string& value) override;
  void erase(const std::string& name) override;

  /// Seals with secret.key what another key sealed, as far as it can be opened: run at the start, it ends a change of
  /// keys. Returns how many were sealed anew.
  std::size_t renew();

 private:
  const SecretConfig config_;
  const Database database_;
  const Clock& clock_;
};

/// `osrbot secret-key`: prints a new key. Returns the exit code.
int print_secret_key(std::ostream& out);

}  // namespace osrbot
