// What the X adapter must know again after a restart, kept in the bot's database.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/x/journal.h"
#include "bot/clock.h"
#include "bot/secrets.h"

namespace osrbot {

class XJournal final : public x::Journal {
 public:
  XJournal(SealedSecrets::Database database, const Clock& clock) : database_(std::move(database)), clock_(clock) {}

  std::map<std::string, x::Spending> spent(const std::string& month) override;
  void charge(const std::string& month, x::Charge what, std::int64_t count, MicroDollars amount) override;
  void summoned(const std::vector<std::string>& keys) override;
  bool may_answer(const std::string& post_id, std::int64_t message) override;
  bool has_summoned(const std::string& key) override;
  std::vector<x::Part> parts(std::int64_t message) override;
  void begin_part(std::int64_t message, std::size_t part) override;
  void finish_part(std::int64_t message, std::size_t part, const std::string& post_id) override;
  void undo_part(std::int64_t message, std::size_t part) override;

 private:
  const SealedSecrets::Database database_;
  const Clock& clock_;
};

}  // namespace osrbot
