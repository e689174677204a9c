// What happened: one value for everything that a platform, a timer or a person at the console can tell the bot.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/picture.h"

namespace osrbot {

/// Where something was written, and where an answer goes.
struct Place {
  std::string adapter;       ///< name of the adapter: "telegram", "slack", "console" ...
  std::string workspace;     ///< Slack workspace; empty on platforms that have one space only
  std::string conversation;  ///< the platform's stable id of the chat or channel
  std::string thread;        ///< forum topic or thread in the conversation; empty: none
  bool is_private = false;   ///< one person and the bot, nobody else

  bool operator==(const Place&) const = default;
};

/// Place::conversation of what the bot publishes by itself, on platforms that have such (Capabilities::publishes).
inline constexpr const char* timeline = "timeline";

/// A person as the platform names them. Only `id` is stable: names and handles change hands.
struct Sender {
  std::string id;        ///< the platform's stable user id
  std::string name;      ///< display name, for people to read
  std::string handle;    ///< without '@'; empty where the person has none
  std::string language;  ///< BCP-47 tag of the person's app, if the platform tells; a hint only
  std::string direct;    ///< the private conversation with them, on platforms where the bot may open it; else empty
  bool is_bot = false;
};

/// A part of a text, in bytes.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A person named in a text, as far as the platform resolved it ("@ana" or a name without a handle).
struct MentionedPerson {
  TextRange range;
  Sender person;  ///< `id` is empty where the platform gives only the handle
};

enum class UpdateKind : std::uint8_t {
  message,    ///< somebody wrote
  edited,     ///< somebody changed an earlier message; `previous_text` is unknown to most platforms
  button,     ///< somebody pressed a button: `text` is the button's command
  joined,     ///< `from` joined the conversation
  left,       ///< `from` left the conversation
  blocked,    ///< `from` blocked the bot, or the bot was removed from the conversation
  unblocked,  ///< `from` unblocked the bot, or the bot was added to the conversation
  form,       ///< `from` asks for a command as a form: `text` and `payload` as when it is submitted, as far as known
  submitted,  ///< `from` submitted a form: `text` is its command, `payload` a JSON object of field names and values, a
              ///< value being a string or a list of strings
  home,       ///< `from` opened the page about the bot (Surface::home)
  deleted,    ///< the message `message_id` is gone
  migrated,   ///< the conversation has a new id: `text` holds it
  timer,      ///< a scheduled job is due: `text` is the job's kind, `payload` its data
};

/// One thing that happened. `text` is valid UTF-8, whatever the platform sent.
struct Update {
  std::string key;  ///< unique per adapter and thing that happened: the de-duplication key
  UpdateKind kind = UpdateKind::message;
  Place place;
  Sender from;
  std::string message_id;  ///< the platform's id of the message written, edited, or under whose button was pressed
  std::string reply_to;    ///< the platform's id of the message that this one answers, or of which a form is made
  std::string url;         ///< web address of the message, or of that of which a form is made; empty: not known
  std::string text;
  std::string payload;            ///< data of a timer, a form or a deep link (`/start <payload>`); of a button,
                                  ///< "home" where it stands on the page about the bot
  std::string dialog;             ///< by which a dialog can be shown in answer, or changed; empty: none can
  std::vector<TextRange> quoted;  ///< code, quotations and spoilers: never read as commands
  std::vector<TextRange> called;  ///< where the text names the bot itself, not at its beginning: "@your_bot"
  std::vector<MentionedPerson> mentioned;  ///< people named in the text
  std::optional<SentPicture> picture;      ///< that came with a message written to the bot
  bool addressed = false;                  ///< written to the bot: private chat, slash command or mention of the bot
  bool from_workspace_admin = false;       ///< the platform says that the sender administers the conversation
  std::chrono::sys_seconds at{};           ///< when it happened, by the platform's clock
};

/// The key of a message that is neither an edit nor a press: by it an edit finds what the message ran before.
inline std::string message_key(const Place& place, const std::string& message_id) {
  return "m" + (place.workspace.empty() ? "" : place.workspace + "/") + place.conversation + ":" + message_id;
}

/// Updates that are committed together, with the place in the stream to go on from after the commit.
struct Batch {
  std::string adapter;
  std::vector<Update> updates;
  std::string cursor;  ///< stored in the same transaction; empty: unchanged
  /// The rest of what the platform handed over with these follows at once: whoever delivers does not wait for these,
  /// because the rest is committed with them or after them, never before.
  bool unfinished = false;
};

}  // namespace osrbot
