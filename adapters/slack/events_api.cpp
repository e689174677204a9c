#include "adapters/slack/events_api.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/slack/request_signature.h"
#include "adapters/transport/form_fields.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

HttpServer::Handler EventsApi::signed_only(Read read) {
  return [this, read = std::move(read)](const ServerRequest& request, const HttpServer::Reply& reply) {
    if (request.method != "POST") return reply({.status = 405, .body = "POST only\n", .headers = {{"Allow", "POST"}}});
    if (!is_signed_by_slack(signing_secret_, request.header("x-slack-request-timestamp"), request.body,
                            request.header("x-slack-signature"), now())) {
      ++counts_.forged;
      return reply({.status = 401, .body = "the signature is missing, wrong or too old\n"});
    }
    ++counts_.requests;
    try {
      read(request.body, reply);
    } catch (const Malformed& error) {
      ++counts_.unreadable;
      log_(LogLevel::warning, fmt::format("a request from Slack cannot be read and is skipped: {}", error.what()));
      reply({.status = 400, .body = "not as Slack writes it\n", .headers = {{"X-Slack-No-Retry", "1"}}});
    }
  };
}

void EventsApi::put(Reading reading, const HttpServer::Reply& reply) {
  const bool taken = inbox_.put(std::move(reading), [reply](bool durable, const std::string& payload) {
    if (!durable) return reply({.status = 503, .body = "stopping\n"});
    if (payload.empty()) return reply({});
    reply({.status = 200, .body = payload, .content_type = "application/json"});
  });
  if (!taken) reply({.status = 503, .body = "too much to do\n"});
}

HttpServer::Handler EventsApi::events() {
  return signed_only([this](const std::string& body, const HttpServer::Reply& reply) {
    const json payload = read_json(body);
    const auto type = string(payload, "type");
    if (type == "url_verification") return reply({.status = 200, .body = string(payload, "challenge")});
    if (type == "app_rate_limited") {
      log_(LogLevel::warning, "Slack withholds events: there were more than 30,000 in an hour");
      return reply({});
    }
    put(read_event(payload, workspaces_), reply);
  });
}

HttpServer::Handler EventsApi::commands() {
  return signed_only([this](const std::string& body, const HttpServer::Reply& reply) {
    const auto fields = read_form(body);
    // Slack asks so from time to time whether the certificate is good.
    if (form_value(fields, "ssl_check") == "1") return reply({});
    put(read_slash_command(fields, now()), reply);
  });
}

HttpServer::Handler EventsApi::interactions() {
  return signed_only([this](const std::string& body, const HttpServer::Reply& reply) {
    const auto fields = read_form(body);
    put(read_interaction(read_json(form_value(fields, "payload")), now()), reply);
  });
}

}  // namespace osrbot::slack
