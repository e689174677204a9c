// Whatever refers to a person is found without reading whole tables: in the tables of posts, newcomers and credit, too.
#pragma once

namespace osrbot::storage::migrations {

inline constexpr const char* people_by_index = R"sql(
CREATE INDEX contributions_by_confirmer ON contributions(confirmed_by_lead) WHERE confirmed_by_lead IS NOT NULL;
CREATE INDEX contributions_by_writer ON contributions(written_by);
CREATE INDEX manuscripts_by_adder ON manuscripts(added_by);
CREATE INDEX mentorships_of_mentor ON mentorships(mentor_id);
)sql";

}  // namespace osrbot::storage::migrations
