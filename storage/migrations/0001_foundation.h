// The first schema: people, projects, tasks, and what makes the pipeline durable.
#pragma once

namespace osrbot::storage::migrations {

// In tables that almost every command writes to, a rule of three or more words is written with OR: for an IN SQLite
// builds a table of the words each time that it checks a row.
inline constexpr const char* foundation = R"sql(
CREATE TABLE people (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL,
  language     TEXT NOT NULL DEFAULT '',
  time_zone    TEXT NOT NULL DEFAULT '',
  first_timer  INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL
);

-- Who a person is on a platform. Only user_id is stable; the handle is what the platform said last.
CREATE TABLE identities (
  adapter     TEXT NOT NULL,
  workspace   TEXT NOT NULL,
  user_id     TEXT NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES people(id),
  handle      TEXT NOT NULL DEFAULT '',
  handle_key  TEXT NOT NULL DEFAULT '',     -- the handle in lower case
  direct      TEXT NOT NULL DEFAULT '',     -- private conversation with the bot, once the person has opened it
  PRIMARY KEY (adapter, workspace, user_id)
);
CREATE INDEX identities_by_handle ON identities(adapter, workspace, handle_key) WHERE handle_key <> '';
CREATE INDEX identities_by_person ON identities(person_id);

CREATE TABLE projects (
  id             INTEGER PRIMARY KEY,
  title          TEXT NOT NULL,
  asks_approval  INTEGER NOT NULL DEFAULT 0,
  created_by     INTEGER NOT NULL REFERENCES people(id),
  created_at     INTEGER NOT NULL
);

CREATE TABLE memberships (
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  person_id   INTEGER NOT NULL REFERENCES people(id),
  role        TEXT NOT NULL CHECK (role IN ('contributor', 'coordinator')),
  joined_at   INTEGER NOT NULL,
  PRIMARY KEY (project_id, person_id)
);
CREATE INDEX memberships_by_person ON memberships(person_id);

-- The project that a conversation (or one topic of it) is about.
CREATE TABLE homes (
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL,
  project_id    INTEGER NOT NULL REFERENCES projects(id),
  bound_at      INTEGER NOT NULL,
  PRIMARY KEY (adapter, workspace, conversation, thread)
);
CREATE INDEX homes_by_project ON homes(project_id);

CREATE TABLE tasks (
  id             INTEGER PRIMARY KEY,
  project_id     INTEGER NOT NULL REFERENCES projects(id),
  title          TEXT NOT NULL,
  state          TEXT NOT NULL DEFAULT 'open'
                 CHECK (state = 'open' OR state = 'claimed' OR state = 'doing' OR state = 'blocked' OR
                        state = 'done' OR state = 'cancelled'),
  owner_id       INTEGER REFERENCES people(id),
  claimed_at     INTEGER,
  last_activity  INTEGER,                    -- of a person on this assignment, never of the bot
  handover       TEXT NOT NULL DEFAULT '',   -- what the last owner left for the next one
  evidence       TEXT NOT NULL DEFAULT '',   -- link or note given with "done"
  created_by     INTEGER NOT NULL REFERENCES people(id),
  created_at     INTEGER NOT NULL,
  done_at        INTEGER,
  CHECK (owner_id IS NOT NULL OR state = 'open' OR state = 'done' OR state = 'cancelled'),
  CHECK (state <> 'open' OR owner_id IS NULL),
  CHECK ((state = 'done') = (done_at IS NOT NULL))
);
CREATE INDEX tasks_by_project ON tasks(project_id, id, state, owner_id);
CREATE INDEX tasks_by_owner ON tasks(owner_id, id, state) WHERE owner_id IS NOT NULL;

CREATE TABLE audit (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  person_id   INTEGER REFERENCES people(id),  -- NULL: the bot by itself, or a person who was forgotten
  action      TEXT NOT NULL,                  -- "task.claimed"
  object      TEXT NOT NULL,                  -- "T12"
  project_id  INTEGER REFERENCES projects(id),
  details     TEXT NOT NULL DEFAULT '{}',     -- JSON: what it takes to understand and to reverse the change
  adapter     TEXT NOT NULL,
  update_key  TEXT NOT NULL
);
CREATE INDEX audit_by_project ON audit(project_id, id);
CREATE INDEX audit_by_person ON audit(person_id, id);

-- Updates that had an effect: none is applied twice.
CREATE TABLE seen_updates (
  id          INTEGER PRIMARY KEY,
  adapter     TEXT NOT NULL,
  update_key  TEXT NOT NULL,
  seen_at     INTEGER NOT NULL,
  commands    TEXT NOT NULL DEFAULT '',  -- the commands that ran (hashed), so that an edited message runs only new ones
  UNIQUE (adapter, update_key)
);

CREATE TABLE cursors (
  adapter  TEXT PRIMARY KEY,
  cursor   TEXT NOT NULL
);

-- Updates whose handling failed, for a person to look at. No text of anybody's message is kept.
CREATE TABLE dead_letters (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  adapter     TEXT NOT NULL,
  update_key  TEXT NOT NULL,
  kind        TEXT NOT NULL,
  error       TEXT NOT NULL
);

-- Messages on their way out: docs/outbox.md has the state machine.
CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL,
  is_private    INTEGER NOT NULL,
  reply_to      TEXT NOT NULL,
  message       TEXT NOT NULL,               -- JSON; emptied when the message has been sent or given up
  state         TEXT NOT NULL DEFAULT 'queued'
                CHECK (state = 'queued' OR state = 'sending' OR state = 'sent' OR state = 'failed' OR
                       state = 'cancelled'),
  update_key    TEXT NOT NULL,               -- of the update that caused it
  created_at    INTEGER NOT NULL,
  finished_at   INTEGER,
  attempts      INTEGER NOT NULL DEFAULT 0,
  message_id    TEXT NOT NULL DEFAULT '',    -- the platform's id, once sent
  error         TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'sent' OR state = 'failed' OR state = 'cancelled') = (finished_at IS NOT NULL))
);
CREATE INDEX outbox_waiting ON outbox(adapter, id) WHERE state IN ('queued', 'sending');

-- Questions of the bot that wait for an answer.
CREATE TABLE dialogues (
  person_id     INTEGER NOT NULL REFERENCES people(id),
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  kind          TEXT NOT NULL,
  payload       TEXT NOT NULL,
  expires_at    INTEGER NOT NULL,
  PRIMARY KEY (person_id, adapter, workspace, conversation)
);

-- What is to happen at a time: the scheduler turns a due job into an update.
CREATE TABLE jobs (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  unique_key  TEXT NOT NULL UNIQUE,          -- a job that is set again moves instead of coming twice
  due_at      INTEGER NOT NULL,
  payload     TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX jobs_by_due ON jobs(due_at);
)sql";

}  // namespace osrbot::storage::migrations
