// Digests, signatures and their encodings, as the platforms ask for them. With bot/secrets.cpp the only door to
// OpenSSL's cryptography. Bytes travel in std::string.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace osrbot {

/// 32 bytes.
std::string sha256(std::string_view data);
/// 20 bytes; OAuth 1.0a signs with it.
std::string hmac_sha1(std::string_view key, std::string_view data);
/// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);

/// Lower case.
std::string hex(std::string_view bytes);
/// RFC 4648 with padding, in one line.
std::string base64(std::string_view bytes);
/// RFC 4648 section 5, without padding, as PKCE wants it.
std::string base64url(std::string_view bytes);
/// The reverse of base64(); nothing when `text` is not exactly what base64() writes.
std::optional<std::string> from_base64(std::string_view text);

/// Bytes that nobody can guess. Throws std::runtime_error when the system has none.
std::string random_bytes(std::size_t count);

/// Compares in a time that depends on the lengths alone, so that a signature cannot be guessed byte by byte.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace osrbot
