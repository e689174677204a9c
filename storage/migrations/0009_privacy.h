// What it takes to forget a person completely, to tell them everything, and to know that two accounts are one person's.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* privacy = R"sql(
-- The highest number that a forgotten person had: it must never come to mean somebody else.
CREATE TABLE person_numbers (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  highest  INTEGER NOT NULL
);

-- Random keys (hex) that never leave the database.
CREATE TABLE hash_keys (
  name  TEXT PRIMARY KEY,
  key   TEXT NOT NULL
);

-- Whom a restored backup has to forget again: keyed hashes of identities, nothing else.
CREATE TABLE forgotten (
  identity      TEXT PRIMARY KEY,
  forgotten_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX forgotten_by_time ON forgotten(forgotten_at);

ALTER TABLE identities ADD COLUMN met_at INTEGER NOT NULL DEFAULT 0;  -- 0: before this was noted
CREATE INDEX identities_by_direct ON identities(adapter, workspace, direct) WHERE direct <> '';

-- A code by which a person shows that another account is theirs, too. One at a time.
CREATE TABLE link_codes (
  person_id     INTEGER PRIMARY KEY REFERENCES people(id),
  adapter       TEXT NOT NULL,               -- where it was asked for, and where it has to be confirmed
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  handle        TEXT NOT NULL UNIQUE,        -- the first letters of the code, by which it is found
  code_hash     TEXT NOT NULL,               -- keyed hash of the whole code
  wrong         INTEGER NOT NULL DEFAULT 0,  -- how often somebody wrote it wrong
  expires_at    INTEGER NOT NULL,
  claimed_by    INTEGER REFERENCES people(id),  -- who wrote it on the other side
  agreed        INTEGER NOT NULL DEFAULT 0,  -- and said there that they are the same; the first side's yes is what is left
  CHECK (agreed = 0 OR claimed_by IS NOT NULL)
);
CREATE INDEX link_codes_by_expiry ON link_codes(expires_at);
CREATE INDEX link_codes_by_claim ON link_codes(claimed_by) WHERE claimed_by IS NOT NULL;

-- Wrong codes that a person has written lately.
CREATE TABLE link_guesses (
  person_id  INTEGER PRIMARY KEY REFERENCES people(id),
  wrong      INTEGER NOT NULL,
  since      INTEGER NOT NULL
);
CREATE INDEX link_guesses_by_time ON link_guesses(since);

-- People with a profile who were silent for long and were asked whether it is to be kept.
CREATE TABLE silences (
  person_id  INTEGER PRIMARY KEY REFERENCES people(id),
  asked_at   INTEGER NOT NULL
);
CREATE INDEX silences_by_time ON silences(asked_at);

-- Whatever refers to a person is found without reading whole tables.
CREATE INDEX projects_by_creator ON projects(created_by);
CREATE INDEX tasks_by_creator ON tasks(created_by);
CREATE INDEX needs_by_creator ON needs(created_by);
CREATE INDEX past_memberships_by_person ON past_memberships(person_id);
CREATE INDEX past_memberships_by_remover ON past_memberships(removed_by) WHERE removed_by IS NOT NULL;
CREATE INDEX join_requests_of_person ON join_requests(person_id);
CREATE INDEX join_requests_by_decider ON join_requests(decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX searches_by_starter ON searches(started_by);
CREATE INDEX team_roles_by_person ON team_roles(person_id);
CREATE INDEX reminders_by_setter ON reminders(set_by);
CREATE INDEX audit_about_person ON audit(json_extract(details, '$.person'))
  WHERE json_extract(details, '$.person') IS NOT NULL;
CREATE INDEX jobs_by_person ON jobs(json_extract(payload, '$.person')) WHERE json_valid(payload);
)sql";

}  // namespace osrbot::storage::migrations
