#include "commands/profile_editing.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "commands/consent.h"
#include "commands/language/command_line.h"
#include "commands/language/orcid.h"
#include "commands/language/text.h"
#include "commands/local_time.h"
#include "commands/regions.h"
#include "commands/skill_words.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

namespace profiles = storage::profiles;
using language::Asked;

constexpr std::int64_t highest_own_limit = 100;
constexpr std::string_view careers[] = {"student", "trainee", "early-career", "senior", "retired"};

/// The clock time at which `text` begins, as minutes of the day, taken off it: "22:00", "7", "10pm", "7.30 am".
std::optional<int> take_clock(std::string_view& text) {
  const auto digits = [&text] {
    int number = -1;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9' && number < 10'000) {
      number = std::max(number, 0) * 10 + (text.front() - '0');
      text.remove_prefix(1);
    }
    return number;
  };
  const auto spaces = [&text] { text.remove_prefix(std::min(text.find_first_not_of(' '), text.size())); };
  spaces();
  int hour = digits();
  int minute = 0;
  if (hour < 0) return std::nullopt;
  if (!text.empty() && (text.front() == ':' || text.front() == '.' || text.front() == 'h')) {
    text.remove_prefix(1);
    minute = std::max(digits(), 0);
  }
  spaces();
  const bool am = text.starts_with("am");
  const bool pm = text.starts_with("pm");
  if (am || pm) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (pm ? 12 : 0);
    text.remove_prefix(2);
  }
  if (hour == 24 && minute == 0) hour = 0;
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

std::string clock_text(int minute_of_day) {
  return fmt::format("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
}

/// Calls `take` for each entry of a list that a form showed: "R, SPSS; data entry".
template <typename Take>
void each_entry(std::string_view words, Take take) {
  while (!words.empty()) {
    const std::size_t size = std::min(words.find_first_of(",;\n"), words.size());
    std::string_view entry = words.substr(0, size);
    words.remove_prefix(std::min(size + 1, words.size()));
    entry.remove_prefix(std::min(entry.find_first_not_of(" \t\r"), entry.size()));
    entry = entry.substr(0, entry.find_last_not_of(" \t\r") + 1);
    if (!entry.empty()) take(entry);
  }
}

}  // namespace

ProfileEditing::ProfileEditing(Context& context)
    : context_(context), profile_(profiles::find(context.db, context.sender.id).value()), kept_(kept_facts(context)) {}

void ProfileEditing::skills(std::string_view words) {
  const Facts read = read_facts(context_, words, Asked::skills);
  if (read.skills.empty()) throw UserError("profile.skill.unknown", {{"written", words}});
  facts_.skills = read.skills;
  note_unknown(words, Asked::skills, &Facts::skills);
}

void ProfileEditing::wants(std::string_view words) {
  const Facts read = read_facts(context_, words, Asked::wants);
  if (read.wants.empty()) throw UserError("profile.skill.unknown", {{"written", words}});
  facts_.wants = read.wants;
  note_unknown(words, Asked::wants, &Facts::wants);
}

void ProfileEditing::note_unknown(std::string_view words, Asked asked, std::vector<std::string> Facts::*kind) {
  constexpr std::ptrdiff_t most_spaces = 3;  // more of them are a sentence between the skills
  each_entry(words, [&](std::string_view entry) {
    if (std::ranges::count(entry, ' ') > most_spaces || !(read_facts(context_, entry, asked).*kind).empty()) return;
    unknown_ += fmt::format("{}{}", unknown_.empty() ? "" : ", ", entry);
  });
}

void ProfileEditing::drop_skills(std::string_view words) {
  const Facts read = read_facts(context_, words, Asked::skills);
  if (read.skills.empty()) throw UserError("profile.skill.unknown", {{"written", words}});
  for (const std::string& skill : read.skills) profiles::remove_skill(context_.db, context_.sender.id, skill);
}

void ProfileEditing::languages(std::string_view words) {
  facts_.languages = read_facts(context_, words, Asked::languages).languages;
  if (facts_.languages.empty()) throw UserError("profile.language.unknown", {{"written", words}});
}

