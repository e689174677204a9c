#include "bot/secrets.h"

#include <memory>
#include <ostream>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "adapters/transport/digest.h"
#include "bot/command_line_options.h"
#include "storage/secrets.h"

namespace osrbot {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

void insist(int result) {
  if (result != 1) throw std::runtime_error("OpenSSL cannot encrypt");
}

class Key {
 public:
  explicit Key(const Secret& base64_text) : bytes_(from_base64(base64_text.reveal()).value_or("")) {
    if (bytes_.size() != key_bytes) throw std::runtime_error("secret.key is not 32 bytes in base64");
  }

  /// The same for the same key, and of no use to somebody who looks for it.
  std::string id() const { return hex(sha256("osrbot key " + bytes_)).substr(0, 16); }

  storage::secrets::Sealed seal(std::string_view name, std::string_view value) const {
    const std::string nonce = random_bytes(nonce_bytes);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    insist(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view(bytes_)),
                              bytes_of(std::string_view(nonce))));
    int size = 0;
    insist(EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(name), static_cast<int>(name.size())));
    std::string text(value.size(), '\0');
    insist(EVP_EncryptUpdate(cipher.get(), bytes_of(text), &size, bytes_of(value), static_cast<int>(value.size())));
    std::string tag(tag_bytes, '\0');
    insist(EVP_EncryptFinal_ex(cipher.get(), bytes_of(tag), &size));
    insist(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes), tag.data()));
    return {.key_id = id(), .text = base64(nonce + text + tag)};
  }

  /// Nothing when the value, its name or its tag is not what was sealed.
  std::optional<std::string> open(std::string_view name, std::string_view sealed) const {
    auto bytes = from_base64(sealed);
    if (!bytes || bytes->size() < nonce_bytes + tag_bytes) return std::nullopt;
    std::string tag = bytes->substr(bytes->size() - tag_bytes);
    const std::string_view body = std::string_view(*bytes).substr(nonce_bytes, bytes->size() - nonce_bytes - tag_bytes);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    insist(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view(bytes_)),
                              bytes_of(std::string_view(*bytes))));
    int size = 0;
    insist(EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes_of(name), static_cast<int>(name.size())));
    std::string text(body.size(), '\0');
    insist(EVP_DecryptUpdate(cipher.get(), bytes_of(text), &size, bytes_of(body), static_cast<int>(body.size())));
    insist(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()));
    std::string rest(tag_bytes, '\0');
    if (EVP_DecryptFinal_ex(cipher.get(), bytes_of(rest), &size) != 1) return std::nullopt;
    return text;
  }

 private:
  std::string bytes_;
};

/// The key in use, and the one before it while the change is under way.
class Keys {
 public:
  explicit Keys(const SecretConfig& config) : current_(required(config)) {
    if (!config.previous_key.empty()) previous_.emplace(config.previous_key);
  }

  const Key& current() const { return current_; }

  std::string open(const std::string& name, const storage::secrets::Sealed& sealed) const {
    const Key* key = sealed.key_id == current_.id()                  ? &current_
                     : previous_ && sealed.key_id == previous_->id() ? &*previous_
                                                                     : nullptr;
    if (key == nullptr) {
      throw std::runtime_error(
          fmt::format("the secret {} was sealed with another key: set that one as secret.previous_key "
                      "(OSRBOT_SECRET_PREVIOUS_KEY), or log in to the platform anew",
                      name));
    }
    auto value = key->open(name, sealed.text);
    if (!value) {
      throw std::runtime_error(fmt::format(
          "the secret {} was changed in the database: restore a backup, or log in to the platform anew", name));
    }
    return *std::move(value);
  }

 private:
  static const Secret& required(const SecretConfig& config) {
    if (config.key.empty()) {
      throw std::runtime_error(
          "secret.key (OSRBOT_SECRET_KEY) is not set: `osrbot secret-key` prints a new one to keep there");
    }
    return config.key;
  }

  Key current_;
  std::optional<Key> previous_;
};

}  // namespace

SealedSecrets::SealedSecrets(const SecretConfig& config, Database database, const Clock& clock)
    : config_(config), database_(std::move(database)), clock_(clock) {}

std::optional<std::string> SealedSecrets::find(const std::string& name) {
  const Keys keys(config_);
  std::optional<storage::secrets::Sealed> sealed;
  database_([&](storage::Connection& db) { sealed = storage::secrets::find(db, name); });
  if (!sealed) return std::nullopt;
  return keys.open(name, *sealed);
}

void SealedSecrets::put(const std::string& name, const std::string& value) {
  const auto sealed = Keys(config_).current().seal(name, value);
  database_([&](storage::Connection& db) { storage::secrets::put(db, name, sealed, clock_.now()); });
}

void SealedSecrets::erase(const std::string& name) {
  database_([&](storage::Connection& db) { storage::secrets::erase(db, name); });
}

std::size_t SealedSecrets::renew() {
  if (config_.previous_key.empty()) return 0;
  const Keys keys(config_);
  const Key previous(config_.previous_key);
  std::size_t renewed = 0;
  database_([&](storage::Connection& db) {
    storage::Transaction transaction(db);
    for (const auto& name : storage::secrets::not_sealed_by(db, keys.current().id())) {
      const auto sealed = storage::secrets::find(db, name);
      const auto value = sealed && sealed->key_id == previous.id() ? previous.open(name, sealed->text) : std::nullopt;
      if (!value) continue;  // whoever needs it is told why it cannot be opened
      storage::secrets::put(db, name, keys.current().seal(name, *value), clock_.now());
      ++renewed;
    }
    transaction.commit();
  });
  return renewed;
}

int print_secret_key(std::ostream& out) {
  out << base64(random_bytes(key_bytes)) << '\n';
  return exit_code::success;
}

}  // namespace osrbot
