// The words by which the patient-data guard knows what a number, a date or a name is: English, Arabic, French, Spanish,
// Portuguese, Danish and Hindi (both scripts). They are code and not lexicon on purpose: no configuration weakens the
// guard.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "commands/language/tokens.h"

namespace osrbot::language {

enum GuardCue : std::uint32_t {
  kNhsNumber = 1U << 0U,    ///< "NHS number"
  kNhs = 1U << 1U,          ///< "NHS"
  kRecord = 1U << 2U,       ///< "MRN", "hospital number", "رقم الملف": an identifier of a patient follows
  kBirth = 1U << 3U,        ///< "date of birth": a date follows
  kBorn = 1U << 4U,         ///< "born on": a full date follows
  kCpr = 1U << 5U,          ///< "CPR", which is resuscitation as well
  kNationalId = 1U << 6U,   ///< "social security number", "Aadhaar", "DNI"
  kPhone = 1U << 7U,        ///< "phone", "tel"
  kPatient = 1U << 8U,      ///< one patient
  kPatientName = 1U << 9U,  ///< "patient name", "اسم المريض"
  kNamed = 1U << 10U,       ///< "named", "llamado", "اسمه"
  kTitle = 1U << 11U,       ///< "Mr", "Mme", "السيد"
  kGivenName = 1U << 12U,   ///< frequent given names, for scripts and texts without capitals
  kNoName = 1U << 13U,      ///< follows "patient" with a capital and is no name: "Patient Safety"
  kClinical = 1U << 14U,    ///< "admitted", "underwent", "opereret"
  kAgeBefore = 1U << 15U,   ///< "aged"
  kAgeAfter = 1U << 16U,    ///< "years old"
  kYears = 1U << 17U,       ///< "years", "ans"
  kPerson = 1U << 18U,      ///< "man", "mujer"
  kPeople = 1U << 19U,      ///< "patients", "cases": many, as research speaks
  kCounted = 1U << 20U,     ///< "rows", "records": what a long number counts
  kPublicId = 1U << 21U,    ///< "PMID", "NCT", "ISBN": a number that identifies no person follows
  kTie = 1U << 22U,         ///< may stand between a keyword and its value: "is", "no", "number"
  kLimit = 1U << 23U,       ///< "over", "until": no exact age
  kAdmitted = 1U << 24U,    ///< what happens to patients only: "was admitted", "underwent"
  kVerb = 1U << 25U,        ///< follows the name of somebody: "is", "has", "who"
  kMine = 1U << 26U,        ///< "my", "our"
};

struct GuardPhrase {
  std::uint32_t cues = 0;
  std::size_t last = 0;  ///< the token behind the phrase
  bool has(std::uint32_t cue) const { return (cues & cue) != 0; }
};

/// The longest phrase that begins at token `at`; no cues when none does. Full stops, brackets and apostrophes inside do
/// not matter ("D.O.B.", "né(e) le").
GuardPhrase guard_phrase(const Tokens& tokens, std::size_t at);

}  // namespace osrbot::language
