#include "commands/post_card.h"

#include <charconv>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/text.h"
#include "commands/post_reading.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

constexpr std::size_t longest_quote = 600;  // code points
constexpr std::size_t longest_line = 80;

/// The beginning of a text.
std::string excerpt(std::string_view text, std::size_t longest) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == longest) return std::string(text.substr(0, at)) + "…";
    at += language::decode(text, at).size;
  }
  return std::string(text);
}

std::string project_of(const storage::Post& post) {
  return post.project_id ? project_ref(*post.project_id) : "";
}

Arguments arguments_of(const storage::Post& post, std::size_t longest) {
  return {{"post", post_ref(post.id)},     {"kind", post.intent},
          {"author", post.author},         {"handle", post.handle},
          {"platform", post.adapter},      {"project", project_of(post)},
          {"category", post.withheld_for}, {"text", excerpt(post.text, longest)},
          {"state", to_string(post.state)}};
}

/// "2 × Data collection, Biostatistics".
std::string needs_of(const Voice& voice, const language::Post& read, std::string_view language) {
  std::string text;
  for (const language::Need& need : read.needs) {
    if (!text.empty()) text += ", ";
    if (need.count) text += fmt::format("{} × ", *need.count);
    text += skill_label(voice.house.vocabulary, need.skill, language);
  }
  return text.empty() ? skill_labels(voice.house.vocabulary, read.skills, language) : text;
}

}  // namespace

std::string post_ref(std::int64_t id) {
  return fmt::format("Q{}", id);
}

std::optional<std::int64_t> post_from(std::string_view text) {
  if (text.starts_with('Q') || text.starts_with('q')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

language::Post reading_of(const Voice& voice, const storage::Post& post) {
  return read_post(voice.house, post.text, post.seen_at, project_of(post), false);
}

void say_card(const Voice& voice, Message& message, std::string_view language, const storage::Post& post) {
  const Arguments arguments = arguments_of(post, longest_quote);
  if (!post.withheld_for.empty()) {
    voice.say(message, language, "queue.card.withheld", arguments);
    return;
  }
  voice.say(message, language, "queue.card", arguments);
  if (post.text.empty()) {
    voice.say(message, language, "queue.card.gone", arguments);
    return;
  }
  voice.say(message, language, "queue.card.text", arguments);
  const language::Post read = reading_of(voice, post);
  const std::string needs = needs_of(voice, read, language);
  const std::string dates = fmt::format("{}", fmt::join(read.extra.deadline_candidates, ", "));
  const std::string hours = read.extra.hours_per_week ? fmt::format("{}", *read.extra.hours_per_week) : "";
  if (needs.empty() && read.deadline.empty() && dates.empty() && hours.empty()) return;
  voice.say(message, language, "queue.card.read",
            {{"skills", needs}, {"due", read.deadline}, {"deadlines", dates}, {"hours", hours}});
}

void say_line(const Voice& voice, Message& message, std::string_view language, const storage::Post& post) {
  voice.say(message, language, post.withheld_for.empty() ? "queue.line" : "queue.line.withheld",
            arguments_of(post, longest_line));
}

std::vector<std::vector<Button>> card_buttons(const Voice& voice, std::string_view language,
                                              const storage::Post& post) {
  const std::string ref = post_ref(post.id);
  const auto button = [&](std::string_view label, std::string_view command) {
    return Button{.label = voice.house.words.text(language, label, {{"author", post.author}}),
                  .command = fmt::format("queue {} {}", command, ref),
                  .url = ""};
  };
  if (!post.withheld_for.empty()) return {{button("button.dismiss", "dismiss")}};
  std::vector<Button> first;
  if (post.intent == "call" || post.intent == "none") first.push_back(button("button.queue_need", "need"));
  first.push_back(button("button.draft", "draft"));
  if (!post.url.empty()) {
    first.push_back({.label = voice.house.words.text(language, "button.open_post"), .command = "", .url = post.url});
  }
  std::vector<Button> second = {button("button.later", "later"), button("button.dismiss", "dismiss")};
  if (post.person_id) second.push_back(button("button.mute", "mute"));
  return {std::move(first), std::move(second)};
}

}  // namespace osrbot
