#include "adapters/telegram/sender.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "adapters/json_parts.h"
#include "adapters/json_text.h"
#include "adapters/telegram/render.h"

namespace osrbot::telegram {

namespace {

constexpr std::size_t largest_file = 50'000'000;  // Bot API: "bots can currently send files of up to 50 MB"

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

bool mentions_any(std::string_view description, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return description.find(word) != std::string_view::npos; });
}

/// Files may be forbidden where words are not.
bool forbids_files(const ApiRefusal& refusal) {
  return mentions_any(refusal.description, {"to send documents", "CHAT_SEND_DOCS_FORBIDDEN"});
}

/// The conversation as a whole takes no messages of this bot.
bool is_unreachable(const ApiRefusal& refusal) {
  return refusal.code == 403 ||
         mentions_any(refusal.description, {"chat not found", "PEER_ID_INVALID", "not enough rights", "have no rights",
                                            "CHAT_WRITE_FORBIDDEN", "user is deactivated", "chat was deleted"});
}

Obstacle obstacle_in(const ApiRefusal& refusal) {
  const bool outside = mentions_any(refusal.description, {"bot was kicked", "is not a member", "chat not found"});
  return outside ? Obstacle::not_member : Obstacle::other;
}

bool is_topic_gone(const ApiRefusal& refusal) {
  return refusal.code == 400 && mentions_any(refusal.description, {"message thread not found", "TOPIC_DELETED",
                                                                   "TOPIC_CLOSED", "TOPIC_ID_INVALID"});
}

std::string body_of(const Part& part, const Place& to, std::string_view reply_to) {
  // Written by hand: a tree of it costs more than the whole rest of sending.
  std::string out = R"({"chat_id":)" + to.conversation + R"(,"text":)";
  append_json_string(out, part.html);
  out += R"(,"parse_mode":"HTML","link_preview_options":{"is_disabled":true})";
  if (number(to.thread)) out += R"(,"message_thread_id":)" + to.thread;
  if (number(reply_to)) {
    out += fmt::format(R"(,"reply_parameters":{{"message_id":{},"allow_sending_without_reply":true}})", reply_to);
  }
  if (!part.keyboard.empty()) out += R"(,"reply_markup":)" + part.keyboard;
  out += "}";
  return out;
}

MultipartForm form_of(const Part& part, const Place& to, std::string_view reply_to) {
  MultipartForm form;
  form.add_field("chat_id", to.conversation);
  if (number(to.thread)) form.add_field("message_thread_id", to.thread);
  if (!part.html.empty()) {
    form.add_field("caption", part.html);
    form.add_field("parse_mode", "HTML");
  }
  if (number(reply_to)) {
    form.add_field("reply_parameters",
                   fmt::format(R"({{"message_id":{},"allow_sending_without_reply":true}})", reply_to));
  }
  if (!part.keyboard.empty()) form.add_field("reply_markup", part.keyboard);
  form.add_file("document", part.file->name, part.file->media_type, part.file->content);
  return form;
}

/// Why Telegram would not take the file; empty when it would.
std::string problem_with(const File& file) {
  if (file.content.empty()) return fmt::format("the file {} is empty", file.name);
  if (file.content.size() > largest_file) {
    return fmt::format("the file {} has {} bytes, and Telegram takes {}", file.name, file.content.size(), largest_file);
  }
  return {};
}

/// What stands in a file's place where the chat takes none: readable in every language.
void replace_file(Part& part) {
  const Message note{.blocks = {{.spans = {{.text = fmt::format("📎 {} 🚫", part.file->name)}}}}, .buttons = {}};
  if (!part.html.empty()) part.html += "\n\n";
  part.html += render(note).front().html;
  part.file.reset();
}

}  // namespace

struct Sender::Sending {
  std::vector<Part> parts;
  std::size_t next = 0;
  Place to;
  std::string reply_to;
  std::string key;  ///< of the conversation and its thread
  std::function<void(Delivery)> done;
  std::vector<std::size_t> hashes = {};  ///< of the parts as they were rendered

  void hash() {
    for (const Part& part : parts) {
      hashes.push_back(
          std::hash<std::string>()(part.html + part.keyboard + reply_to + (part.file ? part.file->content : "")));
    }
  }
};

