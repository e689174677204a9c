#include "tests/fakes/fake_slack.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::fakes {

using nlohmann::json;

namespace {

FakeAnswer no(const std::string& error) {
  return {.body = json{{"ok", false}, {"error", error}}.dump()};
}

std::string form_field(std::string_view form, std::string_view name) {
  const auto key = std::string(name) + "=";
  auto at = form.starts_with(key) ? 0 : form.find("&" + key);
  if (at == std::string_view::npos) return {};
  at += key.size() + (at == 0 ? 0 : 1);
  return std::string(form.substr(at, form.find('&', at) - at));
}

}  // namespace

std::string SlackCall::operator[](const char* name) const {
  const auto parsed = json::parse(body, nullptr, false);
  if (!parsed.is_object() || !parsed.contains(name)) return {};
  return parsed[name].is_string() ? parsed[name].get<std::string>() : parsed[name].dump();
}

FakeSlack::FakeSlack(FakeSlackOptions options)
    : options_(std::move(options)),
      socket_({.opening = nullptr,
               .opened =
                   [this](Connection id) {
                     if (options_.greets) socket_.send(id, R"({"type":"hello","num_connections":1})");
                     const std::lock_guard lock(mutex_);
                     sockets_.push_back(id);
                     ++sockets_ever_;
                     changed_.notify_all();
                   },
               .message = [this](Connection id, const std::string& text) { hear(id, text); },
               .closed =
                   [this](Connection id) {
                     const std::lock_guard lock(mutex_);
                     std::erase(sockets_, id);
                     changed_.notify_all();
                   }}),
      web_([this](HttpFake::Connection from, const FakeRequest& request) { return handle(from, request); }) {}

FakeSlack::~FakeSlack() = default;

void FakeSlack::fail(const std::string& method, std::optional<FakeAnswer> answer, int times) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < times; ++i) faults_[method].push_back(answer);
}

void FakeSlack::refuse(const std::string& method, const std::string& error, int times) {
  fail(method, no(error), times);
}

void FakeSlack::grant(const std::string& code, const std::string& team, const std::string& token) {
  const std::lock_guard lock(mutex_);
  grants_[code] = json{
      {"ok", true},
      {"access_token", token},
      {"token_type", "bot"},
      {"bot_user_id", "U" + team + "BOT"},
      {"app_id", "A1"},
      {"team", {{"id", team}, {"name", "Team " + team}}},
      {"enterprise", nullptr},
      {"is_enterprise_install",
       false}}.dump();
}

std::optional<FakeAnswer> FakeSlack::handle(HttpFake::Connection from, const FakeRequest& request) {
  std::string method(request.target.substr(1));
  if (method.starts_with("api/")) method.erase(0, 4);
  std::string token(request.header("authorization"));
  if (token.starts_with("Bearer ")) token.erase(0, 7);
  const std::string body(request.body);
  const std::lock_guard lock(mutex_);
  calls_.push_back({method, body, token, std::chrono::steady_clock::now()});
  changed_.notify_all();
  if (auto found = faults_.find(method); found != faults_.end() && !found->second.empty()) {
    auto fault = std::move(found->second.front());
    found->second.pop_front();
    return fault;
  }
  if (method != held_method_) return answer(method, token, body);
  held_method_.clear();
  held_.emplace_back(from, answer(method, token, body));
  return std::nullopt;
}

void FakeSlack::hold(const std::string& method) {
  const std::lock_guard lock(mutex_);
  held_method_ = method;
}

