// Pictures that go with calls.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* call_pictures = R"sql(
-- A picture for the call of a need in a language, until the call is posted.
CREATE TABLE call_pictures (
  need_id     INTEGER NOT NULL REFERENCES needs(id),
  language    TEXT NOT NULL,
  media_type  TEXT NOT NULL,
  content     TEXT NOT NULL,                        -- in base64
  alt         TEXT NOT NULL CHECK (alt <> ''),
  given_at    INTEGER NOT NULL,
  PRIMARY KEY (need_id, language)
);
CREATE INDEX call_pictures_by_time ON call_pictures(given_at);
)sql";

}  // namespace osrbot::storage::migrations
