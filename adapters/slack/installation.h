// Lets other workspaces install the bot by themselves (Slack: OAuth v2).
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "adapters/log.h"
#include "adapters/slack/inbox.h"
#include "adapters/slack/web_api.h"
#include "adapters/slack/workspaces.h"
#include "adapters/transport/http_server.h"
#include "config/config.h"

namespace osrbot::slack {

/// Two addresses: the first sends a browser to Slack with a state that nobody can guess; Slack sends it to the second
/// with a code, for which the workspace's token is fetched and kept. A state is good once, for 10 minutes, and in the
/// browser that got it: nobody can make somebody else's browser finish an installation.
class Installation {
 public:
  struct Parts {
    WebApi& api;
    Workspaces& workspaces;
    Inbox& inbox;
  };

  Installation(Parts parts, const SlackConfig& config, Log log)
      : api_(parts.api), workspaces_(parts.workspaces), inbox_(parts.inbox), config_(config), log_(std::move(log)) {}

  HttpServer::Handler install();  ///< GET: a redirection to Slack
  HttpServer::Handler oauth();    ///< GET: what came of it, in words

 private:
  using Time = std::chrono::steady_clock::time_point;

  std::string new_state();
  bool use_state(const std::string& state, std::string_view cookies);
  void finish(const ApiOutcome& outcome, const HttpServer::Reply& reply);
  std::string redirect_url() const;

  WebApi& api_;
  Workspaces& workspaces_;
  Inbox& inbox_;
  const SlackConfig config_;
  const Log log_;
  std::mutex mutex_;                    // guards what follows
  std::map<std::string, Time> states_;  ///< that were given out, and until when they are good
};

/// The workspace that an answer of oauth.v2.access describes. Throws Malformed.
Workspace read_installation(const std::string& answer);

}  // namespace osrbot::slack
