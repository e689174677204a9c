// Projects with phases, tags and an end; teams with roles; needs; and asking to join.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* projects_and_needs = R"sql(
ALTER TABLE projects ADD COLUMN slug TEXT NOT NULL DEFAULT '';        -- folded: "hernia-repair"
ALTER TABLE projects ADD COLUMN aim TEXT NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN study_type TEXT NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN phase TEXT NOT NULL DEFAULT 'idea'
  CHECK (phase IN ('idea', 'triage', 'team', 'protocol', 'approvals', 'pilot', 'collection', 'validation', 'analysis',
                   'writing', 'coauthors', 'submitted', 'published', 'closed'));
ALTER TABLE projects ADD COLUMN team_only INTEGER NOT NULL DEFAULT 0; -- outsiders do not see it
ALTER TABLE projects ADD COLUMN archived_at INTEGER;
CREATE UNIQUE INDEX projects_by_slug ON projects(slug) WHERE slug <> '';
CREATE INDEX projects_active ON projects(id) WHERE archived_at IS NULL;
CREATE INDEX projects_archived ON projects(id) WHERE archived_at IS NOT NULL;
CREATE INDEX projects_by_phase ON projects(phase, id) WHERE archived_at IS NULL;
CREATE INDEX projects_by_study_type ON projects(study_type, id) WHERE archived_at IS NULL;

CREATE TABLE phase_dues (
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  phase       TEXT NOT NULL,
  due         TEXT NOT NULL,               -- a day: YYYY-MM-DD
  PRIMARY KEY (project_id, phase)
);

CREATE TABLE project_tags (
  tag_key     TEXT PRIMARY KEY,            -- folded, without '#'
  tag         TEXT NOT NULL,               -- as it was written
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  added_at    INTEGER NOT NULL
);
CREATE INDEX project_tags_by_project ON project_tags(project_id);

-- Who is in what comes in order, and is answered from the index alone.
DROP INDEX memberships_by_person;
CREATE INDEX memberships_by_person ON memberships(person_id, project_id);
CREATE INDEX memberships_coordinators ON memberships(project_id) WHERE role = 'coordinator';

CREATE TABLE team_roles (
  project_id  INTEGER NOT NULL,
  person_id   INTEGER NOT NULL,
  team_role   TEXT NOT NULL
              CHECK (team_role IN ('steering', 'national lead', 'site lead', 'supervisor', 'data collector', 'validator',
                                   'statistician', 'data manager', 'writing')),
  since       INTEGER NOT NULL,
  PRIMARY KEY (project_id, team_role, person_id),
  FOREIGN KEY (project_id, person_id) REFERENCES memberships(project_id, person_id) ON DELETE CASCADE
);
CREATE INDEX team_roles_by_member ON team_roles(project_id, person_id);

-- What is kept of those who left.
CREATE TABLE past_memberships (
  id          INTEGER PRIMARY KEY,
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  person_id   INTEGER NOT NULL REFERENCES people(id),
  role        TEXT NOT NULL,
  team_roles  TEXT NOT NULL DEFAULT '',    -- "statistician, writing"
  joined_at   INTEGER NOT NULL,
  left_at     INTEGER NOT NULL,
  why         TEXT NOT NULL DEFAULT '',
  removed_by  INTEGER REFERENCES people(id)  -- NULL: they left by themselves
);
CREATE INDEX past_memberships_by_member ON past_memberships(project_id, person_id, id);

CREATE TABLE needs (
  id          INTEGER PRIMARY KEY,
  project_id  INTEGER NOT NULL REFERENCES projects(id),
  skill       TEXT NOT NULL CHECK (skill <> ''),
  count       INTEGER NOT NULL CHECK (count BETWEEN 1 AND 100),
  filled      INTEGER NOT NULL DEFAULT 0 CHECK (filled >= 0),  -- how many of need_people there are
  hours       REAL CHECK (hours > 0),      -- a week
  deadline    TEXT,                        -- a day: YYYY-MM-DD
  credit      TEXT NOT NULL DEFAULT '' CHECK (credit IN ('', 'authorship', 'group authorship', 'acknowledgement')),
  team_role   TEXT NOT NULL DEFAULT '',
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filled', 'closed')),
  closed_why  TEXT NOT NULL DEFAULT '',
  created_by  INTEGER NOT NULL REFERENCES people(id),
  created_at  INTEGER NOT NULL,
  CHECK (state <> 'open' OR filled < count),
  CHECK (state <> 'filled' OR filled >= count)
);
CREATE INDEX needs_by_project ON needs(project_id, id);
CREATE INDEX needs_open ON needs(id) WHERE state = 'open';
CREATE INDEX needs_open_by_project ON needs(project_id, id) WHERE state = 'open';

CREATE TABLE need_people (
  need_id    INTEGER NOT NULL REFERENCES needs(id),
  person_id  INTEGER NOT NULL REFERENCES people(id),
  joined_at  INTEGER NOT NULL,
  PRIMARY KEY (need_id, person_id)
);
CREATE INDEX need_people_by_person ON need_people(person_id);

-- People who ask to join where a coordinator decides.
CREATE TABLE join_requests (
  id            INTEGER PRIMARY KEY,
  project_id    INTEGER NOT NULL REFERENCES projects(id),
  person_id     INTEGER NOT NULL REFERENCES people(id),
  need_id       INTEGER REFERENCES needs(id),
  team_role     TEXT NOT NULL DEFAULT '',
  adapter       TEXT NOT NULL,             -- where they asked: they are answered there if not in private
  workspace     TEXT NOT NULL,
  conversation  TEXT NOT NULL,
  thread        TEXT NOT NULL,
  asked_at      INTEGER NOT NULL,
  state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'declined', 'withdrawn')),
  decided_by    INTEGER REFERENCES people(id),
  decided_at    INTEGER,
  reason        TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'waiting') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX join_requests_waiting ON join_requests(project_id, person_id) WHERE state = 'waiting';
CREATE INDEX join_requests_by_project ON join_requests(project_id);
CREATE INDEX join_requests_by_need ON join_requests(need_id) WHERE need_id IS NOT NULL;
CREATE INDEX join_requests_by_person ON join_requests(person_id) WHERE state = 'waiting';
)sql";

}  // namespace osrbot::storage::migrations
