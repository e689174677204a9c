// Receives over HTTP: Slack calls the bot, up to four times until it hears 2xx (Slack: Events API).
#pragma once

#include "adapters/log.h"
#include "adapters/slack/inbox.h"
#include "adapters/slack/workspaces.h"
#include "adapters/transport/http_server.h"
#include "config/secret.h"

namespace osrbot::slack {

/// Handlers for three addresses. Each refuses with 401 what is not signed by Slack, or was signed over 300 s ago;
/// answers 200 once the update is durable, and 503 when the bot is stopping or has too much to do. Must not be called
/// after the end of the inbox.
class EventsApi {
 public:
  struct Parts {
    const Workspaces& workspaces;
    Inbox& inbox;
    Counts& counts;
  };

  EventsApi(Parts parts, Secret signing_secret, Log log)
      : workspaces_(parts.workspaces),
        inbox_(parts.inbox),
        counts_(parts.counts),
        signing_secret_(std::move(signing_secret)),
        log_(std::move(log)) {}

  HttpServer::Handler events();        ///< JSON; answers the challenge by which Slack verifies the address
  HttpServer::Handler commands();      ///< a form: slash commands
  HttpServer::Handler interactions();  ///< a form with one field of JSON: presses, submissions, shortcuts

 private:
  using Read = std::function<void(const std::string& body, const HttpServer::Reply& reply)>;

  HttpServer::Handler signed_only(Read read);
  void put(Reading reading, const HttpServer::Reply& reply);

  const Workspaces& workspaces_;
  Inbox& inbox_;
  Counts& counts_;
  const Secret signing_secret_;
  const Log log_;
};

}  // namespace osrbot::slack
