#include "tests/bench/load.h"

#include <fmt/format.h>

#include "storage/changes.h"
#include "storage/conversations.h"
#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/projects.h"
#include "storage/tasks.h"
#include "tests/fakes/telegram_updates.h"

namespace osrbot::bench {
namespace {

using fakes::TelegramChat;
using fakes::TelegramPerson;

constexpr std::int64_t date = 1'772'452'800;
constexpr std::int64_t claims_each = 2;  // below the limit, so that every claim succeeds

std::int64_t chat_id(std::int64_t group) {
  return -1'000'000'000'001 - group;
}

TelegramChat group_chat(std::int64_t group) {
  return {.id = chat_id(group), .title = fmt::format("Team {}", group)};
}

TelegramPerson person(std::int64_t number) {
  return {
      .id = 1000 + number, .first_name = fmt::format("Person {}", number), .username = fmt::format("person{}", number)};
}

}  // namespace

void prepare_database(const std::filesystem::path& file, std::int64_t people) {
  const std::chrono::sys_seconds now{std::chrono::seconds(date)};
  storage::Connection db(file, storage::Connection::Mode::read_write);
  storage::migrate(db, now);
  storage::Transaction transaction(db);
  const auto ana = storage::people::recognise(db, {.adapter = "telegram", .user_id = "1", .name = "Ana"}, now);
  for (std::int64_t group = 0; group < groups; ++group) {
    const auto project = storage::projects::create(db, fmt::format("Study {}", group), ana.id, now);
    storage::conversations::bind(db, {"telegram", "", std::to_string(chat_id(group))}, "", project.id, now);
  }
  for (std::int64_t claim = 0; claim < claims; ++claim) {
    storage::tasks::create(db, claim % groups + 1, fmt::format("Extract the data of paper {}", claim), ana.id, now);
  }
  for (std::int64_t stranger = 0; stranger < people; ++stranger) {
    const std::string id = std::to_string(1'000'000'000 + stranger);
    storage::people::recognise(db, {.adapter = "telegram", .user_id = id, .name = "Somebody", .handle = "h" + id}, now);
  }
  storage::changes::begin(db);  // no command made these rows: nobody will take them back
  transaction.commit();
}

std::string update_at(std::int64_t i) {
  const std::int64_t round = i / 10;
  switch (i % 10) {
    case 2:
    case 6: {
      const std::int64_t claim = round * 2 + (i % 10 == 6 ? 1 : 0);
      return fakes::text_update(group_chat(claim % groups), person(claim / claims_each), i,
                                fmt::format("/claim T{}", claim + 1), date);
    }
    case 4:
      return fakes::text_update(group_chat(round % groups), person(round), i,
                                fmt::format("/task add Check the tables of paper {}", round), date);
    case 8:
      return fakes::text_update(group_chat(round % groups), person(round), i, "/status", date);
    default:
      return fakes::text_update(group_chat(round % groups), person(round), i,
                                "I had a look at the protocol this morning, section 3 reads much better now", date);
  }
}

std::string private_update_at(std::int64_t i) {
  const TelegramPerson who = person(first_private_chat - 1000 + i);
  return fakes::text_update(fakes::private_chat(who), who, i, fmt::format("/status P{}", i % groups + 1), date);
}

}  // namespace osrbot::bench
