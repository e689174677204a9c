// What has left the bot: credit that a journal was given.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* published_credit = R"sql(
-- A credit that counted when its project was submitted or published: the last time that it was.
CREATE TABLE published_credits (
  credit_id     INTEGER PRIMARY KEY REFERENCES credits(id),
  version       INTEGER CHECK (version > 0),     -- of the manuscript; NULL: the bot was shown none
  published_at  INTEGER NOT NULL
);
)sql";

}  // namespace osrbot::storage::migrations
