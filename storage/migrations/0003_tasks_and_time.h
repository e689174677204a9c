// What is known of a task besides who has it, and what happens to people by the calendar.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* tasks_and_time = R"sql(
ALTER TABLE tasks ADD COLUMN size TEXT NOT NULL DEFAULT ''
  CHECK (size = '' OR size = '30 min' OR size = 'half a day' OR size = 'days' OR size = 'co-lead');
ALTER TABLE tasks ADD COLUMN skill TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100);
ALTER TABLE tasks ADD COLUMN due_on TEXT NOT NULL DEFAULT '';        -- ISO date, in the owner's time zone
ALTER TABLE tasks ADD COLUMN block_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN nudged_at INTEGER;                      -- the owner was to be asked whether it goes on; NULL: since the
                                                                     -- last activity, not yet
ALTER TABLE tasks ADD COLUMN nudge_told INTEGER NOT NULL DEFAULT 0;  -- and was asked
CREATE INDEX tasks_quiet ON tasks(COALESCE(last_activity, claimed_at))
  WHERE state IN ('claimed', 'doing') AND nudged_at IS NULL;
CREATE INDEX tasks_nudged ON tasks(nudged_at) WHERE state IN ('claimed', 'doing') AND nudged_at IS NOT NULL;
CREATE INDEX tasks_due ON tasks(project_id, due_on) WHERE due_on <> '' AND state NOT IN ('done', 'cancelled');
CREATE INDEX tasks_fresh ON tasks(project_id, created_at) WHERE state = 'open';

ALTER TABLE projects ADD COLUMN task_limit INTEGER;                  -- per person; NULL: as configured

CREATE TABLE task_helpers (
  task_id    INTEGER NOT NULL REFERENCES tasks(id),
  person_id  INTEGER NOT NULL REFERENCES people(id),
  since      INTEGER NOT NULL,
  PRIMARY KEY (task_id, person_id)
) WITHOUT ROWID;
CREATE INDEX task_helpers_by_person ON task_helpers(person_id);

-- A task that can only be finished after another one.
CREATE TABLE task_dependencies (
  task_id     INTEGER NOT NULL REFERENCES tasks(id),
  depends_on  INTEGER NOT NULL REFERENCES tasks(id),
  PRIMARY KEY (task_id, depends_on),
  CHECK (task_id <> depends_on)
) WITHOUT ROWID;
CREATE INDEX task_dependencies_backwards ON task_dependencies(depends_on);

-- What people want to be reminded of. local_time and zone are what was meant; due_at follows from them.
CREATE TABLE reminders (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id     INTEGER NOT NULL REFERENCES people(id),
  set_by        INTEGER NOT NULL REFERENCES people(id),
  task_id       INTEGER REFERENCES tasks(id),
  words         TEXT NOT NULL DEFAULT '',
  local_time    INTEGER NOT NULL,            -- seconds of the wall clock since 1970
  zone          TEXT NOT NULL,               -- IANA name; '' is UTC
  due_at        INTEGER NOT NULL,
  adapter       TEXT NOT NULL,               -- where it was asked for: the way to people who cannot be told privately
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL
);
CREATE INDEX reminders_by_person ON reminders(person_id, due_at);
CREATE INDEX reminders_by_task ON reminders(task_id) WHERE task_id IS NOT NULL;

-- What is told to a person by the calendar, and until when it has been told.
CREATE TABLE agendas (
  person_id       INTEGER PRIMARY KEY REFERENCES people(id),
  told_until      INTEGER NOT NULL,
  digest          INTEGER NOT NULL DEFAULT 1,
  digest_weekday  INTEGER NOT NULL DEFAULT 1 CHECK (digest_weekday BETWEEN 0 AND 6),  -- 0 is Sunday
  digest_minute   INTEGER NOT NULL DEFAULT 540 CHECK (digest_minute BETWEEN 0 AND 1439)
);
)sql";

}  // namespace osrbot::storage::migrations
