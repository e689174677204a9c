// Sends messages: part by part to a channel or a person, into a Home, or as a dialog.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/slack/answer_addresses.h"
#include "adapters/slack/inbox.h"
#include "adapters/slack/web_api.h"
#include "adapters/slack/workspaces.h"
#include "adapters/unfinished_parts.h"

namespace osrbot::slack {

/// What Slack refuses in part is sent as far as it goes: without blocks, without the thread, and where the bot is no
/// member of the channel, to the response_url of who asked there.
///
/// Thread-safe, but never two messages of one conversation at a time. Must outlive the HTTP client, which calls it
/// back.
class Sender {
 public:
  struct Parts {
    WebApi& api;
    Workspaces& workspaces;
    Inbox& inbox;
    AnswerAddresses& addresses;
  };

  Sender(Parts parts, Log log)
      : api_(parts.api),
        workspaces_(parts.workspaces),
        inbox_(parts.inbox),
        addresses_(parts.addresses),
        log_(std::move(log)) {}

  /// Returns at once; `done` is called once.
  void send(OutboundMessage message, std::function<void(Delivery)> done);

 private:
  struct Sending;
  using SendingPtr = std::shared_ptr<Sending>;

  void send_home(const SendingPtr& sending);
  void send_dialog(const SendingPtr& sending);
  void send_words(const SendingPtr& sending);
  void link_to_private(const SendingPtr& sending);
  void send_parts(const SendingPtr& sending);
  void send_next(const SendingPtr& sending);
  void send_aside(const SendingPtr& sending, const ApiOutcome& refusal);
  void take(const SendingPtr& sending, const ApiOutcome& outcome);
  bool mend(Sending& sending, const ApiRefusal& refusal);
  void finish(const SendingPtr& sending, Delivery delivery);

  WebApi& api_;
  Workspaces& workspaces_;
  Inbox& inbox_;
  AnswerAddresses& addresses_;
  const Log log_;
  UnfinishedParts unfinished_;
};

/// What came of chat.postMessage, chat.postEphemeral or views.publish, for the message.
Delivery delivery_of(const ApiOutcome& outcome);

}  // namespace osrbot::slack
