// What people tell of themselves, once they have agreed that it is kept.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* profiles = R"sql(
-- A row without consent holds nothing but that somebody wants to hear nothing: the last CHECK sees to it.
CREATE TABLE profiles (
  person_id         INTEGER PRIMARY KEY REFERENCES people(id),
  country           TEXT NOT NULL DEFAULT '',       -- ISO 3166-1 alpha-2
  hours             REAL CHECK (hours > 0 AND hours <= 168),  -- a week
  career_stage      TEXT NOT NULL DEFAULT '',
  discipline        TEXT NOT NULL DEFAULT '',
  orcid             TEXT NOT NULL DEFAULT '',       -- 0000-0002-1825-0097
  task_limit        INTEGER CHECK (task_limit BETWEEN 1 AND 100),  -- tasks at a time; NULL: as the project has it
  quiet_from        TEXT NOT NULL DEFAULT '',       -- HH:MM of the person's clock; may be later than quiet_until
  quiet_until       TEXT NOT NULL DEFAULT '',
  paused_until      INTEGER,
  stopped_at        INTEGER,
  growth            INTEGER NOT NULL DEFAULT 0 CHECK (growth IN (0, 1)),  -- says to study or to be new
  consent_version   INTEGER,
  consented_at      INTEGER,
  consent_channel   TEXT NOT NULL DEFAULT '',       -- the adapter where it was given
  invitations_open  INTEGER NOT NULL DEFAULT 1 CHECK (invitations_open IN (0, 1)),
  last_active_at    INTEGER,
  CHECK ((consent_version IS NULL) = (consented_at IS NULL)),
  CHECK ((quiet_from = '') = (quiet_until = '')),
  CHECK (consent_version IS NOT NULL OR (country = '' AND hours IS NULL AND career_stage = '' AND discipline = '' AND
         orcid = '' AND task_limit IS NULL AND growth = 0))
);
CREATE INDEX profiles_by_activity ON profiles(last_active_at) WHERE consent_version IS NOT NULL;

CREATE TABLE person_skills (
  person_id  INTEGER NOT NULL REFERENCES profiles(person_id) ON DELETE CASCADE,
  skill      TEXT NOT NULL CHECK (skill <> ''),     -- id of config/skills.json
  kind       TEXT NOT NULL CHECK (kind IN ('has', 'wants')),
  PRIMARY KEY (person_id, skill)
) WITHOUT ROWID;
CREATE INDEX person_skills_by_skill ON person_skills(skill, kind, person_id);

CREATE TABLE person_languages (
  person_id  INTEGER NOT NULL REFERENCES profiles(person_id) ON DELETE CASCADE,
  language   TEXT NOT NULL CHECK (language <> ''),  -- BCP-47
  PRIMARY KEY (person_id, language)
) WITHOUT ROWID;

CREATE TABLE conflicts_of_interest (
  person_id    INTEGER NOT NULL REFERENCES profiles(person_id) ON DELETE CASCADE,
  project_id   INTEGER NOT NULL REFERENCES projects(id),
  declared_at  INTEGER NOT NULL,
  PRIMARY KEY (person_id, project_id)
) WITHOUT ROWID;
CREATE INDEX conflicts_of_interest_by_project ON conflicts_of_interest(project_id, person_id);
)sql";

}  // namespace osrbot::storage::migrations