void ProfileEditing::hours(double hours) {
  if (!(hours > 0 && hours <= most_hours)) throw UserError("profile.hours", {{"limit", most_hours}});
  facts_.hours = hours;
}

void ProfileEditing::hours(std::string_view words) {
  const bool below_zero = words.starts_with('-') || words.starts_with("\u2212");  // a minus of typography too
  hours(below_zero ? 0 : read_facts(context_, words, Asked::hours).hours.value_or(0));
}

void ProfileEditing::place(std::string_view words) {
  const Facts read = read_facts(context_, words, Asked::place);
  if (read.country.empty()) throw UserError("profile.country.unknown", {{"written", words}});
  facts_.country = read.country;
  facts_.city = read.city;
}

void ProfileEditing::career(std::string_view words) {
  const std::string folded = language::fold(words);
  const auto* named = std::ranges::find(careers, folded);
  const std::string stage = named != std::end(careers) ? std::string(*named) : read_facts(context_, words).career_stage;
  if (stage.empty()) throw UserError("profile.career.unknown", {{"written", words}});
  facts_.career_stage = stage;
}

void ProfileEditing::field(std::string_view words) {
  profile_.discipline = checked_text(words, "profile.field", longest_skill);
}

void ProfileEditing::orcid(std::string_view words) {
  const std::string found = read_facts(context_, words).orcid;
  if (found.empty()) throw UserError("profile.orcid", {{"written", words}});
  facts_.orcid = found;
}

void ProfileEditing::task_limit(std::optional<std::int64_t> limit) {
  if (limit && (*limit < 1 || *limit > highest_own_limit))
    throw UserError("profile.limit", {{"limit", highest_own_limit}});
  profile_.task_limit = limit;
}

void ProfileEditing::quiet_hours(std::string_view words) {
  const std::string folded = language::fold(words);
  if (folded == "off" || folded == "none") {
    profile_.quiet_from.clear();
    profile_.quiet_until.clear();
    return;
  }
  std::string_view rest = folded;
  if (rest.starts_with("from ")) rest.remove_prefix(5);
  const auto from = take_clock(rest);
  rest.remove_prefix(std::min(rest.find_first_of("0123456789"), rest.size()));  // " to ", " - ", " until "
  const auto until = take_clock(rest);
  if (!from || !until || *from == *until || !rest.empty()) throw UserError("profile.quiet", {{"written", words}});
  profile_.quiet_from = clock_text(*from);
  profile_.quiet_until = clock_text(*until);
}

void ProfileEditing::first_time(bool first) {
  keep_first_timer(context_, first);
}

void ProfileEditing::all_skills(std::string_view words) {
  profiles::remove_skills(context_.db, context_.sender.id, storage::SkillKind::has);
  take_skills(words, Asked::skills, &Facts::skills);
}

void ProfileEditing::all_wants(std::string_view words) {
  profiles::remove_skills(context_.db, context_.sender.id, storage::SkillKind::wants);
  take_skills(words, Asked::wants, &Facts::wants);
}

void ProfileEditing::take_skills(std::string_view words, Asked asked, std::vector<std::string> Facts::*kind) {
  each_entry(words, [&](std::string_view entry) {
    // By the words that the form showed, else by any.
    const auto shown = std::ranges::find_if(kept_.*kind, [&](const std::string& id) {
      return skill_label(context_.house.vocabulary, id, context_.language_of(context_.sender)) == entry;
    });
    if (shown != (kept_.*kind).end()) return (facts_.*kind).push_back(*shown);
    const Facts read = read_facts(context_, entry, asked);
    if ((read.*kind).empty()) throw UserError("profile.skill.unknown", {{"written", entry}});
    std::ranges::copy(read.*kind, std::back_inserter(facts_.*kind));
  });
}

void ProfileEditing::all_languages(std::string_view words) {
  const std::string& language = context_.language_of(context_.sender);
  each_entry(words, [&](std::string_view entry) {
    const auto shown = std::ranges::find_if(
        kept_.languages, [&](const std::string& code) { return language_names({code}, language) == entry; });
    if (shown != kept_.languages.end()) return facts_.languages.push_back(*shown);
    const auto read = read_facts(context_, entry, Asked::languages).languages;
    if (read.empty()) throw UserError("profile.language.unknown", {{"written", entry}});
    std::ranges::copy(read, std::back_inserter(facts_.languages));
  });
}

