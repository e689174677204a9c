#include "storage/link_codes.h"

#include <algorithm>
#include <array>

#include <openssl/rand.h>

#include "storage/keyed_hash.h"

namespace osrbot::storage::link_codes {
namespace {

using std::chrono::sys_seconds;

constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // no I and 1, no O and 0: 5 bits each
constexpr std::size_t length = 10;
constexpr std::size_t handle_length = 3;
constexpr std::size_t group = 4;
constexpr std::chrono::hours guesses_count_for{1};

std::string random_code() {
  std::array<unsigned char, length> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw Error(Error::Kind::unavailable, "the system gives no random numbers");
  }
  std::string code;
  for (const unsigned char byte : random) code += letters[byte % letters.size()];
  return code;
}

/// As it was made: capitals, without what people write between.
std::string bare(std::string_view written) {
  std::string code;
  for (char c : written) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (letters.contains(c)) code += c;
  }
  return code;
}

std::string in_groups(std::string_view code) {
  std::string text;
  for (std::size_t at = 0; at < code.size(); at += group) {
    if (at > 0) text += '-';
    text += code.substr(at, group);
  }
  return text;
}

bool has_guessed_too_often(Connection& db, std::int64_t person_id, sys_seconds now) {
  return db
      .one("SELECT 1 FROM link_guesses WHERE person_id = ? AND wrong >= ? AND since > ?",
           {person_id, wrong_tries, now - guesses_count_for}, [](const Row&) { return true; })
      .has_value();
}

void count_guess(Connection& db, std::int64_t person_id, std::string_view handle, sys_seconds now) {
  db.run("DELETE FROM link_guesses WHERE person_id = ? AND since <= ?", {person_id, now - guesses_count_for});
  db.run(
      "INSERT INTO link_guesses (person_id, wrong, since) VALUES (?, 1, ?) ON CONFLICT (person_id) DO UPDATE SET wrong "
      "= wrong + 1",
      {person_id, now});
  db.run("UPDATE link_codes SET wrong = wrong + 1 WHERE handle = ?", {handle});
  db.run("DELETE FROM link_codes WHERE handle = ? AND wrong >= ?", {handle, wrong_tries});
}

struct Open {
  std::int64_t person_id = 0;
  std::string hash;
};

}  // namespace

std::string make(Connection& db, std::int64_t person_id, const conversations::Id& asked_in, sys_seconds now) {
  prune(db, now);
  std::string code = random_code();
  const auto is_taken = [&] {
    return db.number("SELECT COUNT(*) FROM link_codes WHERE handle = ? AND person_id <> ?",
                     {code.substr(0, handle_length), person_id}) > 0;
  };
  while (is_taken()) code = random_code();
  db.run(
      "INSERT INTO link_codes (person_id, adapter, workspace, conversation, handle, code_hash, expires_at) VALUES (?, "
      "?, ?, ?, ?, ?, ?) ON CONFLICT (person_id) DO UPDATE SET adapter = excluded.adapter, workspace = "
      "excluded.workspace, conversation = excluded.conversation, handle = excluded.handle, code_hash = "
      "excluded.code_hash, wrong = 0, agreed = 0, expires_at = excluded.expires_at, claimed_by = NULL",
      {person_id, asked_in.adapter, asked_in.workspace, asked_in.conversation, code.substr(0, handle_length),
       keyed_hash(db, "link", code), now + lifetime});
  return in_groups(code);
}

Claim claim(Connection& db, std::string_view written, std::int64_t person_id, sys_seconds now) {
  if (has_guessed_too_often(db, person_id, now)) return {.of = {}, .why = Refusal::too_many};
  const std::string code = bare(written);
  const std::string handle = code.substr(0, std::min(handle_length, code.size()));
  const auto open =
      db.one("SELECT person_id, code_hash FROM link_codes WHERE handle = ? AND expires_at > ? AND claimed_by IS NULL",
             {handle, now}, [](const Row& row) {
               return Open{row.integer(0), row.text(1)};
             });
  const std::string hash = keyed_hash(db, "link", code);
  if (!open || !same_in_constant_time(open->hash, hash)) {
    count_guess(db, person_id, handle, now);
    return {};
  }
  if (open->person_id == person_id) return {.of = {}, .why = Refusal::same};
  db.run("UPDATE link_codes SET claimed_by = ?, expires_at = ? WHERE person_id = ?",
         {person_id, now + lifetime, open->person_id});
  return {.of = open->person_id};
}

std::optional<Claimed> claimed(Connection& db, std::int64_t claimed_by, sys_seconds now) {
  return db.one(
      "SELECT person_id, adapter, workspace, conversation FROM link_codes WHERE claimed_by = ? AND claimed_by IS NOT "
      "NULL AND expires_at > ?",
      {claimed_by, now}, [](const Row& row) {
        return Claimed{
            .of = row.integer(0),
            .asked_in = {.adapter = row.text(1), .workspace = row.text(2), .conversation = row.text(3), .thread = ""}};
      });
}

void agree(Connection& db, std::int64_t of, sys_seconds now) {
  db.run("UPDATE link_codes SET agreed = 1, expires_at = ? WHERE person_id = ? AND claimed_by IS NOT NULL",
         {now + lifetime, of});
}

std::optional<std::int64_t> waiting(Connection& db, std::int64_t of, const conversations::Id& here, sys_seconds now) {
  return db.one(
      "SELECT claimed_by FROM link_codes WHERE person_id = ? AND adapter = ? AND workspace = ? AND conversation = ? "
      "AND "
      "expires_at > ? AND agreed = 1",
      {of, here.adapter, here.workspace, here.conversation, now}, [](const Row& row) { return row.integer(0); });
}

void drop(Connection& db, std::int64_t person_id) {
  db.run("DELETE FROM link_codes WHERE person_id = ?", {person_id});
}

void prune(Connection& db, sys_seconds now) {
  db.run("DELETE FROM link_codes WHERE expires_at <= ?", {now});
  db.run("DELETE FROM link_guesses WHERE since <= ?", {now - guesses_count_for});
}

}  // namespace osrbot::storage::link_codes