void FakeSlack::release() {
  web_.post([this] {
    std::vector<std::pair<HttpFake::Connection, FakeAnswer>> held;
    {
      const std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (const auto& [to, answer] : held) web_.answer(to, answer);
  });
}

FakeAnswer FakeSlack::answer(const std::string& method, const std::string& token, const std::string& body) {
  if (method.starts_with("response/")) return {.body = "ok", .content_type = "text/plain"};
  if (method.starts_with("upload/")) return take_upload(method.substr(7), body);
  if (method == "oauth.v2.access") {
    const auto grant = grants_.extract(form_field(body, "code"));
    return grant.empty() ? no("invalid_code") : FakeAnswer{.body = grant.mapped()};
  }
  if (method == "apps.connections.open") {
    if (token != options_.app_token) return no("invalid_auth");
    return {.body = fmt::format(R"({{"ok":true,"url":"ws://127.0.0.1:{}/link/?ticket={}"}})", socket_.port(), ++last_)};
  }
  if (!token.starts_with("xoxb-")) return no("not_authed");
  if (method == "auth.test") {
    if (token != options_.bot_token) return no("invalid_auth");
    return {.body = json{
                {"ok", true},
                {"team", "Fake team"},
                {"team_id", options_.team},
                {"user", "osrbot"},
                {"user_id", options_.bot_user},
                {"bot_id", "BBOT"},
                {"is_enterprise_install",
                 false}}.dump()};
  }
  if (method == "users.info") {
    const auto user = form_field(body, "user");
    return {.body = json{{"ok", true},
                         {"user",
                          {{"id", user},
                           {"name", "handle_" + user},
                           {"real_name", "Person " + user},
                           {"locale", "en-GB"},
                           {"is_admin", user == "UADMIN"},
                           {"profile", {{"display_name", "Name " + user}}}}}}
                        .dump()};
  }
  if (method == "chat.postMessage") {
    return {.body = fmt::format(R"({{"ok":true,"channel":"C1","ts":"1700000000.{:06}","message":{{}}}})", ++last_)};
  }
  if (method == "chat.postEphemeral") {
    return {.body = fmt::format(R"({{"ok":true,"message_ts":"1700000000.{:06}"}})", ++last_)};
  }
  if (method == "conversations.open") {
    const auto user = form_field(body, "users");
    if (!user.starts_with('U')) return no("user_not_found");
    return {.body = json{{"ok", true}, {"channel", {{"id", "D" + user}}}}.dump()};
  }
  if (method == "files.getUploadURLExternal") return offer_upload(body);
  if (method == "files.completeUploadExternal") return complete_upload(body);
  return {.body = R"({"ok":true})"};
}

FakeAnswer FakeSlack::offer_upload(const std::string& form) {
  const auto name = form_field(form, "filename");
  const auto length = form_field(form, "length");
  if (name.empty() || length.empty() || length == "0") return no("missing_argument");
  const auto id = fmt::format("F{}", ++uploads_ever_);
  uploads_[id] = {.name = name, .length = std::stoul(length), .content = std::nullopt};
  return {.body = json{{"ok", true}, {"upload_url", web_.url() + "/upload/" + id}, {"file_id", id}}.dump()};
}

FakeAnswer FakeSlack::take_upload(const std::string& id, const std::string& bytes) {
  const auto found = uploads_.find(id);
  if (found == uploads_.end()) return {.status = 404, .body = "not found", .content_type = "text/plain"};
  if (found->second.length != bytes.size()) return {.status = 400, .body = "length", .content_type = "text/plain"};
  found->second.content = bytes;
  return {.body = fmt::format("OK - {}", bytes.size()), .content_type = "text/plain"};
}

FakeAnswer FakeSlack::complete_upload(const std::string& body) {
  const auto asked = json::parse(body, nullptr, false);
  if (!asked.is_object() || !asked.contains("files") || asked["files"].size() != 1) return no("invalid_arguments");
  const auto found = uploads_.find(asked["files"][0].value("id", ""));
  if (found == uploads_.end() || !found->second.content) return no("file_not_found");
  const auto channel = asked.value("channel_id", "");
  // A person's id is no channel here.
  if (!channel.starts_with('C') && !channel.starts_with('D')) return no("invalid_channel");
  files_.push_back({.name = found->second.name,
                    .content = *found->second.content,
                    .channel = channel,
                    .thread = asked.value("thread_ts", ""),
                    .words = asked.contains("blocks") ? asked["blocks"].dump() : asked.value("initial_comment", "")});
  uploads_.erase(found);
  return {.body = json{{"ok", true}, {"files", asked["files"]}}.dump()};
}

std::vector<SlackCall> FakeSlack::calls(std::string_view method) const {
  const std::lock_guard lock(mutex_);
  std::vector<SlackCall> out;
  std::ranges::copy_if(calls_, std::back_inserter(out), [&](const auto& call) { return call.method == method; });
  return out;
}

std::size_t FakeSlack::count(std::string_view method) const {
  return calls(method).size();
}

std::vector<SlackFile> FakeSlack::files() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

std::vector<FakeSlack::Connection> FakeSlack::sockets() const {
  const std::lock_guard lock(mutex_);
  return sockets_;
}

std::size_t FakeSlack::sockets_ever() const {
  const std::lock_guard lock(mutex_);
  return sockets_ever_;
}

std::string FakeSlack::push(Connection to, const std::string& type, const std::string& payload) {
  std::string id;
  std::string envelope;
  {
    const std::lock_guard lock(mutex_);
    id = fmt::format("envelope-{}", ++last_);
    envelope = fmt::format(R"({{"envelope_id":"{}","type":"{}","accepts_response_payload":{},"payload":{}}})", id, type,
                           type != "events_api", payload);
    envelopes_[id] = envelope;
  }
  socket_.send(to, envelope);
  return id;
}

void FakeSlack::repeat(Connection to, const std::string& envelope) {
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    text = envelopes_.at(envelope);
  }
  socket_.send(to, text);
}

void FakeSlack::disconnect(Connection to, const std::string& reason) {
  socket_.send(to, json{{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "fake"}}}}.dump());
}

void FakeSlack::hear(Connection from, const std::string& text) {
  const auto heard = json::parse(text, nullptr, false);
  const std::lock_guard lock(mutex_);
  if (heard.is_object() && heard.contains("envelope_id")) {
    acknowledged_[heard["envelope_id"].get<std::string>()].push_back(
        {from, heard.contains("payload") ? heard["payload"].dump() : std::string()});
  }
  changed_.notify_all();
}

std::vector<SlackAck> FakeSlack::acknowledged(const std::string& envelope) const {
  const std::lock_guard lock(mutex_);
  const auto found = acknowledged_.find(envelope);
  return found == acknowledged_.end() ? std::vector<SlackAck>{} : found->second;
}

bool FakeSlack::wait_until(const std::function<bool()>& condition, std::chrono::milliseconds limit) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  std::unique_lock lock(mutex_);
  for (;;) {
    lock.unlock();
    const bool holds = condition();
    lock.lock();
    if (holds) return true;
    if (std::chrono::steady_clock::now() >= end) return false;
    // What others than the fake know may change without a sign from it.
    changed_.wait_for(lock, std::chrono::milliseconds(5));
  }
}

}  // namespace osrbot::fakes
