// What a phrase of the lexicon stands for. The names are the keys of the files in config/lexicon/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace osrbot::language {

enum class Sense : std::uint8_t {
  // What the writer wants.
  call,         ///< looking for, seeking, need, wanted
  need_verb,    ///< need: a call unless somebody asks whether something is needed
  call_weak,    ///< anyone, who can: a call only beside a skill or people
  call_closed,  ///< not looking for, no longer need
  seek_place,   ///< looking for a project to join
  invite,       ///< join us: a call's words, never a wish to join
  join,         ///< count me in, how do I join
  offer,        ///< happy to help
  offer_weak,   ///< I can: an offer only with a skill
  third_party,  ///< you, any team: a call cue behind it is not the writer's
  self,         ///< I am a: the skill behind it is the writer's
  idea,         ///< idea:, what if
  question,     ///< how, when, is it possible: only with a question mark or at the beginning
  leave,        ///< take me off
  stop,         ///< unsubscribe
  stop_alone,   ///< stop: only when it is the whole message
  repost,       ///< RT @somebody
  politeness,   ///< please, thanks: does not keep "stop" from being the whole message
  greeting,     ///< hello, good morning: at the beginning
  help_alone,   ///< help: only when it is the whole message
  negation,     ///< not, never: cancels a cue right behind it
  // Safety.
  predatory,       ///< one is enough
  predatory_hint,  ///< two are
  authorship_sale,
  authorship,  ///< with money, a sale
  money,
  spam,
  medical_advice,  ///< one is enough
  relative,        ///< my father: with a symptom and a question, a request for medical advice
  symptom,
  what_to_do,
  abuse,
  injection,
  osint,
  osint_hint,
  // Amounts and people.
  people,       ///< volunteers, persons: what a count may count
  thing,        ///< papers, scans: what a count of people never counts
  count_word,   ///< a couple of = 2: the value is the number
  indefinite,   ///< some, several, any: no count
  person_head,  ///< Arabic: a singular noun for a person is one person, its dual two
  // Time.
  deadline,   ///< submit, apply, deadline: the date behind it is one
  start,      ///< starting, kick-off: the date behind it is no deadline
  available,  ///< available from
  // Labels: the value is an entry of Lexicon::label().
  update,  ///< finished: task-done, found our: need-filled ...
  study_type,
  study_noun,  ///< audit, survey: "the stoma survey" names a project
  role,
  career_stage,
  urgency,
  region,
  topic,
  country,
  city,
  language_name,
  // Marks of the person or the call.
  first_timer,
  students_welcome,
  lmic,
  located,       ///< from, based in: the place behind it is the writer's
  speaks,        ///< I speak: the languages behind it are the writer's
  learn,         ///< I want to learn: the skills behind it are not the writer's yet
  project_word,  ///< project, P, no.
  ordinal_sign,  ///< number, no., nr: between the project word and its number
  // The vocabulary of skills: the value is an index into Lexicon::skills().
  skill,
};

inline constexpr std::size_t kSenses = static_cast<std::size_t>(Sense::skill) + 1;

/// Name in the files; empty for those that have files of their own (skill, country, city).
std::string_view name_of(Sense sense);
std::optional<Sense> sense_named(std::string_view name);

/// Does a phrase of this sense carry a label ("cohort", "asap")?
bool has_label(Sense sense);

struct Meaning {
  Sense sense = Sense::call;
  std::uint8_t language = 0;  ///< index into Lexicon::languages(); 0: any
  std::uint16_t value = 0;    ///< label, skill or number
  bool exact_case = false;    ///< only as written: "R", "SoMe"
  bool tool = false;          ///< names a program: "Rayyan"
};

}  // namespace osrbot::language
