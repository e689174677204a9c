// Who was asked to come for a need, and which skill of the vocabulary a need's words mean.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* matching = R"sql(
ALTER TABLE needs ADD COLUMN skill_id TEXT NOT NULL DEFAULT '';  -- id of config/skills.json; '': no known skill
CREATE INDEX needs_open_by_skill ON needs(skill_id, id) WHERE state = 'open' AND skill_id <> '';

-- Nobody is asked twice for one need.
CREATE TABLE invitations (
  id            INTEGER PRIMARY KEY,
  need_id       INTEGER NOT NULL REFERENCES needs(id),
  person_id     INTEGER NOT NULL REFERENCES people(id),
  wave          INTEGER NOT NULL CHECK (wave > 0),
  state         TEXT NOT NULL DEFAULT 'sent'
                CHECK (state IN ('sent', 'yes', 'no', 'referred', 'withdrawn', 'unreachable')),
  why_not       TEXT NOT NULL DEFAULT '' CHECK (why_not IN ('', 'skill', 'time', 'language', 'topic', 'other')),
  because       TEXT NOT NULL,             -- JSON: why this person was asked, as it was when they were
  sent_at       INTEGER NOT NULL,
  answered_at   INTEGER,
  adapter       TEXT NOT NULL,             -- the private conversation that it went to
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  told          INTEGER NOT NULL DEFAULT 0,  -- coordinators have heard that the person could not be reached
  UNIQUE (need_id, person_id),
  CHECK ((state = 'sent') = (answered_at IS NULL)),
  CHECK (why_not = '' OR state = 'no')
);
CREATE INDEX invitations_by_person ON invitations(person_id, sent_at);
CREATE INDEX invitations_waiting ON invitations(adapter, workspace, conversation) WHERE state = 'sent';

-- Needs for which people are asked, wave after wave.
CREATE TABLE searches (
  need_id     INTEGER PRIMARY KEY REFERENCES needs(id),
  started_by  INTEGER NOT NULL REFERENCES people(id),
  size        INTEGER NOT NULL CHECK (size BETWEEN 3 AND 5),
  wave        INTEGER NOT NULL DEFAULT 0,  -- the last that was sent
  next_at     INTEGER,                     -- when the next is due; NULL: the search is over
  ended       TEXT NOT NULL DEFAULT ''     -- why: 'filled', 'closed', 'stopped', 'nobody', 'waves'
                CHECK (ended IN ('', 'filled', 'closed', 'stopped', 'nobody', 'waves')),
  CHECK ((next_at IS NULL) = (ended <> ''))
);
)sql";

}  // namespace osrbot::storage::migrations
