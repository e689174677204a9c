#include "adapters/slack/sender.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_parts.h"
#include "adapters/json_text.h"
#include "adapters/slack/file_share.h"
#include "adapters/slack/render.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds until_loaded{1};
constexpr std::chrono::seconds until_mended{60};

template <std::size_t Count>
bool is_one_of(const std::string& error, const std::array<std::string_view, Count>& words) {
  return std::ranges::find(words, error) != words.end();
}

/// The conversation as a whole takes no messages of this bot.
bool is_unreachable(const std::string& error) {
  return is_one_of(
      error, std::to_array<std::string_view>({"channel_not_found", "not_in_channel", "is_archived", "user_not_found",
                                              "users_not_found", "user_disabled", "user_is_bot", "user_is_restricted",
                                              "cannot_dm_bot", "restricted_action_non_threadable_channel",
                                              "restricted_action_read_only_channel", "team_not_found"}));
}

Obstacle obstacle_in(const std::string& error) {
  if (error == "not_in_channel" || error == "channel_not_found") return Obstacle::not_member;
  return error == "is_archived" ? Obstacle::archived : Obstacle::other;
}

/// Slack's own trouble, which passes.
bool passes(const std::string& error) {
  return is_one_of(error, std::to_array<std::string_view>({"ratelimited", "rate_limited", "internal_error",
                                                           "fatal_error", "service_unavailable", "request_timeout",
                                                           "team_added_to_org", "accesslimited"}));
}

