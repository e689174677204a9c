// What the bot must know again on X after a restart: money, whom it may answer, threads under way.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* x = R"sql(
CREATE TABLE x_costs (
  month          TEXT NOT NULL,     -- "2026-11", UTC
  what           TEXT NOT NULL,     -- "read_post"
  count          INTEGER NOT NULL,
  micro_dollars  INTEGER NOT NULL,
  PRIMARY KEY (month, what)
) WITHOUT ROWID;

-- Who spoke to the bot: it may answer there, and nowhere else.
CREATE TABLE x_summons (
  key          TEXT PRIMARY KEY,    -- a post's id, or "dm:" and a person's
  at           INTEGER NOT NULL,
  answered_by  INTEGER              -- the outbox's number of the one answer to a post
) WITHOUT ROWID;
CREATE INDEX x_summons_by_time ON x_summons(at);

-- Posts of messages that take several, or of which it is not known whether X has them.
CREATE TABLE x_parts (
  message  INTEGER NOT NULL,        -- the outbox's number
  part     INTEGER NOT NULL,
  post_id  TEXT NOT NULL DEFAULT '',  -- empty: begun, and not known to be out
  PRIMARY KEY (message, part)
) WITHOUT ROWID;
)sql";

}  // namespace osrbot::storage::migrations
