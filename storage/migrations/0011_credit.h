// Who contributed what, who is to be an author, and who approved which version of a manuscript.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* credit = R"sql(
-- C5: a person's part in a project, in one role; what is said of it stands in contributions.
CREATE TABLE credits (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  person_id   INTEGER NOT NULL REFERENCES people(id),
  task_id     INTEGER REFERENCES tasks(id)       -- NULL: no single task
);
CREATE INDEX credits_by_project ON credits(project_id, person_id);
CREATE INDEX credits_by_person ON credits(person_id, project_id);
CREATE INDEX credits_by_task ON credits(task_id) WHERE task_id IS NOT NULL;

-- The ledger: each row says the whole of a credit, and holds until the next row of the same credit. Rows are added, and
-- never changed.
CREATE TABLE contributions (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  credit_id            INTEGER NOT NULL REFERENCES credits(id),
  kind                 TEXT NOT NULL CHECK (kind IN ('claimed', 'evidenced', 'confirmed', 'corrected', 'disputed',
                                                     'withdrawn', 'restored')),
  role                 TEXT NOT NULL CHECK (role IN (
                         'conceptualization', 'data-curation', 'formal-analysis', 'funding-acquisition',
                         'investigation', 'methodology', 'project-administration', 'resources', 'software',
                         'supervision', 'validation', 'visualization', 'writing-original-draft',
                         'writing-review-editing')),
  degree               TEXT NOT NULL CHECK (degree IN ('lead', 'equal', 'supporting')),
  evidence             TEXT NOT NULL DEFAULT '',                       -- what was made: a link, or words
  confirmed_by_person  INTEGER NOT NULL DEFAULT 0 CHECK (confirmed_by_person IN (0, 1)),
  is_lead_sure         INTEGER NOT NULL DEFAULT 0 CHECK (is_lead_sure IN (0, 1)),  -- confirmed for the project,
  confirmed_by_lead    INTEGER REFERENCES people(id),                  -- by whom; NULL also for somebody who was forgotten
  dispute              TEXT NOT NULL DEFAULT '',                       -- why somebody says that it is not so
  is_withdrawn         INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1)),
  written_by           INTEGER NOT NULL REFERENCES people(id),
  at                   INTEGER NOT NULL
);
CREATE INDEX contributions_by_credit ON contributions(credit_id, id);
-- Two identities that turn out to be one person may still become one.
CREATE TRIGGER contributions_are_never_changed
  BEFORE UPDATE OF credit_id, kind, role, degree, evidence, confirmed_by_person, is_lead_sure, dispute, is_withdrawn, at
  ON contributions BEGIN SELECT RAISE(ABORT, 'the ledger of contributions is only added to'); END;

-- Authorship of a project's paper, as far as people have said something: what follows from the ledger is not kept.
CREATE TABLE authors (
  project_id     INTEGER NOT NULL REFERENCES projects(id),
  person_id      INTEGER NOT NULL REFERENCES people(id),
  naming         TEXT NOT NULL DEFAULT '' CHECK (naming IN ('', 'author', 'acknowledged', 'unnamed')),
  contributed    TEXT NOT NULL DEFAULT '',       -- a coordinator's word that they contributed substantially: how
  drafted        INTEGER NOT NULL DEFAULT 0 CHECK (drafted IN (0, 1)),
  accountable    INTEGER NOT NULL DEFAULT 0 CHECK (accountable IN (0, 1)),
  position       INTEGER CHECK (position > 0),   -- in the order of authors; NULL: not in it
  corresponding  INTEGER NOT NULL DEFAULT 0 CHECK (corresponding IN (0, 1)),
  offered_at     INTEGER,                        -- authorship was offered
  PRIMARY KEY (project_id, person_id)
) WITHOUT ROWID;
CREATE INDEX authors_by_position ON authors(project_id, position) WHERE position IS NOT NULL;
CREATE INDEX authors_by_person ON authors(person_id);

-- What authors tell of themselves for a paper, and nothing that they did not.
CREATE TABLE author_details (
  project_id     INTEGER NOT NULL REFERENCES projects(id),
  person_id      INTEGER NOT NULL REFERENCES people(id),
  given_name     TEXT NOT NULL DEFAULT '',
  middle_name    TEXT NOT NULL DEFAULT '',
  family_name    TEXT NOT NULL DEFAULT '',
  email          TEXT NOT NULL DEFAULT '',
  affiliation_1  TEXT NOT NULL DEFAULT '',
  affiliation_2  TEXT NOT NULL DEFAULT '',
  affiliation_3  TEXT NOT NULL DEFAULT '',
  funding        TEXT NOT NULL DEFAULT '',
  conflicts      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (project_id, person_id)
) WITHOUT ROWID;
CREATE INDEX author_details_by_person ON author_details(person_id);

CREATE TABLE manuscripts (
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  version     INTEGER NOT NULL CHECK (version > 0),
  link        TEXT NOT NULL,
  added_by    INTEGER NOT NULL REFERENCES people(id),
  added_at    INTEGER NOT NULL,
  PRIMARY KEY (project_id, version)
) WITHOUT ROWID;

-- What an author says to one version. No row: nothing, which is no approval.
CREATE TABLE approvals (
  project_id  INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES people(id),
  answer      TEXT NOT NULL CHECK (answer IN ('approved', 'objected')),
  reason      TEXT NOT NULL DEFAULT '',
  at          INTEGER NOT NULL,
  PRIMARY KEY (project_id, version, person_id),
  FOREIGN KEY (project_id, version) REFERENCES manuscripts(project_id, version)
) WITHOUT ROWID;
CREATE INDEX approvals_by_person ON approvals(person_id);
)sql";

}  // namespace osrbot::storage::migrations
