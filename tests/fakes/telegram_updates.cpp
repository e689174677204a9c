#include "tests/fakes/telegram_updates.h"

#include <cctype>
#include <string_view>

#include <nlohmann/json.hpp>

namespace osrbot::fakes {

using nlohmann::json;

namespace {

json user(const TelegramPerson& person) {
  json out = {
      {"id", person.id}, {"is_bot", false}, {"first_name", person.first_name}, {"language_code", person.language}};
  if (!person.username.empty()) out["username"] = person.username;
  return out;
}

json chat_object(const TelegramChat& chat) {
  json out = {{"id", chat.id}, {"type", chat.type}};
  if (chat.type != "private") out["title"] = chat.title;
  if (chat.topic != 0) out["is_forum"] = true;
  return out;
}

json message(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id, std::int64_t date) {
  json out = {{"message_id", message_id}, {"from", user(from)}, {"chat", chat_object(chat)}, {"date", date}};
  if (chat.topic != 0) {
    out["message_thread_id"] = chat.topic;
    out["is_topic_message"] = true;
  }
  return out;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

json entities(std::string_view text) {
  json out = json::array();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = i == 0 || std::isspace(static_cast<unsigned char>(text[i - 1])) != 0;
    if (!starts || (text[i] != '/' && text[i] != '@')) continue;
    std::size_t end = i + 1;
    while (end < text.size() && (is_word(text[end]) || (text[i] == '/' && text[end] == '@'))) ++end;
    if (end == i + 1) continue;
    out.push_back({{"type", text[i] == '/' ? "bot_command" : "mention"},
                   {"offset", utf16_units(text.substr(0, i))},
                   {"length", utf16_units(text.substr(i, end - i))}});
  }
  return out;
}

}  // namespace

TelegramChat private_chat(const TelegramPerson& person) {
  return {.id = person.id, .type = "private"};
}

std::string text_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                        const std::string& text, std::int64_t date) {
  auto out = message(chat, from, message_id, date);
  out["text"] = text;
  if (auto found = entities(text); !found.empty()) out["entities"] = std::move(found);
  return json{{"message", std::move(out)}}.dump();
}

std::string photo_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                         const std::string& caption, const std::vector<std::int64_t>& sizes, std::int64_t date) {
  auto out = message(chat, from, message_id, date);
  out["caption"] = caption;
  if (auto found = entities(caption); !found.empty()) out["caption_entities"] = std::move(found);
  out["photo"] = json::array();
  for (const std::int64_t size : sizes) {
    const std::string number = std::to_string(out["photo"].size());
    out["photo"].push_back({{"file_id", "photo-" + number},
                            {"file_unique_id", "unique-" + number},
                            {"width", 90},
                            {"height", 60},
                            {"file_size", size}});
  }
  return json{{"message", std::move(out)}}.dump();
}

std::string button_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                          const std::string& callback_id, const std::string& data) {
  auto under = message(chat, {.id = 1, .first_name = "bot"}, message_id, 1);
  return json{{"callback_query",
               {{"id", callback_id},
                {"from", user(from)},
                {"message", std::move(under)},
                {"chat_instance", "1"},
                {"data", data}}}}
      .dump();
}

std::string join_update(const TelegramChat& chat, const TelegramPerson& who, std::int64_t message_id,
                        std::int64_t date) {
  auto out = message(chat, who, message_id, date);
  out["new_chat_members"] = json::array({user(who)});
  return json{{"message", std::move(out)}}.dump();
}

}  // namespace osrbot::fakes
