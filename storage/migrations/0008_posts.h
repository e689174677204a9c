// Posts that carried the tag, whom nobody wants to hear of, and the calls that were published.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* posts = R"sql(
CREATE TABLE posts (
  id            INTEGER PRIMARY KEY,
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL,
  message_id    TEXT NOT NULL,
  person_id     INTEGER REFERENCES people(id),  -- who wrote it; NULL: somebody who was forgotten
  url           TEXT NOT NULL DEFAULT '',       -- like text and parse: nothing for a withheld post
  text          TEXT NOT NULL DEFAULT '',       -- nothing any more once it was deleted, or decided for a day
  parse         TEXT NOT NULL DEFAULT '{}',     -- JSON, as `osrbot parse --json` writes it
  intent        TEXT NOT NULL DEFAULT 'none',
  withheld_for  TEXT NOT NULL DEFAULT '',       -- the category only: "mrn"; empty: nothing was withheld
  project_id    INTEGER REFERENCES projects(id),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'later', 'answered', 'dismissed', 'converted', 'deleted')),
  state_at      INTEGER NOT NULL,
  later_until   INTEGER,
  need_id       INTEGER REFERENCES needs(id),
  seen_at       INTEGER NOT NULL,
  told_at       INTEGER,                        -- when coordinators heard of it
  CHECK (withheld_for = '' OR (text = '' AND url = '' AND parse = '{}')),
  CHECK ((state = 'later') = (later_until IS NOT NULL)),
  CHECK (state <> 'converted' OR need_id IS NOT NULL)
);
CREATE UNIQUE INDEX posts_by_message ON posts(adapter, message_id, workspace, conversation);
CREATE INDEX posts_open ON posts(id) WHERE state IN ('queued', 'later');
CREATE INDEX posts_untold ON posts(id) WHERE told_at IS NULL AND state = 'queued';
CREATE INDEX posts_told ON posts(told_at) WHERE told_at IS NOT NULL;
CREATE INDEX posts_with_text ON posts(adapter, id) WHERE text <> '';
CREATE INDEX posts_decided ON posts(state_at) WHERE text <> '' AND state NOT IN ('queued', 'later');
CREATE INDEX posts_by_person ON posts(person_id);
CREATE INDEX posts_by_project ON posts(project_id) WHERE project_id IS NOT NULL;
CREATE INDEX posts_by_need ON posts(need_id) WHERE need_id IS NOT NULL;
CREATE INDEX posts_by_age ON posts(seen_at) WHERE state <> 'converted';

CREATE TABLE muted_authors (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL UNIQUE REFERENCES people(id),
  muted_by   INTEGER REFERENCES people(id),
  muted_at   INTEGER NOT NULL
);

-- Where coordinators hear of posts; one place for the whole bot, or none.
CREATE TABLE queue_home (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  adapter       TEXT NOT NULL,
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL,
  bound_at      INTEGER NOT NULL
);

-- What a coordinator wrote for a need, a text for each language, side by side.
CREATE TABLE calls (
  need_id     INTEGER NOT NULL REFERENCES needs(id),
  language    TEXT NOT NULL,
  text        TEXT NOT NULL CHECK (text <> ''),
  written_by  INTEGER REFERENCES people(id),
  written_at  INTEGER NOT NULL,
  PRIMARY KEY (need_id, language)
);

CREATE TABLE announcements (
  id            INTEGER PRIMARY KEY,
  need_id       INTEGER NOT NULL REFERENCES needs(id),
  adapter       TEXT NOT NULL,
  language      TEXT NOT NULL,
  outbox_id     INTEGER NOT NULL,          -- the message in the outbox, until it is known what became of it
  message_id    TEXT NOT NULL DEFAULT '',  -- the platform's id, once it is posted
  state         TEXT NOT NULL DEFAULT 'sending' CHECK (state IN ('sending', 'posted', 'refused', 'over')),
  said          TEXT NOT NULL,             -- JSON: what its readers know of the need
  person_id     INTEGER REFERENCES people(id),
  asked_adapter       TEXT NOT NULL,       -- where the coordinator asked for it
  asked_workspace     TEXT NOT NULL,
  asked_conversation  TEXT NOT NULL,
  asked_thread        TEXT NOT NULL,
  asked_in_private    INTEGER NOT NULL,
  created_at    INTEGER NOT NULL
);
CREATE INDEX announcements_by_need ON announcements(need_id, id);
CREATE INDEX announcements_by_state ON announcements(state, id);
CREATE INDEX announcements_by_person ON announcements(person_id);
CREATE INDEX announcements_by_message ON announcements(adapter, message_id) WHERE message_id <> '';
CREATE INDEX muted_authors_by_muter ON muted_authors(muted_by);
CREATE INDEX calls_by_writer ON calls(written_by);
)sql";

}  // namespace osrbot::storage::migrations
