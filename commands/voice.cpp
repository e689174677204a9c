#include "commands/voice.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "commands/contact.h"
#include "storage/conversations.h"
#include "storage/outbox.h"

namespace osrbot {

const Capabilities& House::platform(std::string_view adapter) const {
  static const Capabilities none;
  const auto found = platforms.find(adapter);
  return found == platforms.end() ? none : found->second;
}

Voice::Voice(const House& the_house, storage::Connection& the_db, std::chrono::sys_seconds the_time,
             std::string the_update)
    : house(the_house), db(the_db), now(the_time), update_key(std::move(the_update)) {}

void Voice::say(Message& message, std::string_view language, std::string_view key, const Arguments& arguments) const {
  std::ranges::move(house.words.blocks(language, key, arguments), std::back_inserter(message.blocks));
}

const std::string& Voice::language_of(const storage::Person& person) const {
  return person.language.empty() ? house.config.language : person.language;
}

void Voice::send(const Place& to, std::string_view reply_to, Message message) const {
  const std::string json = to_json(message);
  const std::int64_t id = storage::outbox::enqueue(db,
                                                   {.adapter = to.adapter,
                                                    .workspace = to.workspace,
                                                    .conversation = to.conversation,
                                                    .thread = to.thread,
                                                    .is_private = to.is_private},
                                                   reply_to, json, update_key, now);
  house.outgoing.keep(id, {.thread = to.thread,
                           .reply_to = std::string(reply_to),
                           .is_private = to.is_private,
                           .message = std::move(message),
                           .bytes = json.size(),
                           .queued_at = now});
}

bool Voice::tell(const storage::Person& person, std::string_view key, const Arguments& arguments,
                 const std::vector<Button>& buttons, std::string_view preferred_adapter, Occasion occasion) const {
  Message message;
  say(message, language_of(person), key, arguments);
  if (!buttons.empty()) message.buttons.push_back(buttons);
  return tell(person, message, preferred_adapter, occasion);
}

bool Voice::tell(const storage::Person& person, const Message& message, std::string_view preferred_adapter,
                 Occasion occasion) const {
  auto direct = storage::people::direct_conversation(db, person.id, preferred_adapter);
  if (!direct) return false;
  if (occasion != Occasion::answer) {
    const auto when = when_to_write(storage::contact::wishes(db, person.id), occasion, now, person.time_zone);
    if (!when) return false;
    if (*when > now) {
      tell_later(*this, person, message, preferred_adapter, occasion, *when);
      return true;
    }
  }
  send({.adapter = std::move(direct->adapter),
        .workspace = std::move(direct->workspace),
        .conversation = std::move(direct->conversation),
        .is_private = true},
       {}, message);
  return true;
}

int Voice::announce(std::int64_t project_id, std::string_view key, const Arguments& arguments,
                    const std::vector<Button>& buttons, const Place* except) const {
  Message message;
  say(message, house.config.language, key, arguments);
  if (!buttons.empty()) message.buttons.push_back(buttons);
  int homes = 0;
  for (storage::conversations::Home& home : storage::conversations::homes_of(db, project_id)) {
    if (except != nullptr && except->adapter == home.adapter && except->workspace == home.workspace &&
        except->conversation == home.conversation && except->thread == home.thread) {
      continue;
    }
    if (house.platform(home.adapter).is_public) continue;
    send({.adapter = std::move(home.adapter),
          .workspace = std::move(home.workspace),
          .conversation = std::move(home.conversation),
          .thread = std::move(home.thread)},
         {}, message);
    ++homes;
  }
  return homes;
}

}  // namespace osrbot
