// The X platform, over its API v2. Guide for operators: docs/x.md.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/post_parts.h"
#include "adapters/secret_store.h"
#include "adapters/transport/http_client.h"
#include "adapters/x/account.h"
#include "adapters/x/api.h"
#include "adapters/x/authorization.h"
#include "adapters/x/budget.h"
#include "adapters/x/counts.h"
#include "adapters/x/hearing.h"
#include "adapters/x/journal.h"
#include "adapters/x/pace.h"
#include "adapters/x/sender.h"
#include "config/config.h"

namespace osrbot::x {

/// Hears posts with the bot's hashtags and posts that mention it, and answers the latter: X permits an answer only to
/// who mentioned the bot or quoted its post, and one for each.
class XAdapter : public Adapter {
 public:
  /// What it is given by whoever makes it.
  struct Surroundings {
    SecretStore& secrets;
    Journal& journal;
    TextRules rules;
    Budget::Now now;
    Log log;
  };

  /// @param tags without '#'; the first is the one that the bot writes
  XAdapter(const XConfig& config, std::vector<std::string> tags, Surroundings surroundings, Pace pace = {});
  ~XAdapter() override;

  std::string_view name() const override { return "x"; }
  Capabilities capabilities() const override;
  /// X has no menus.
  void publish(const Menus& menus) override;
  void receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) override;
  void look_up(const std::vector<std::string>& message_ids) override { look_ups_.add(message_ids); }
  void send(OutboundMessage message, std::function<void(Delivery)> done) override;

  const Counts& counts() const { return counts_; }
  const Budget& budget() const { return budget_; }

 private:
  std::optional<Self> identify(const std::stop_token& stop);

  const XConfig config_;
  const std::vector<std::string> tags_;
  const Surroundings around_;
  const Pace pace_;
  Counts counts_;
  Account account_;
  LookUps look_ups_;
  HttpClient client_;
  Authorization authorization_;
  Api api_;
  Budget budget_;
  Sender sender_;  ///< last: its thread uses all of the above
};

/// Who the account is. Throws std::runtime_error when the answer makes no sense.
Self self_from(const std::string& answer);

}  // namespace osrbot::x
