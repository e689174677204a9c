#include "adapters/telegram/small_talk.h"

#include <algorithm>
#include <array>

#include "adapters/json_parts.h"

namespace osrbot::telegram {
namespace {

// A message with any other member is read: an answer, a picture, words with entities (every command and mention is
// one).
constexpr auto members_of_talk = std::to_array<std::string_view>(
    {"chat", "date", "from", "is_topic_message", "message_id", "message_thread_id", "text"});

bool is_group(std::string_view chat) {
  return chat.contains(R"("type":"supergroup")") || chat.contains(R"("type":"group")");
}

/// The text is as JSON writes it: '/' and '#', the full-width '#' too, may stand there as escapes.
bool is_only_words(std::string_view text) {
  return text.starts_with('"') && text.find_first_of("/#") == std::string_view::npos && !text.contains("＃") &&
         !text.contains("\\u00") && !text.contains("\\uff03") && !text.contains("\\uFF03");
}

bool is_talk(std::string_view message) {
  const auto parts = members(message);
  if (!parts) return false;
  bool in_group = false;
  bool has_words = false;
  for (const auto& [name, value] : *parts) {
    if (std::ranges::find(members_of_talk, name) == members_of_talk.end()) return false;
    if (name == "chat") in_group = is_group(value);
    if (name == "text") has_words = is_only_words(value);
  }
  return in_group && has_words;
}

}  // namespace

bool is_small_talk(std::string_view update) {
  const auto parts = members(update);
  return parts && parts->size() == 2 && parts->front().first == "update_id" && parts->back().first == "message" &&
         is_talk(parts->back().second);
}

}  // namespace osrbot::telegram
