// The patient-data guard: it runs before anything else reads, stores or logs a text. What it finds is told as a
// category and never as text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "commands/language/tokens.h"

namespace osrbot::language {

enum class Severity : std::uint8_t {
  block,  ///< the text goes nowhere: not stored, not logged, not answered in public
  warn,   ///< a coordinator should look; the text is withheld from public answers until then
};

/// One reason, as a flag and a place. `name` is "phi:nhs-number", "phi:mrn", "phi:dob", "phi:cpr", "phi:name" or
/// "phi:other" for both severities.
struct GuardFinding {
  Severity severity = Severity::block;
  std::string_view name;    ///< the flag; static storage
  std::string_view reason;  ///< for a coordinator, in English, without a word of the text; static storage
  bool operator==(const GuardFinding&) const = default;
};

struct GuardVerdict {
  std::vector<GuardFinding> findings;  ///< each name and reason at most once, blocks first
  bool blocks() const { return !findings.empty() && findings.front().severity == Severity::block; }
  bool clean() const { return findings.empty(); }
};

/// Looks for identifiers of patients: NHS numbers (check digit, with a keyword or in their grouping), hospital, file
/// and patient numbers, dates of birth, Danish CPR numbers, names beside a patient; warns about bare ten-digit numbers
/// that pass the check, phone numbers, e-mail addresses, exact dates beside a clinical event and ages over 89. ORCID,
/// DOI, PMID, trial registrations, "n=", URLs and counts of things pass. Keywords in English, Arabic, French, Spanish,
/// Portuguese, Danish and Hindi (both scripts); digits of any script; separators and invisible characters between
/// digits do not hide them. Any bytes are accepted; time is linear.
GuardVerdict check_patient_data(std::string_view text);
GuardVerdict check_patient_data(const Tokens& tokens);

}  // namespace osrbot::language
