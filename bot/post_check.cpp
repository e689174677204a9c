#include "bot/post_check.h"

#include <string>

#include "storage/jobs.h"
#include "storage/posts.h"

namespace osrbot {
namespace {

constexpr std::chrono::hours between_checks{12};  // so that one that fails still leaves time for the next
constexpr int posts_at_once = 1000;

}  // namespace

void run_post_check(storage::Connection& db, const std::vector<Adapter*>& adapters, std::chrono::sys_seconds now) {
  storage::posts::forget_decided(db, now - std::chrono::days(1));
  for (Adapter* adapter : adapters) {
    for (std::int64_t after = 0;;) {
      std::vector<std::string> ids;
      for (auto& kept : storage::posts::with_text(db, adapter->name(), after, posts_at_once)) {
        after = kept.id;
        ids.push_back(std::move(kept.message_id));
      }
      if (ids.empty()) break;
      adapter->look_up(ids);
    }
  }
  storage::jobs::plan(db, post_check_job, post_check_job, now + between_checks);
}

}  // namespace osrbot
