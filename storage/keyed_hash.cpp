#include "storage/keyed_hash.h"

#include <array>
#include <span>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace osrbot::storage {
namespace {

constexpr std::string_view key_name = "people";
constexpr std::size_t key_bytes = 32;

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::string the_key(Connection& db) {
  const auto known =
      db.one("SELECT key FROM hash_keys WHERE name = ?", {key_name}, [](const Row& row) { return row.text(0); });
  if (known) return *known;
  std::array<unsigned char, key_bytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw Error(Error::Kind::unavailable, "the system gives no random numbers");
  }
  std::string key = hex(random);
  db.run("INSERT INTO hash_keys (name, key) VALUES (?, ?)", {key_name, key});
  return key;
}

}  // namespace

std::string keyed_hash(Connection& db, std::string_view purpose, std::string_view text) {
  const std::string key = the_key(db);
  const std::string message = fmt::format("{}\n{}", purpose, text);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(), &size) == nullptr) {
    throw Error(Error::Kind::other, "OpenSSL cannot make an HMAC");
  }
  return hex(std::span(digest).first(size));
}

bool same_in_constant_time(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace osrbot::storage
