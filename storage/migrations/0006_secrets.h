// What platforms gave the bot and it must not lose, encrypted.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* secrets = R"sql(
CREATE TABLE secrets (
  name        TEXT PRIMARY KEY,
  key_id      TEXT NOT NULL,    -- tells which key sealed it, and nothing about that key
  sealed      TEXT NOT NULL,    -- base64 of nonce, ciphertext and tag
  updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
)sql";

}  // namespace osrbot::storage::migrations
