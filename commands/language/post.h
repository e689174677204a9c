// A post, understood: free text with the tag in, one value out. Pure: nothing is looked up, stored or sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/lexicon.h"
#include "commands/language/tag.h"

namespace osrbot::language {

enum class Intent : std::uint8_t { none, call, offer, join, idea, question, update, leave, optout };
enum class Action : std::uint8_t {
  ignore,    ///< repost, off-topic, spam, or not for us
  queue,     ///< tag only: a person answers, because X forbids automatic answers to a hashtag
  reply,     ///< the bot was addressed
  withhold,  ///< patient data or abuse: the text goes nowhere
};

std::string_view name_of(Intent intent);
std::string_view name_of(Action action);
std::string_view name_of(TagMatch match);

struct Need {
  std::string skill;         ///< id in the vocabulary
  std::optional<int> count;  ///< empty: not stated
  bool operator==(const Need&) const = default;
};

/// What else the text says; empty members were not said. Codes: country ISO 3166-1, languages BCP-47, days ISO 8601.
struct PostDetails {
  std::string available_from;
  std::string career_stage;
  std::optional<int> count_max;  ///< upper end where the count is a range
  std::vector<std::string> countries_mentioned;
  std::string country;  ///< where the writer is
  std::vector<std::string> credit;
  std::vector<std::string> deadline_candidates;
  std::string doi;
  bool first_timer = false;
  std::optional<int> hours_per_week;
  std::vector<std::string> languages;  ///< that the writer speaks
  bool lmic_preferred = false;
  bool not_phi = false;  ///< long numbers that were looked at and are no patient data
  std::string orcid;
  std::string project_hint;    ///< words that name a project without a number: "stoma survey"
  std::string project_source;  ///< "thread": inherited
  std::string region;
  std::string role;
  std::string start_date;
  bool students_welcome = false;
  std::string study_type;
  std::string tool;
  std::string topic;
  std::vector<std::string> translation_languages;
  std::string update;
  std::string urgency;
};

/// Why a field has its value: the words that said so, in bytes of the text.
struct Evidence {
  std::string_view field;  ///< static storage
  std::string value;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Post {
  Intent intent = Intent::none;
  std::string language = "und";
  std::string project;              ///< "P12", a registered tag's name, or empty
  std::vector<std::string> skills;  ///< wanted (call), offered (offer, join) or mentioned
  std::vector<Need> needs;          ///< of a call
  std::optional<int> count;         ///< people wanted
  std::string deadline;             ///< ISO 8601, or empty
  bool addressed = false;
  TagMatch tag = TagMatch::none;
  Action action = Action::ignore;
  std::vector<std::string> flags;
  PostDetails extra;
  std::vector<Evidence> evidence;  ///< empty for a withheld post
};

/// What the text itself does not say. The views must outlive the call.
struct PostContext {
  std::chrono::local_seconds posted_at{};  ///< days are counted from it
  TagNames tag;
  std::vector<std::string> bot_handles = {"osrbot"};  ///< without '@'; case does not matter
  std::vector<std::string> projects;                  ///< registered names and hashtags of projects
  std::string thread_project;                         ///< project of the post that this one answers
  bool addressed = false;                             ///< private chat, or a group where the bot is a member
};

/// Linear in the length of the text; any bytes are accepted.
Post parse_post(std::string_view text, const PostContext& context, const Lexicon& lexicon);

}  // namespace osrbot::language
