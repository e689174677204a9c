#include "adapters/transport/digest.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace osrbot {
namespace {

const unsigned char* bytes_of(std::string_view data) {
  return reinterpret_cast<const unsigned char*>(data.data());
}

int length_of(std::string_view data) {
  if (data.size() > std::numeric_limits<int>::max() / 2) throw std::length_error("too long to be signed or encoded");
  return static_cast<int>(data.size());
}

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view data) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(digest, key.data(), length_of(key), bytes_of(data), data.size(), out, &size) == nullptr) {
    throw std::runtime_error("OpenSSL cannot sign");
  }
  return {reinterpret_cast<const char*>(out), size};
}

}  // namespace

std::string sha256(std::string_view data) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(data.data(), data.size(), out, &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot digest");
  }
  return {reinterpret_cast<const char*>(out), size};
}

std::string hmac_sha1(std::string_view key, std::string_view data) {
  return hmac(EVP_sha1(), key, data);
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  return hmac(EVP_sha256(), key, data);
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL adds a zero byte
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes), length_of(bytes));
  out.pop_back();
  return out;
}

std::string base64url(std::string_view bytes) {
  std::string out = base64(bytes);
  out.erase(std::min(out.find('='), out.size()));
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(text), length_of(text)) < 0) {
    return std::nullopt;
  }
  // OpenSSL counts the padding as zero bytes, and takes what is not canonical.
  out.resize(out.size() - std::min<std::size_t>(2, static_cast<std::size_t>(std::ranges::count(text, '='))));
  if (base64(out) != text) return std::nullopt;
  return out;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), length_of(out)) != 1) {
    throw std::runtime_error("the system has no random bytes");
  }
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace osrbot
