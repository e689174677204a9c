// What the engine asks of whoever understands updates.
#pragma once

#include <chrono>

#include "adapters/update.h"
#include "commands/outgoing.h"
#include "storage/sql.h"

namespace osrbot {

class UpdateHandler {
 public:
  virtual ~UpdateHandler() = default;

  /// Whether the update is any business of the bot's: what is none leaves no row. Asked on any thread.
  virtual bool concerns(const Update& update) const = 0;

  /// Applies the update inside the caller's transaction; replies go to the outbox. What it throws undoes everything
  /// that it did.
  virtual void handle(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) = 0;

  /// Tells the sender that the update could not be handled, by a reference that the log has too.
  virtual void apologise(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) = 0;

  /// What handle() has put into the outbox, if it keeps that in memory too.
  virtual Outgoing* outgoing() { return nullptr; }

  /// What was handled is committed: for what is kept in memory beside the database. Not part of any transaction.
  virtual void committed(storage::Connection& db) = 0;
};

}  // namespace osrbot
