#include "commands/facts.h"

#include <algorithm>

#include "commands/local_time.h"
#include "commands/personal_time.h"
#include "commands/regions.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

using storage::Profile;
using storage::SkillKind;
namespace profiles = storage::profiles;

constexpr std::string_view student = "student";  // label of the lexicon

/// Self-declared only: whoever studies or is new is to get a chance to grow. Where somebody lives counts by itself.
bool is_growing(const Profile& profile, bool first_timer) {
  return first_timer || profile.career_stage == student;
}

void keep_skills(Context& context, const Facts& facts) {
  const std::int64_t person = context.sender.id;
  for (const std::string& skill : facts.skills) profiles::set_skill(context.db, person, skill, SkillKind::has);
  for (const std::string& skill : facts.wants) profiles::set_skill(context.db, person, skill, SkillKind::wants);
  if (profiles::skills(context.db, person).size() > most_skills) {
    throw UserError("profile.skills.many", {{"limit", most_skills}});
  }
}

/// The bot speaks the first of a person's languages that it knows, unless it speaks one of them already.
void keep_languages(Context& context, const std::vector<std::string>& languages) {
  if (languages.size() > most_languages) throw UserError("profile.languages.many", {{"limit", most_languages}});
  profiles::set_languages(context.db, context.sender.id, languages);
  const auto known = context.house.words.languages();
  if (std::ranges::find(languages, context.language_of(context.sender)) != languages.end()) return;
  const auto first = std::ranges::find_first_of(languages, known);
  if (first != languages.end()) storage::people::set_language(context.db, context.sender.id, *first);
}

}  // namespace

Facts read_facts(const Context& context, std::string_view text, language::Asked asked) {
  return language::read_self_description(text, context.house.vocabulary.lexicon(), asked);
}

void add_facts(Facts& all, const Facts& more) {
  for (const auto list : {&Facts::skills, &Facts::wants, &Facts::languages}) {
    for (const std::string& one : more.*list) {
      if (std::ranges::count(all.*list, one) == 0) (all.*list).push_back(one);
    }
  }
  if (more.hours) all.hours = more.hours;
  if (!more.country.empty()) {
    all.country = more.country;
    all.city = more.city;
  }
  if (!more.career_stage.empty()) all.career_stage = more.career_stage;
  if (!more.orcid.empty()) all.orcid = more.orcid;
  all.first_timer = all.first_timer || more.first_timer;
}

void keep_facts(Context& context, const Facts& facts) {
  auto profile = profiles::find(context.db, context.sender.id);
  if (!profile) return;
  if (!facts.country.empty()) profile->country = facts.country;
  if (facts.hours) profile->hours = facts.hours;
  if (!facts.career_stage.empty()) profile->career_stage = facts.career_stage;
  if (!facts.orcid.empty()) profile->orcid = facts.orcid;
  const auto person = storage::people::find(context.db, context.sender.id);
  const bool first_timer = facts.first_timer || person->first_timer;
  profile->growth = is_growing(*profile, first_timer);
  profiles::describe(context.db, *profile);
  if (facts.first_timer) storage::people::set_first_timer(context.db, context.sender.id, true);
  keep_skills(context, facts);
  if (!facts.languages.empty()) keep_languages(context, facts.languages);
  if (facts.country.empty()) return;
  const std::string zone = zone_of_place(context, facts.country, facts.city);
  if (!zone.empty() && zone != person->time_zone) set_clock(context, zone);
}

void take_back_facts(Context& context, const Facts& before, const Facts& now) {
  auto profile = profiles::find(context.db, context.sender.id);
  if (!profile) return;
  if (!before.country.empty() && now.country.empty()) profile->country.clear();
  if (before.hours && !now.hours) profile->hours.reset();
  if (!before.career_stage.empty() && now.career_stage.empty()) profile->career_stage.clear();
  if (!before.orcid.empty() && now.orcid.empty()) profile->orcid.clear();
  const bool first_timer = context.sender.first_timer && !(before.first_timer && !now.first_timer);
  if (first_timer != context.sender.first_timer) {
    storage::people::set_first_timer(context.db, context.sender.id, first_timer);
  }
  profile->growth = is_growing(*profile, first_timer);
  profiles::describe(context.db, *profile);
  for (const auto member : {&Facts::skills, &Facts::wants}) {
    for (const std::string& skill : before.*member) {
      if (std::ranges::find(now.*member, skill) == (now.*member).end()) {
        profiles::remove_skill(context.db, context.sender.id, skill);
      }
    }
  }
}

void keep_first_timer(Context& context, bool first_timer) {
  storage::people::set_first_timer(context.db, context.sender.id, first_timer);
  auto profile = profiles::find(context.db, context.sender.id);
  if (!profile) return;
  profile->growth = is_growing(*profile, first_timer);
  profiles::describe(context.db, *profile);
}

Facts kept_facts(const Context& context) {
  Facts facts;
  const auto profile = profiles::find(context.db, context.sender.id);
  if (!profile) return facts;
  facts.country = profile->country;
  facts.hours = profile->hours;
  facts.career_stage = profile->career_stage;
  facts.orcid = profile->orcid;
  facts.languages = profiles::languages(context.db, context.sender.id);
  facts.first_timer = storage::people::find(context.db, context.sender.id)->first_timer;
  for (const storage::PersonSkill& one : profiles::skills(context.db, context.sender.id)) {
    (one.kind == SkillKind::has ? facts.skills : facts.wants).push_back(one.skill);
  }
  return facts;
}

void say_facts(const Context& context, Message& message, std::string_view language, const Facts& facts) {
  context.Voice::say(message, language, "facts",
                     {{"skills", skill_names(context.house.vocabulary, facts.skills)},
                      {"wants", skill_names(context.house.vocabulary, facts.wants)},
                      {"hours", facts.hours.value_or(0)},
                      {"hasHours", facts.hours ? "yes" : ""},
                      {"city", facts.city},
                      {"country", facts.country.empty() ? "" : country_name(facts.country, language)},
                      {"languages", language_names(facts.languages, language)},
                      {"stage", facts.career_stage},
                      {"first", facts.first_timer ? "yes" : ""},
                      {"orcid", facts.orcid}});
}

std::string language_names(const std::vector<std::string>& codes, std::string_view language) {
  std::string names;
  for (const std::string& code : codes) names += (names.empty() ? "" : ", ") + language_name(code, language);
  return names;
}

std::string zone_of_place(const Context& context, std::string_view country, std::string_view city) {
  if (!city.empty()) {
    if (const auto zone = find_time_zone(city)) return *zone;
  }
  const auto zones = zones_of_country(country, context.now);
  return zones.size() == 1 ? zones.front() : "";
}

}  // namespace osrbot
