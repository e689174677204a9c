// What each audit event changed, row by row, so that it can be reversed; and what was reversed.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* tracking = R"sql(
-- Written by triggers (storage/changes.cpp), never by commands.
CREATE TABLE changes (
  id          INTEGER PRIMARY KEY,
  event_id    INTEGER NOT NULL,               -- in audit: the next one when this was written
  table_name  TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind = 'insert' OR kind = 'update' OR kind = 'delete'),
  row_key     TEXT NOT NULL,                  -- JSON: the primary key's columns
  before      TEXT NOT NULL,                  -- JSON: the row's columns with their values; {} for a new row
  after       TEXT NOT NULL                   -- the same afterwards; {} for a row that is gone
);
CREATE INDEX changes_by_event ON changes(event_id, id);

-- The event that this one takes back: each event is taken back once at most.
ALTER TABLE audit ADD COLUMN undoes INTEGER REFERENCES audit(id);
CREATE UNIQUE INDEX audit_undoes ON audit(undoes) WHERE undoes IS NOT NULL;
CREATE INDEX audit_by_object ON audit(object, id);
-- Events of one run of a timer that changed many things.
CREATE INDEX audit_by_run ON audit(json_extract(details, '$.run')) WHERE json_extract(details, '$.run') IS NOT NULL;
)sql";

}  // namespace osrbot::storage::migrations
