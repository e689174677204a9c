#include "commands/language/meaning.h"

namespace osrbot::language {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, kSenses> kNames = {
    "call",         "need_verb",     "call_weak",      "call_closed",
    "seek_place",   "invite",        "join",           "offer",
    "offer_weak",   "third_party",   "self",           "idea",
    "question",     "leave",         "stop",           "stop_alone",
    "repost",       "politeness",    "greeting",       "help_alone",
    "negation",     "predatory",     "predatory_hint", "authorship_sale",
    "authorship",   "money",         "spam",           "medical_advice",
    "relative",     "symptom",       "what_to_do",     "abuse",
    "injection",    "osint",         "osint_hint",     "people",
    "thing",        "count_word",    "indefinite",     "person_head",
    "deadline",     "start",         "available",      "update",
    "study_type",   "study_noun",    "role",           "career_stage",
    "urgency",      "region",        "topic",          "country",
    "city",         "language_name", "first_timer",    "students_welcome",
    "lmic",         "located",       "speaks",         "learn",
    "project_word", "ordinal_sign",  "skill"};
static_assert(!kNames.back().empty());

}  // namespace

std::string_view name_of(Sense sense) {
  return kNames[static_cast<std::size_t>(sense)];
}

std::optional<Sense> sense_named(std::string_view name) {
  for (std::size_t i = 0; i < kSenses; ++i) {
    const auto sense = static_cast<Sense>(i);
    if (kNames[i] == name && sense != Sense::skill && sense != Sense::country && sense != Sense::city) return sense;
  }
  return std::nullopt;
}

bool has_label(Sense sense) {
  switch (sense) {
    case Sense::update:
    case Sense::study_type:
    case Sense::role:
    case Sense::career_stage:
    case Sense::urgency:
    case Sense::region:
    case Sense::topic:
    case Sense::country:
    case Sense::city:
    case Sense::language_name:
    case Sense::count_word:
      return true;
    default:
      return false;
  }
}

}  // namespace osrbot::language
