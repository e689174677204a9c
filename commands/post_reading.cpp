#include "commands/post_reading.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/language/tag.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

constexpr std::string_view language_of_commands = "en";

}  // namespace

language::Post read_post(const House& house, std::string_view text, std::chrono::sys_seconds posted_at,
                         const std::string& thread_project, bool addressed) {
  const std::vector<std::string>& tags = house.config.posts.tags;
  return language::parse_post(text,
                              {.posted_at = std::chrono::local_seconds(posted_at.time_since_epoch()),
                               .tag = {.tag = tags.front(), .aliases = {tags.begin() + 1, tags.end()}},
                               .bot_handles = house.config.names,
                               .projects = {},
                               .thread_project = thread_project,
                               .addressed = addressed},
                              house.vocabulary.lexicon());
}

std::string need_words(const House& house, const language::Post& post, const language::Need& need,
                       std::string_view project) {
  std::string words(project);
  if (need.count) words += fmt::format("{}{}", words.empty() ? "" : " ", *need.count);
  words += (words.empty() ? "" : " ") + skill_label(house.vocabulary, need.skill, language_of_commands);
  if (!post.deadline.empty()) words += " by " + post.deadline;
  if (post.extra.hours_per_week) words += fmt::format(" {}h/week", *post.extra.hours_per_week);
  return words;
}

std::string reason_of(const language::Post& post) {
  constexpr std::string_view reasons[] = {"phi:nhs-number",         "phi:mrn",         "phi:dob", "phi:cpr", "phi:name",
                                          "medical-advice-request", "authorship-sale", "abuse"};
  for (std::string_view reason : reasons) {
    if (std::ranges::find(post.flags, reason) == post.flags.end()) continue;
    if (reason.starts_with("phi:")) reason.remove_prefix(4);
    std::string word(reason);
    std::ranges::replace(word, '-', '_');
    return word;
  }
  return "other";
}

}  // namespace osrbot
