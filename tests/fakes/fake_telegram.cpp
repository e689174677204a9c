#include "tests/fakes/fake_telegram.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/fakes/multipart.h"

namespace osrbot::fakes {

using nlohmann::json;

namespace {

constexpr std::size_t longest_text = 4096;
constexpr std::size_t longest_caption = 1024;
constexpr std::size_t largest_document = 50'000'000;

FakeAnswer ok(std::string result) {
  return {.body = R"({"ok":true,"result":)" + std::move(result) + "}"};
}

FakeAnswer refuse(int code, const std::string& description, const std::string& parameters = {}) {
  std::string body = fmt::format(R"({{"ok":false,"error_code":{},"description":{})", code, json(description).dump());
  if (!parameters.empty()) body += R"(,"parameters":)" + parameters;
  return {.status = code, .body = body + "}"};
}

std::int64_t integer(const json& call, const char* name, std::int64_t otherwise = 0) {
  const auto found = call.find(name);
  return found != call.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

std::string text_of(const json& call, const char* name) {
  const auto found = call.find(name);
  return found != call.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Empty when the keyboard is as Telegram wants it.
std::string read_keyboard(const json& markup, std::vector<std::vector<SentButton>>& out) {
  std::size_t count = 0;
  for (const auto& row : markup.at("inline_keyboard")) {
    auto& buttons = out.emplace_back();
    for (const auto& key : row) {
      SentButton button{text_of(key, "text"), text_of(key, "callback_data"), text_of(key, "url")};
      if (button.label.empty()) return "BUTTON_TEXT_INVALID";
      if (button.data.empty() == button.url.empty()) return "BUTTON_TYPE_INVALID";
      if (button.data.size() > 64) return "BUTTON_DATA_INVALID";
      if (!button.url.empty() && button.url.find("://") == std::string::npos) return "BUTTON_URL_INVALID";
      buttons.push_back(std::move(button));
      ++count;
    }
    if (row.empty() || row.size() > 8) return "a keyboard row has no or more than 8 buttons";
  }
  return count > 100 ? "REPLY_MARKUP_TOO_LONG" : "";
}

std::ptrdiff_t characters(std::string_view utf8) {
  return std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool is_menu_name(const std::string& name) {
  return !name.empty() && name.size() <= 32 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

Fault Fault::refusal(int code, const std::string& description, const std::string& parameters) {
  return {refuse(code, description, parameters)};
}

Fault Fault::too_many(std::optional<int> retry_after) {
  return refusal(429, "Too Many Requests", retry_after ? fmt::format(R"({{"retry_after":{}}})", *retry_after) : "");
}

Fault Fault::garbage(std::string body) {
  return {FakeAnswer{.body = std::move(body)}};
}

FakeTelegram::FakeTelegram(FakeTelegramOptions options)
    : options_(std::move(options)),
      prefix_("/bot" + options_.token + "/"),
      server_(
          [this](HttpFake::Connection connection, const FakeRequest& request) { return handle(connection, request); },
          options_.port) {}

FakeTelegram::~FakeTelegram() = default;

std::int64_t FakeTelegram::push(std::string update) {
  std::int64_t id = 0;
  {
    const std::lock_guard lock(mutex_);
    id = next_update_id_++;
    const bool is_object = update.starts_with('{');
    updates_.emplace_back(
        id, is_object ? fmt::format(R"({{"update_id":{}{}{})", id, update == "{}" ? "" : ",", update.substr(1))
                      : std::move(update));
  }
  wake_poll();
  return id;
}

void FakeTelegram::push_raw(std::string text) {
  {
    const std::lock_guard lock(mutex_);
    updates_.emplace_back(next_update_id_++, std::move(text));
  }
  wake_poll();
}

void FakeTelegram::push_many(std::int64_t count, std::function<std::string(std::int64_t)> make) {
  {
    const std::lock_guard lock(mutex_);
    to_make_ = count;
    made_ = 0;
    make_ = std::move(make);
  }
  wake_poll();
}

void FakeTelegram::add_file(const std::string& id, std::string content) {
  const std::lock_guard lock(mutex_);
  files_.insert_or_assign(id, std::move(content));
}

void FakeTelegram::fail(const std::string& method, Fault fault, int times) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < times; ++i) faults_[method].push_back(fault);
}

void FakeTelegram::block(std::int64_t chat) {
  const std::lock_guard lock(mutex_);
  blocked_.insert(chat);
}

void FakeTelegram::migrate(std::int64_t chat, std::int64_t to) {
  const std::lock_guard lock(mutex_);
  migrated_[chat] = to;
}

void FakeTelegram::close_topic(std::int64_t chat, std::int64_t topic) {
  const std::lock_guard lock(mutex_);
  closed_topics_.emplace(chat, topic);
}

std::vector<SentMessage> FakeTelegram::sent(std::size_t from) const {
  const std::lock_guard lock(mutex_);
  return {sent_.begin() + static_cast<std::ptrdiff_t>(std::min(from, sent_.size())), sent_.end()};
}

std::uint64_t FakeTelegram::sent_count() const {
  const std::lock_guard lock(mutex_);
  return sent_count_;
}

std::vector<std::string> FakeTelegram::violations() const {
  const std::lock_guard lock(mutex_);
  return violations_;
}

std::uint64_t FakeTelegram::calls(const std::string& method) const {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(method);
  return found == calls_.end() ? 0 : found->second;
}

std::string FakeTelegram::last_call(const std::string& method) const {
  const std::lock_guard lock(mutex_);
  const auto found = last_calls_.find(method);
  return found == last_calls_.end() ? std::string() : found->second;
}

std::int64_t FakeTelegram::unconfirmed() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(updates_.size()) + to_make_ - made_;
}

bool FakeTelegram::wait_until(const std::function<bool()>& condition, std::chrono::milliseconds limit) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  // The condition may ask the fake itself: it is evaluated without the lock, and the nap covers what happens meanwhile.
  while (!condition()) {
    std::unique_lock lock(mutex_);
    if (std::chrono::steady_clock::now() >= end) return false;
    changed_.wait_for(lock, std::chrono::milliseconds(10));
  }
  return true;
}

FakeTelegram::Reply FakeTelegram::handle(HttpFake::Connection connection, const FakeRequest& request) {
  Reply reply;
  {
    const std::lock_guard lock(mutex_);
    if (const std::string files = "/file" + prefix_; request.target.starts_with(files)) {
      const auto file = files_.find(request.target.substr(files.size()));
      if (file == files_.end()) return refuse(404, "Not Found");
      return FakeAnswer{.body = file->second, .content_type = "application/octet-stream"};
    }
    if (!request.target.starts_with(prefix_)) return refuse(401, "Unauthorized");
    const auto method = request.target.substr(prefix_.size());
    reply = dispatch(connection, method, request);
    changed_.notify_all();
    if (options_.delay == std::chrono::milliseconds(0) || method == "getUpdates" || !reply) return reply;
  }
  server_.post_after(options_.delay,
                     [this, connection, late = std::move(*reply)] { server_.answer(connection, late); });
  return std::nullopt;
}

FakeTelegram::Reply FakeTelegram::dispatch(HttpFake::Connection connection, std::string_view method,
                                           const FakeRequest& request) {
  const std::string_view body = request.body;
  const auto counted = calls_.find(method);
  if (counted != calls_.end()) {
    ++counted->second;
  } else {
    calls_.emplace(method, 1);
  }
  if (method != "sendMessage" && method != "getUpdates")
    last_calls_.insert_or_assign(std::string(method), std::string(body));
  std::optional<Fault> fault;
  if (!faults_.empty()) {
    const auto found = faults_.find(std::string(method));
    if (found != faults_.end() && !found->second.empty()) {
      fault = std::move(found->second.front());
      found->second.pop_front();
      if (!fault->takes_effect) return fault->answer;
    }
  }
  if (method == "sendDocument") {
    const auto answer = send_document(request);
    return fault ? fault->answer : answer;
  }
  const json call = body.empty() ? json::object() : json::parse(body, nullptr, false);
  if (!call.is_object()) return violation("Bad Request: the body is no JSON object");
  Reply reply;
  if (method == "getUpdates") {
    reply = get_updates(connection, call);
  } else if (method == "sendMessage") {
    reply = send_message(call);
  } else if (method == "getMe") {
    reply = ok(
        json{{"id", options_.bot_id}, {"is_bot", true}, {"first_name", "OSR"}, {"username", options_.username}}.dump());
  } else if (method == "answerCallbackQuery") {
    reply = text_of(call, "callback_query_id").empty() ? violation("Bad Request: QUERY_ID_INVALID") : ok("true");
  } else if (method == "setMyCommands") {
    reply = set_my_commands(call);
  } else if (method == "setWebhook") {
    webhook_ = !text_of(call, "url").empty();
    reply = ok("true");
  } else if (method == "deleteWebhook") {
    webhook_ = false;
    reply = ok("true");
  } else if (method == "getFile") {
    reply = get_file(call);
  } else if (method == "getChat") {
    reply = ok(json{{"id", integer(call, "chat_id")}, {"type", "supergroup"}, {"title", "Group"}}.dump());
  } else if (method == "getWebhookInfo") {
    reply = ok(json{
        {"url", webhook_ ? "set" : ""}, {"has_custom_certificate", false}, {"pending_update_count", updates_.size()}}
                   .dump());
  } else {
    reply = refuse(404, "Not Found");
  }
  return fault ? fault->answer : reply;
}

FakeAnswer FakeTelegram::get_file(const json& call) {
  const auto id = text_of(call, "file_id");
  const auto file = files_.find(id);
  if (file == files_.end()) return refuse(400, "Bad Request: invalid file_id");
  return ok(json{{"file_id", id}, {"file_unique_id", "u" + id}, {"file_size", file->second.size()}, {"file_path", id}}
                .dump());
}

FakeTelegram::Reply FakeTelegram::get_updates(HttpFake::Connection connection, const json& call) {
  if (webhook_) {
    return refuse(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
  }
  if (poll_) {
    server_.answer(
        poll_->connection,
        refuse(409,
               "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
    poll_.reset();
  }
  const auto offset = integer(call, "offset");
  while (!updates_.empty() && updates_.front().first < offset) updates_.pop_front();
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(integer(call, "limit", 100), 1, 100));
  const auto timeout = integer(call, "timeout");
  if (!updates_.empty() || made_ < to_make_ || timeout <= 0) return ok(next_updates(limit));
  poll_ = Waiting{connection, ++last_poll_, limit};
  server_.post_after(std::chrono::seconds(timeout), [this, number = last_poll_] {
    const std::lock_guard lock(mutex_);
    if (poll_ && poll_->number == number) answer_waiting_poll();
  });
  return std::nullopt;
}

std::string FakeTelegram::next_updates(std::size_t limit) {
  while (updates_.size() < limit && made_ < to_make_) {
    const auto id = next_update_id_++;
    updates_.emplace_back(id, fmt::format(R"({{"update_id":{},{})", id, make_(made_++).substr(1)));
  }
  std::string out = "[";
  for (std::size_t i = 0; i < std::min(limit, updates_.size()); ++i) {
    if (i > 0) out += ",";
    out += updates_[i].second;
  }
  return out + "]";
}

void FakeTelegram::wake_poll() {
  server_.post([this] {
    const std::lock_guard lock(mutex_);
    if (poll_ && (!updates_.empty() || made_ < to_make_)) answer_waiting_poll();
  });
}

void FakeTelegram::answer_waiting_poll() {
  const auto waiting = *std::exchange(poll_, std::nullopt);
  server_.answer(waiting.connection, ok(next_updates(waiting.limit)));
}

FakeAnswer FakeTelegram::violation(const std::string& rule) {
  violations_.push_back(rule);
  return refuse(400, rule);
}

FakeAnswer FakeTelegram::send_message(const json& call) {
  return accept(call, {}, longest_text);
}

/// A form as sendDocument has it, with everything but the document as fields.
FakeAnswer FakeTelegram::send_document(const FakeRequest& request) {
  const auto form = read_multipart(request.header("content-type"), request.body);
  if (!form) return violation("Bad Request: the body is no multipart/form-data");
  json call = json::object();
  SentMessage message;
  for (const FormPart& part : *form) {
    if (part.name == "document") {
      message.file_name = part.file_name;
      message.media_type = part.media_type;
      message.content = part.value;
    } else if (part.name == "caption") {
      call["text"] = part.value;
    } else if (part.name == "parse_mode") {
      call[part.name] = part.value;
    } else {
      call[part.name] = json::parse(part.value, nullptr, false);
    }
  }
  if (message.file_name.empty() || message.content.empty()) return violation("Bad Request: file must be non-empty");
  if (message.content.size() > largest_document) return refuse(413, "Request Entity Too Large");
  if (!call.contains("text")) call.update({{"text", ""}, {"parse_mode", "HTML"}});
  return accept(call, std::move(message), longest_caption);
}

FakeAnswer FakeTelegram::accept(const json& call, SentMessage message, std::size_t longest) {
  message.chat = integer(call, "chat_id");
  if (message.chat == 0) return violation("Bad Request: chat_id is empty");
  if (blocked_.contains(message.chat)) return refuse(403, "Forbidden: bot was blocked by the user");
  if (const auto to = migrated_.find(message.chat); to != migrated_.end()) {
    return refuse(400, "Bad Request: group chat was upgraded to a supergroup chat",
                  fmt::format(R"({{"migrate_to_chat_id":{}}})", to->second));
  }
  message.topic = integer(call, "message_thread_id");
  if (message.topic != 0 && closed_topics_.contains({message.chat, message.topic}))
    return refuse(400, "Bad Request: TOPIC_CLOSED");
  if (text_of(call, "parse_mode") != "HTML") return violation("the text is expected as HTML");
  message.html = text_of(call, "text");
  auto html = read_html(message.html);
  if (!html.error.empty()) return violation("Bad Request: can't parse entities: " + html.error);
  if (message.content.empty() && html.text.find_first_not_of(" \n\t") == std::string::npos) {
    return violation("Bad Request: message text is empty");
  }
  if (html.length > longest) return violation("Bad Request: message is too long");
  message.text = std::move(html.text);
  message.entities = std::move(html.entities);
  if (const auto reply = call.find("reply_parameters"); reply != call.end())
    message.reply_to = integer(*reply, "message_id");
  if (const auto markup = call.find("reply_markup"); markup != call.end()) {
    const auto problem = read_keyboard(*markup, message.buttons);
    if (!problem.empty()) return violation("Bad Request: " + problem);
  }
  message.message_id = ++last_message_id_;
  message.at = std::chrono::steady_clock::now();
  ++sent_count_;
  auto answer =
      ok(fmt::format(R"({{"message_id":{},"from":{{"id":{},"is_bot":true,"first_name":"OSR","username":"{}"}},"chat":)"
                     R"({{"id":{},"type":"{}"}},"date":{},"text":{}}})",
                     message.message_id, options_.bot_id, options_.username, message.chat,
                     message.chat > 0 ? "private" : "supergroup", std::time(nullptr), json(message.text).dump()));
  if (options_.keep_sent) sent_.push_back(std::move(message));
  return answer;
}

FakeAnswer FakeTelegram::set_my_commands(const json& call) {
  const auto commands = call.find("commands");
  if (commands == call.end() || !commands->is_array() || commands->size() > 100)
    return violation("Bad Request: commands must be an array of at most 100");
  for (const auto& command : *commands) {
    if (!is_menu_name(text_of(command, "command"))) return violation("Bad Request: BOT_COMMAND_INVALID");
    const auto description = text_of(command, "description");
    if (description.empty() || characters(description) > 256)
      return violation("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
  }
  const auto language = text_of(call, "language_code");
  if (!language.empty() && language.size() != 2) return violation("Bad Request: invalid language code specified");
  return ok("true");
}

}  // namespace osrbot::fakes
