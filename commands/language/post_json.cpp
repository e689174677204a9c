#include "commands/language/post_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::language {
namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

template <typename T>
ordered_json value_or_null(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json details_json(const PostDetails& details) {
  auto out = ordered_json::object();
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  const auto list = [&](const char* key, const std::vector<std::string>& values) {
    if (!values.empty()) out[key] = values;
  };
  const auto yes = [&](const char* key, bool value) {
    if (value) out[key] = true;
  };
  const auto number = [&](const char* key, const std::optional<int>& value) {
    if (value) out[key] = *value;
  };
  text("available_from", details.available_from);
  text("career_stage", details.career_stage);
  number("count_max", details.count_max);
  list("countries_mentioned", details.countries_mentioned);
  text("country", details.country);
  list("credit", details.credit);
  list("deadline_candidates", details.deadline_candidates);
  text("doi", details.doi);
  yes("first_timer", details.first_timer);
  number("hours_per_week", details.hours_per_week);
  list("languages", details.languages);
  yes("lmic_preferred", details.lmic_preferred);
  yes("not_phi", details.not_phi);
  text("orcid", details.orcid);
  text("project_hint", details.project_hint);
  text("project_source", details.project_source);
  text("region", details.region);
  text("role", details.role);
  text("start_date", details.start_date);
  yes("students_welcome", details.students_welcome);
  text("study_type", details.study_type);
  text("tool", details.tool);
  text("topic", details.topic);
  list("translation_languages", details.translation_languages);
  text("update", details.update);
  text("urgency", details.urgency);
  return out;
}

}  // namespace

std::string to_json(std::string_view id, const Post& post) {
  ordered_json out;
  out["id"] = id;
  out["intent"] = name_of(post.intent);
  out["language"] = post.language;
  out["project"] = text_or_null(post.project);
  out["skills"] = post.skills;
  out["needs"] = ordered_json::array();
  for (const auto& need : post.needs)
    out["needs"].push_back({{"skill", need.skill}, {"count", value_or_null(need.count)}});
  out["count"] = value_or_null(post.count);
  out["deadline"] = text_or_null(post.deadline);
  out["addressed"] = post.addressed;
  out["tag"] = name_of(post.tag);
  out["action"] = name_of(post.action);
  out["flags"] = post.flags;
  out["extra"] = details_json(post.extra);
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string explain(std::string_view text, const Post& post) {
  std::string out = fmt::format("{:<12} {}\n", "intent", name_of(post.intent));
  const auto line = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += fmt::format("{:<12} {}\n", name, value);
  };
  line("language", post.language);
  line("project", post.project);
  if (!post.extra.project_source.empty()) line("", "(from the thread)");
  line("skills", fmt::format("{}", fmt::join(post.skills, ", ")));
  if (post.count) {
    line("people", post.extra.count_max ? fmt::format("{} to {}", *post.count, *post.extra.count_max)
                                        : std::to_string(*post.count));
  }
  line("deadline", post.deadline);
  line("tag", name_of(post.tag));
  line("addressed", post.addressed ? "yes" : "no");
  line("action", name_of(post.action));
  line("flags", fmt::format("{}", fmt::join(post.flags, ", ")));
  if (post.action == Action::withhold) return out + "The text is withheld: it is neither shown nor kept.\n";
  if (post.evidence.empty()) return out + "No word of the lexicon decided anything.\n";
  out += "because of\n";
  for (const auto& reason : post.evidence) {
    out += fmt::format("  \"{}\"  ->  {}: {}\n", text.substr(reason.begin, reason.end - reason.begin), reason.field,
                       reason.value);
  }
  return out;
}

}  // namespace osrbot::language
