// People, and who they are on each platform.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

struct Person {
  std::int64_t id = 0;
  std::string name;
  std::string language;   ///< BCP-47; empty: not known
  std::string time_zone;  ///< IANA name; empty: not known
  bool first_timer = false;
};

namespace people {

/// What a platform says of somebody who writes. Only the first three identify the person.
struct Seen {
  std::string_view adapter;
  std::string_view workspace;
  std::string_view user_id;
  std::string_view name;
  std::string_view handle;    ///< without '@'; may be empty
  std::string_view language;  ///< taken over when nothing better is known
  std::string_view direct;    ///< the private conversation with the bot, when this is where they write; else empty
};

/// The person behind an identity. A new one is noted with the name only; a changed handle or private conversation is
/// kept.
Person recognise(Connection& db, const Seen& seen, std::chrono::sys_seconds now);

/// The person behind an identity, if the bot has met them.
std::optional<Person> find_by_user_id(Connection& db, std::string_view adapter, std::string_view workspace,
                                      std::string_view user_id);

/// The people with a platform's user id, whichever workspace they are in.
std::vector<Person> with_user_id(Connection& db, std::string_view adapter, std::string_view user_id);

/// The person who has a handle now, upper or lower case. Two who had the same one at different times: whoever was seen
/// with it last.
std::optional<Person> find_by_handle(Connection& db, std::string_view adapter, std::string_view workspace,
                                     std::string_view handle);

std::optional<Person> find(Connection& db, std::int64_t id);

struct Account {
  std::string adapter;
  std::string handle;  ///< without '@'; may be empty
};

/// A person's accounts, by platform.
std::vector<Account> accounts(Connection& db, std::int64_t person_id);

/// Removes a person to whom no row refers any more. Their number is never given to anybody else.
void remove(Connection& db, std::int64_t id);

/// A new person with the name, language and time zone of another; their number.
std::int64_t add_copy(Connection& db, std::int64_t id, std::chrono::sys_seconds now);

/// `zone`: an IANA name.
void set_time_zone(Connection& db, std::int64_t id, std::string_view zone);

/// In which language the bot is to speak to the person: BCP-47.
void set_language(Connection& db, std::int64_t id, std::string_view language);

void set_first_timer(Connection& db, std::int64_t id, bool first_timer);

/// The person's user id on a platform, to mention them there; nothing when they are not on it.
std::optional<std::string> user_id_on(Connection& db, std::int64_t person_id, std::string_view adapter,
                                      std::string_view workspace);

/// A private conversation through which the bot can reach somebody.
struct Direct {
  std::string adapter;
  std::string workspace;
  std::string conversation;
};

/// How to reach a person privately, the adapter given first if they can be reached there.
std::optional<Direct> direct_conversation(Connection& db, std::int64_t person_id, std::string_view preferred_adapter);

}  // namespace people
}  // namespace osrbot::storage
