// How newcomers are met: greetings that come once, small tasks to begin with, and company.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* newcomers = R"sql(
-- When a conversation was last greeted, so that a thousand who join at once are greeted once.
CREATE TABLE greetings (
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  greeted_at    INTEGER NOT NULL,
  joined_since  INTEGER NOT NULL DEFAULT 0,   -- people who have joined and were not greeted
  PRIMARY KEY (adapter, workspace, conversation)
) WITHOUT ROWID;

CREATE INDEX tasks_small ON tasks(id) WHERE state = 'open' AND size = '30 min';

-- Seniors who keep first-timers company.
CREATE TABLE mentorships (
  id          INTEGER PRIMARY KEY,
  person_id   INTEGER NOT NULL REFERENCES people(id),   -- the first-timer
  mentor_id   INTEGER NOT NULL REFERENCES people(id),
  task_id     INTEGER NOT NULL REFERENCES tasks(id),
  skill       TEXT NOT NULL,                            -- what both have; may be empty
  state       TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'accepted', 'declined', 'ended')),
  asked_at    INTEGER NOT NULL,
  decided_at  INTEGER,
  UNIQUE (person_id, mentor_id),
  CHECK (person_id <> mentor_id)
);
CREATE UNIQUE INDEX mentorships_open ON mentorships(person_id) WHERE state IN ('asked', 'accepted');
CREATE INDEX mentorships_by_task ON mentorships(task_id);
CREATE INDEX mentorships_by_mentor ON mentorships(mentor_id) WHERE state IN ('asked', 'accepted');
)sql";

}  // namespace osrbot::storage::migrations