void ProfileEditing::drop(std::string_view part) {
  if (part == "skills") profiles::remove_skills(context_.db, context_.sender.id, storage::SkillKind::has);
  if (part == "learn") profiles::remove_skills(context_.db, context_.sender.id, storage::SkillKind::wants);
  if (part == "languages") profiles::set_languages(context_.db, context_.sender.id, {});
  if (part == "hours") profile_.hours.reset();
  if (part == "country") profile_.country.clear();
  if (part == "career") profile_.career_stage.clear();
  if (part == "field") profile_.discipline.clear();
  if (part == "orcid") profile_.orcid.clear();
  if (part == "tasks") profile_.task_limit.reset();
  if (part == "quiet") quiet_hours("off");
}

void ProfileEditing::finish() {
  const auto now = profiles::find(context_.db, context_.sender.id).value();
  profile_.growth = now.growth;
  profiles::describe(context_.db, profile_);
  keep_facts(context_, facts_);
  context_.record("person.profile", "");
  show_profile(context_, "profile.saved", unknown_);
}

std::vector<language::FormValue> profile_kept(const Context& context) {
  const auto profile = profiles::find(context.db, context.sender.id).value();
  const Facts facts = kept_facts(context);
  const std::string& language = context.language_of(context.sender);
  std::vector<language::FormValue> kept = {
      {.argument = "skills", .text = skill_labels(context.house.vocabulary, facts.skills, language)},
      {.argument = "learn", .text = skill_labels(context.house.vocabulary, facts.wants, language)},
      {.argument = "languages", .text = language_names(facts.languages, language)},
      {.argument = "hours", .text = profile.hours ? fmt::format("{}", *profile.hours) : ""},
      {.argument = "country", .text = profile.country.empty() ? "" : country_name(profile.country, language)},
      {.argument = "career", .text = profile.career_stage},
      {.argument = "field", .text = profile.discipline},
      {.argument = "orcid", .text = profile.orcid},
      {.argument = "tasks", .text = profile.task_limit ? fmt::format("{}", *profile.task_limit) : ""},
      {.argument = "quiet", .text = profile.quiet_from.empty() ? "" : profile.quiet_from + "-" + profile.quiet_until}};
  std::erase_if(kept, [](const language::FormValue& one) { return one.text.empty(); });
  return kept;
}

void show_profile(Context& context, std::string_view head, std::string_view unknown) {
  const auto profile = profiles::find(context.db, context.sender.id);
  const auto person = storage::people::find(context.db, context.sender.id);
  const std::string& language = context.language_of(*person);
  std::string conflicts;
  for (const std::int64_t project : profiles::conflicts(context.db, context.sender.id)) {
    conflicts += (conflicts.empty() ? "" : ", ") + project_ref(project);
  }
  Message message;
  context.Voice::say(message, language, head, {{"person", person->name}});
  say_facts(context, message, language, kept_facts(context));
  context.Voice::say(message, language, "profile.rest",
                     {{"field", profile->discipline},
                      {"zone", person->time_zone.empty() ? "" : time_zone_name(person->time_zone)},
                      {"limit", profile->task_limit.value_or(0)},
                      {"hasLimit", profile->task_limit ? "yes" : ""},
                      {"from", profile->quiet_from},
                      {"until", profile->quiet_until},
                      {"conflicts", conflicts}});
  if (!unknown.empty()) context.Voice::say(message, language, "profile.skill.unknown", {{"written", unknown}});
  context.Voice::say(message, language, "profile.foot");
  Button edit = context.button("button.edit_profile", "profile edit");
  edit.label = context.house.words.text(language, "button.edit_profile");  // the profile may just have changed it
  message.buttons.push_back({std::move(edit)});
  if (context.update.place.is_private) {
    context.reply(message);
  } else if (context.tell(*person, message, context.update.place.adapter, Occasion::answer)) {
    context.reply("private.look");
  } else {
    throw UserError("private.first", {{"command", "my profile"}});
  }
}

}  // namespace osrbot
