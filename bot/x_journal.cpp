#include "bot/x_journal.h"

#include "storage/x_costs.h"
#include "storage/x_threads.h"

namespace osrbot {

namespace costs = storage::x_costs;
namespace threads = storage::x_threads;
using storage::Connection;

std::map<std::string, x::Spending> XJournal::spent(const std::string& month) {
  std::map<std::string, x::Spending> spending;
  database_([&](Connection& db) {
    costs::each(db, month, [&](const costs::Cost& cost) {
      spending[cost.what] = {.count = cost.count, .amount = cost.micro_dollars};
    });
  });
  return spending;
}

void XJournal::charge(const std::string& month, x::Charge what, std::int64_t count, MicroDollars amount) {
  database_([&](Connection& db) {
    costs::add(db, month, {.what = std::string(charge_name(what)), .count = count, .micro_dollars = amount});
  });
}

void XJournal::summoned(const std::vector<std::string>& keys) {
  database_([&](Connection& db) {
    storage::Transaction transaction(db);
    for (const std::string& key : keys) threads::summon(db, key, clock_.now());
    transaction.commit();
  });
}

bool XJournal::may_answer(const std::string& post_id, std::int64_t message) {
  bool may = false;
  database_([&](Connection& db) { may = threads::claim_answer(db, post_id, message); });
  return may;
}

bool XJournal::has_summoned(const std::string& key) {
  bool has = false;
  database_([&](Connection& db) { has = threads::is_summoned(db, key); });
  return has;
}

std::vector<x::Part> XJournal::parts(std::int64_t message) {
  std::vector<x::Part> parts;
  database_([&](Connection& db) {
    threads::each_part(db, message, [&](std::int64_t part, const std::string& post_id) {
      parts.resize(static_cast<std::size_t>(part) + 1);
      parts.back() = {.begun = true, .post_id = post_id};
    });
  });
  return parts;
}

void XJournal::begin_part(std::int64_t message, std::size_t part) {
  database_([&](Connection& db) { threads::note_part(db, message, static_cast<std::int64_t>(part), ""); });
}

void XJournal::finish_part(std::int64_t message, std::size_t part, const std::string& post_id) {
  database_([&](Connection& db) { threads::note_part(db, message, static_cast<std::int64_t>(part), post_id); });
}

void XJournal::undo_part(std::int64_t message, std::size_t part) {
  database_([&](Connection& db) { threads::forget_part(db, message, static_cast<std::int64_t>(part)); });
}

}  // namespace osrbot
