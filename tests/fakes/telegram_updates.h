// Update objects of the Bot API, without their update_id, as Telegram would write them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace osrbot::fakes {

struct TelegramPerson {
  std::int64_t id = 0;
  std::string first_name;
  std::string username = {};
  std::string language = "en";
};

struct TelegramChat {
  std::int64_t id = 0;
  std::string type = "supergroup";  ///< or "private", "group"
  std::string title = {};
  std::int64_t topic = 0;  ///< of a forum; 0: none
};

/// The private chat of a person with the bot.
TelegramChat private_chat(const TelegramPerson& person);

/// A text message, with the entities that Telegram finds by itself: commands and @mentions.
std::string text_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                        const std::string& text, std::int64_t date);

/// A photo with a caption, in the sizes (bytes) in which Telegram has it; the files are named "photo-0", "photo-1", …
std::string photo_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                         const std::string& caption, const std::vector<std::int64_t>& sizes, std::int64_t date);

/// A button under the bot's message `message_id` was pressed.
std::string button_update(const TelegramChat& chat, const TelegramPerson& from, std::int64_t message_id,
                          const std::string& callback_id, const std::string& data);

/// Somebody joined: the service message that every member of the group sees.
std::string join_update(const TelegramChat& chat, const TelegramPerson& who, std::int64_t message_id,
                        std::int64_t date);

}  // namespace osrbot::fakes
