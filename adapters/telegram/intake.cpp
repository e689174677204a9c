#include "adapters/telegram/intake.h"

#include <chrono>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_text.h"
#include "adapters/telegram/small_talk.h"
#include "adapters/transport/digest.h"

namespace osrbot::telegram {
namespace {

constexpr std::size_t most_pictures = 4;           // in a batch
constexpr std::chrono::seconds longest_fetch{20};  // of all of them
constexpr std::size_t part_size = 8;               // updates

}  // namespace

std::int64_t Intake::add(std::string_view json) {
  ++counts_.updates;
  if (const auto id = update_id(json); id >= 0 && is_small_talk(json)) return id;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto read = reader_.read(json, now);
  if (!read.problem.empty()) {
    ++counts_.unreadable;
    log_(LogLevel::warning, fmt::format("update {} cannot be read and is skipped: {}",
                                        read.id < 0 ? "without a number" : std::to_string(read.id), read.problem));
  }
  if (!read.picture_id.empty()) pictures_.push_back({updates_.size(), std::move(read.picture_id)});
  std::ranges::move(read.updates, std::back_inserter(updates_));
  if (!read.callback_id.empty()) callbacks_.push_back(std::move(read.callback_id));
  return read.id;
}

bool Intake::deliver_part(std::int64_t next, const Deliver& deliver) {
  if (updates_.size() < part_size || !pictures_.empty()) return true;
  return deliver({.adapter = "telegram",
                  .updates = std::exchange(updates_, {}),
                  .cursor = std::to_string(next),
                  .unfinished = true});
}

bool Intake::deliver(std::string cursor, const Deliver& deliver, const std::stop_token& stop) {
  const auto callbacks = std::exchange(callbacks_, {});
  // What Telegram is not told of comes again, whole.
  if (!pictures_.empty() && (!deliver_above_pictures(deliver) || !fetch_pictures(stop))) return false;
  if (!deliver({.adapter = "telegram", .updates = std::exchange(updates_, {}), .cursor = std::move(cursor)}))
    return false;
  // Until it is answered the person's app shows the button as busy. Nothing depends on it: it is not tried again.
  for (const auto& id : callbacks) {
    api_.call("answerCallbackQuery", json_text({{"callback_query_id", id}}), [log = log_](const ApiOutcome& outcome) {
      if (std::holds_alternative<ApiResult>(outcome)) return;
      log(LogLevel::debug, "answering a button: " + describe(outcome));
    });
  }
  return true;
}

/// Hands over what stands below no picture in its conversation. It is durable with the rest: if the rest is not, it
/// comes again and is known.
bool Intake::deliver_above_pictures(const Deliver& deliver) {
  std::vector<Update> above;
  std::vector<Update> kept;
  std::set<std::string> waiting;  // conversations
  auto picture = pictures_.begin();
  for (std::size_t i = 0; i < updates_.size(); ++i) {
    const bool has_picture = picture != pictures_.end() && picture->update == i;
    if (has_picture) {
      waiting.insert(updates_[i].place.conversation);
      (picture++)->update = kept.size();
    }
    const bool waits = waiting.contains(updates_[i].place.conversation);
    (waits ? kept : above).push_back(std::move(updates_[i]));
  }
  updates_ = std::move(kept);
  return above.empty() ||
         deliver({.adapter = "telegram", .updates = std::move(above), .cursor = {}, .unfinished = true});
}

bool Intake::fetch_pictures(const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + longest_fetch;
  auto wanted = std::exchange(pictures_, {});
  // Pictures that nobody needs must not hold up what others write.
  if (wanted.size() > most_pictures) wanted.resize(most_pictures);
  for (const auto& [update, file_id] : wanted) {
    auto bytes = api_.download(file_id, largest_picture, until, stop);
    if (const auto* failure = std::get_if<ApiFailure>(&bytes)) {
      if (!failure->cancelled) log_(LogLevel::warning, "a picture could not be fetched: " + failure->why);
      continue;
    }
    const auto& content = std::get<std::string>(bytes);
    SentPicture& sent = updates_[update].picture.emplace();
    const auto type = picture_type(content);
    sent.state = type.empty() ? SentPicture::State::other_kind : SentPicture::State::here;
    if (!type.empty()) sent.picture = {.media_type = std::string(type), .content = base64(content)};
  }
  return wanted.empty() || !stop.stop_requested();
}

}  // namespace osrbot::telegram