void Sender::send(const OutboundMessage& message, std::function<void(Delivery)> done) {
  auto sending = std::make_shared<Sending>(Sending{.parts = render(message.message),
                                                   .next = 0,
                                                   .to = message.to,
                                                   .reply_to = message.reply_to,
                                                   .key = message.to.conversation + "/" + message.to.thread,
                                                   .done = std::move(done)});
  if (!number(message.to.conversation)) {
    return sending->done(Rejected{fmt::format("\"{}\" is no chat of Telegram", message.to.conversation), true});
  }
  if (sending->parts.empty()) return sending->done(Rejected{"the message has no words", false});
  if (message.message.file) {
    if (auto why = problem_with(*message.message.file); !why.empty()) {
      return sending->done(Rejected{std::move(why), false});
    }
  }
  sending->hash();
  sending->next = unfinished_.take(sending->key, sending->hashes);
  send_next(sending);
}

void Sender::send_next(const std::shared_ptr<Sending>& sending) {
  // Only the first part answers: the others follow it.
  const std::string_view reply_to = sending->next == 0 ? std::string_view(sending->reply_to) : std::string_view();
  const Part& part = sending->parts[sending->next];
  const auto done = [this, sending](const ApiOutcome& outcome) { take(sending, outcome); };
  if (part.file) {
    api_.upload("sendDocument", form_of(part, sending->to, reply_to), done);
  } else {
    api_.call("sendMessage", body_of(part, sending->to, reply_to), done);
  }
}

void Sender::take(const std::shared_ptr<Sending>& sending, const ApiOutcome& outcome) {
  if (const auto* refusal = std::get_if<ApiRefusal>(&outcome)) {
    if (is_topic_gone(*refusal) && !sending->to.thread.empty()) {
      log_(LogLevel::info, fmt::format("topic {} of chat {} is closed or gone; the message goes to the chat",
                                       sending->to.thread, sending->to.conversation));
      sending->to.thread.clear();
      return send_next(sending);
    }
    if (Part& part = sending->parts[sending->next]; part.file && forbids_files(*refusal)) {
      log_(LogLevel::warning,
           fmt::format("chat {} takes no files: {} is not sent", sending->to.conversation, part.file->name));
      replace_file(part);
      return send_next(sending);
    }
    if (refusal->is_wrong_token()) {
      log_(LogLevel::error, fmt::format("the token was not accepted ({}); if it goes on, mend telegram.token "
                                        "(OSRBOT_TELEGRAM_TOKEN, or the file that telegram.token_file names)",
                                        describe(outcome)));
    }
  }
  auto delivery = delivery_of(outcome);
  if (std::holds_alternative<Sent>(delivery) && ++sending->next < sending->parts.size()) return send_next(sending);
  finish(sending, std::move(delivery));
}

void Sender::finish(const std::shared_ptr<Sending>& sending, Delivery delivery) {
  if (std::holds_alternative<RetryLater>(delivery)) {
    unfinished_.remember(sending->key, sending->hashes, sending->next);
  }
  sending->done(std::move(delivery));
}

Delivery delivery_of(const ApiOutcome& outcome) {
  if (const auto* result = std::get_if<ApiResult>(&outcome)) {
    const auto message = members(result->json);
    if (message) {
      for (const auto& [name, value] : *message) {
        if (name == "message_id" && number(value)) return Sent{std::string(value)};
      }
    }
    return RetryLater{{}, "the answer has no message_id"};
  }
  if (const auto* failure = std::get_if<ApiFailure>(&outcome)) return RetryLater{{}, failure->why};
  const auto& refusal = std::get<ApiRefusal>(outcome);
  if (refusal.migrate_to_chat_id) return Moved{std::to_string(*refusal.migrate_to_chat_id)};
  const bool is_final = refusal.code >= 400 && refusal.code < 500 && refusal.code != 429 && !refusal.is_wrong_token() &&
                        refusal.code != 409;
  if (is_final) return Rejected{describe(outcome), is_unreachable(refusal), obstacle_in(refusal)};
  return RetryLater{refusal.retry_after.value_or(std::chrono::seconds::zero()), describe(outcome)};
}

}  // namespace osrbot::telegram