bool is_about_blocks(const std::string& error) {
  return is_one_of(error, std::to_array<std::string_view>(
                              {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"}));
}

bool is_about_thread(const std::string& error) {
  return is_one_of(error, std::to_array<std::string_view>({"thread_not_found", "thread_locked", "message_not_found",
                                                           "cannot_reply_to_message", "invalid_thread_ts"}));
}

/// Not for everybody in the channel, or not for this bot.
bool is_no_member(const std::string& error) {
  return is_one_of(error,
                   std::to_array<std::string_view>({"not_in_channel", "channel_not_found", "user_not_in_channel"}));
}

/// Why Slack would not take the file; empty when it would.
std::string problem_with(const File& file) {
  if (file.content.empty()) return fmt::format("the file {} is empty", file.name);
  if (file.content.size() > largest_file) {
    return fmt::format("the file {} has {} bytes, and Slack takes {}", file.name, file.content.size(), largest_file);
  }
  return {};
}

/// The button opens the private conversation, and no more.
bool opens_private(const Button& button) {
  return button.in_private && button.command.empty() && button.url.empty();
}

bool leads_to_private(const Message& message) {
  return std::ranges::any_of(message.buttons, [](const auto& row) { return std::ranges::any_of(row, opens_private); });
}

/// What conversations.open opened; empty when it did not.
std::string channel_in(const ApiOutcome& outcome) {
  const auto* result = std::get_if<ApiResult>(&outcome);
  if (result == nullptr) return {};
  try {
    const json answer = read_json(result->json);
    const json* channel = field(answer, "channel");
    return channel == nullptr ? std::string() : string(*channel, "id");
  } catch (const Malformed&) {
    return {};
  }
}

Rejected rejected(const ApiRefusal& refusal, const Place& to) {
  std::string why = describe(refusal);
  if (refusal.error == "not_in_channel") {
    why += fmt::format(": the bot is no member of channel {}; whoever is types /invite and the bot's name there",
                       to.conversation);
  }
  if (refusal.error == "channel_not_found") {
    why += fmt::format(": there is no channel {}, or it is private and the bot is not invited", to.conversation);
  }
  return {std::move(why), true, obstacle_in(refusal.error)};
}

}  // namespace

struct Sender::Sending {
  OutboundMessage message;
  std::function<void(Delivery)> done;
  std::shared_ptr<const Workspace> workspace;
  std::vector<Part> parts;
  std::size_t next = 0;
  std::string key;  ///< of the conversation and its thread

  std::vector<std::size_t> hashes() const {
    std::vector<std::size_t> out;
    for (const Part& part : parts) {
      out.push_back(std::hash<std::string>()(part.text + part.blocks + (part.file ? part.file->content : "")));
    }
    return out;
  }

  bool is_for_one() const {
    return message.message.surface == Surface::one_person && !message.to.is_private &&
           !message.message.surface_id.empty();
  }

  /// Goes to the one person in private instead.
  void turn_private() {
    message.to.conversation = message.message.surface_id;
    message.to.thread.clear();
    message.to.is_private = true;
  }

  /// What all ways of sending a part have in common, as the beginning of a JSON object.
  std::string words() const {
    // Written by hand: a tree of it costs more than the whole rest of sending.
    std::string out = R"({"text":)" + json_text(parts[next].text);
    if (!parts[next].blocks.empty()) out += R"(,"blocks":)" + parts[next].blocks;
    if (!message.to.thread.empty()) out += R"(,"thread_ts":)" + json_text(message.to.thread);
    return out;
  }
};

void Sender::send(OutboundMessage message, std::function<void(Delivery)> done) {
  const auto workspace = workspaces_.find(message.to.workspace);
  if (!workspace) {
    if (!workspaces_.loaded()) return done(RetryLater{until_loaded, "the workspaces are not loaded yet"});
    return done(Rejected{fmt::format("the bot is not installed in workspace {}", message.to.workspace), true});
  }
  auto key = message.to.workspace + "/" + message.to.conversation + "/" + message.to.thread;
  if (message.message.file) {
    if (auto why = problem_with(*message.message.file); !why.empty()) return done(Rejected{std::move(why), false});
  }
  const auto sending = std::make_shared<Sending>(Sending{.message = std::move(message),
                                                         .done = std::move(done),
                                                         .workspace = workspace,
                                                         .parts = {},
                                                         .next = 0,
                                                         .key = std::move(key)});
  switch (sending->message.message.surface) {
    case Surface::home:
      return send_home(sending);
    case Surface::dialog:
      return send_dialog(sending);
    case Surface::conversation:
    case Surface::one_person:
      return send_words(sending);
  }
}

void Sender::send_home(const SendingPtr& sending) {
  const Message& message = sending->message.message;
  api_.call("views.publish", sending->workspace->token,
            R"({"user_id":)" + json_text(message.surface_id) + R"(,"view":)" + home_view(message) + "}",
            [this, sending](const ApiOutcome& outcome) { finish(sending, delivery_of(outcome)); });
}

void Sender::send_dialog(const SendingPtr& sending) {
  Message& message = sending->message.message;
  const auto name = message.surface_id;
  auto dialog = read_dialog_name(name, sending->message.to);
  const auto metadata = dialog_metadata(dialog.place);
  // What cannot be shown (any more) is said to the same person where they asked.
  sending->message.to = std::move(dialog.place);
  message.surface = Surface::one_person;
  message.surface_id = std::move(dialog.person);
  std::string answer;  // empty: the dialog closes
  if (message.form) {
    const auto errors = form_errors(*message.form);
    answer = errors.empty() ? R"({"response_action":"update","view":)" + form_view(*message.form, metadata) + "}"
                            : R"({"response_action":"errors","errors":)" + errors + "}";
  }
  if (inbox_.answer_submission(name, answer)) return finish(sending, Sent{});
  if (!message.form) return message.blocks.empty() ? finish(sending, Sent{}) : send_words(sending);
  api_.call("views.open", sending->workspace->token,
            R"({"trigger_id":)" + json_text(dialog.trigger) + R"(,"view":)" + form_view(*message.form, metadata) + "}",
            [this, sending](const ApiOutcome& outcome) {
              const bool shown = std::holds_alternative<ApiResult>(outcome);
              if (shown || sending->message.message.blocks.empty()) return finish(sending, delivery_of(outcome));
              // A trigger lives for 3 seconds. Whoever pressed is told in words what the form would have asked.
              log_(LogLevel::info, "a dialog could not be shown: " + describe(outcome));
              sending->message.message.form.reset();
              send_words(sending);
            });
}

void Sender::send_words(const SendingPtr& sending) {
  // Slack shows no file to one person only: it goes to them in private, with its words.
  if (sending->message.message.file && sending->is_for_one()) sending->turn_private();
  if (sending->is_for_one() && leads_to_private(sending->message.message)) return link_to_private(sending);
  send_parts(sending);
}

void Sender::link_to_private(const SendingPtr& sending) {
  api_.call_form("conversations.open", sending->workspace->token, {{"users", sending->message.message.surface_id}},
                 [this, sending](const ApiOutcome& outcome) {
                   const auto channel = channel_in(outcome);
                   for (auto& row : sending->message.message.buttons) {
                     for (Button& button : row) {
                       if (!opens_private(button) || channel.empty()) continue;
                       button.url = fmt::format("{}/app_redirect?channel={}&team={}", api_.base_url(), channel,
                                                sending->message.to.workspace);
                     }
                   }
                   send_parts(sending);
                 });
}

void Sender::send_parts(const SendingPtr& sending) {
  sending->parts = render(sending->message.message);
  if (sending->parts.empty()) return finish(sending, Rejected{"the message has no words", false});
  sending->next = unfinished_.take(sending->key, sending->hashes());
  send_next(sending);
}

void Sender::send_next(const SendingPtr& sending) {
  const auto& to = sending->message.to;
  if (const Part& part = sending->parts[sending->next]; part.file) {
    return share_file(api_, sending->workspace->token, to, part,
                      [this, sending](const ApiOutcome& outcome) { take(sending, outcome); });
  }
  std::string body = sending->words() + R"(,"channel":)" + json_text(to.conversation);
  const bool for_one = sending->is_for_one();
  if (for_one) {
    body += R"(,"user":)" + json_text(sending->message.message.surface_id) + "}";
  } else {
    body += R"(,"unfurl_links":false,"unfurl_media":false})";
  }
  api_.call(for_one ? "chat.postEphemeral" : "chat.postMessage", sending->workspace->token, std::move(body),
            [this, sending](const ApiOutcome& outcome) { take(sending, outcome); });
}

void Sender::take(const SendingPtr& sending, const ApiOutcome& outcome) {
  if (const auto* refusal = std::get_if<ApiRefusal>(&outcome)) {
    if (mend(*sending, *refusal)) return send_next(sending);
    if (is_no_member(refusal->error)) return send_aside(sending, outcome);
    if (refusal->is_wrong_token()) {
      log_(LogLevel::error, fmt::format("the token of workspace {} is no longer accepted ({}); {}",
                                        sending->workspace->id, describe(outcome),
                                        sending->workspace->configured ? "mend slack.bot_token (OSRBOT_SLACK_BOT_TOKEN)"
                                                                       : "install the bot there anew"));
    }
  }
  auto delivery = delivery_of(outcome);
  if (std::holds_alternative<Sent>(delivery) && ++sending->next < sending->parts.size()) return send_next(sending);
  finish(sending, std::move(delivery));
}

bool Sender::mend(Sending& sending, const ApiRefusal& refusal) {
  Part& part = sending.parts[sending.next];
  if (is_about_blocks(refusal.error) && !part.blocks.empty()) {
    log_(LogLevel::error, fmt::format("Slack does not take the blocks of message {}, which goes without them: {}",
                                      sending.message.id, describe(refusal)));
    part.blocks.clear();
    return true;
  }
  if (is_about_thread(refusal.error) && !sending.message.to.thread.empty()) {
    log_(LogLevel::info, fmt::format("thread {} of channel {} is gone; the message goes to the channel",
                                     sending.message.to.thread, sending.message.to.conversation));
    sending.message.to.thread.clear();
    return true;
  }
  return false;
}

void Sender::send_aside(const SendingPtr& sending, const ApiOutcome& refusal) {
  // Such an address takes no file.
  const bool is_file = sending->parts[sending->next].file.has_value();
  const auto address = is_file ? std::nullopt : addresses_.take(sending->message.to, std::chrono::steady_clock::now());
  if (!address) {
    if (!sending->is_for_one()) {
      return finish(sending, rejected(std::get<ApiRefusal>(refusal), sending->message.to));
    }
    // What is for one person's eyes can be said to them in private as well.
    sending->turn_private();
    return send_next(sending);
  }
  api_.post(*address, sending->words() + R"(,"response_type":"ephemeral"})",
            [this, sending, refusal](const ApiOutcome& outcome) {
              if (std::holds_alternative<ApiResult>(outcome)) return take(sending, ApiResult{R"({"ok":true})"});
              finish(sending, rejected(std::get<ApiRefusal>(refusal), sending->message.to));
            });
}

void Sender::finish(const SendingPtr& sending, Delivery delivery) {
  if (std::holds_alternative<RetryLater>(delivery)) {
    unfinished_.remember(sending->key, sending->hashes(), sending->next);
  }
  sending->done(std::move(delivery));
}

Delivery delivery_of(const ApiOutcome& outcome) {
  if (const auto* result = std::get_if<ApiResult>(&outcome)) {
    Sent sent;
    for (const auto& [name, value] :
         members(result->json).value_or(std::vector<std::pair<std::string_view, std::string_view>>{})) {
      if ((name == "ts" || name == "message_ts") && value.size() > 2)
        sent.message_id = value.substr(1, value.size() - 2);
    }
    return sent;
  }
  if (const auto* failure = std::get_if<ApiFailure>(&outcome)) return RetryLater{{}, failure->why};
  const auto& refusal = std::get<ApiRefusal>(outcome);
  if (refusal.is_wrong_token()) return RetryLater{until_mended, describe(outcome)};
  if (passes(refusal.error)) {
    return RetryLater{refusal.retry_after.value_or(std::chrono::milliseconds::zero()), describe(outcome)};
  }
  return Rejected{describe(outcome), is_unreachable(refusal.error), obstacle_in(refusal.error)};
}

}  // namespace osrbot::slack
