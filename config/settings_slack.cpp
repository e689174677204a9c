#include <algorithm>
#include <cctype>

#include "config/setting_forms.h"
#include "config/settings_platforms.h"

namespace osrbot::settings {
namespace {

bool is_token_of(std::string_view kind, std::string_view text) {
  if (text.empty()) return true;
  return text.starts_with(kind) && text.size() > kind.size() && std::ranges::all_of(text, is_token_letter);
}

const Form bot_user_token{.allowed = "a bot token of Slack, which begins with xoxb-",
                          .pattern = "^(xoxb-[A-Za-z0-9-]+)?$",
                          .accepts = [](std::string_view text) { return is_token_of("xoxb-", text); }};
const Form app_level_token{.allowed = "an app-level token of Slack, which begins with xapp-",
                           .pattern = "^(xapp-[A-Za-z0-9-]+)?$",
                           .accepts = [](std::string_view text) { return is_token_of("xapp-", text); }};
const Form slack_secret{.allowed = "letters and digits, as Slack shows them under Basic Information",
                        .pattern = "^[A-Za-z0-9]*$",
                        .accepts = [](std::string_view text) {
                          return std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0; });
                        }};
const Form slack_client_id{.allowed = "two numbers with a dot between them",
                           .pattern = "^([0-9]+\\.[0-9]+)?$",
                           .accepts = [](std::string_view text) {
                             const auto dot = text.find('.');
                             return text.empty() ||
                                    (dot != 0 && dot + 1 < text.size() && std::ranges::count(text, '.') == 1 &&
                                     text.find_first_not_of("0123456789.") == std::string_view::npos);
                           }};

}  // namespace

std::vector<Setting> slack_settings() {
  return {
      {.path = "slack.bot_token",
       .kind = Hidden{[](Config& c) -> Secret& { return c.slack.bot_token; }, bot_user_token},
       .help = "The bot's token in one workspace (OAuth & Permissions). Setting it turns Slack on."},
      {.path = "slack.bot_token_file",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.bot_token_file; }, path_form},
       .help = "File that holds the bot's token and nothing else."},
      {.path = "slack.app_token",
       .kind = Hidden{[](Config& c) -> Secret& { return c.slack.app_token; }, app_level_token},
       .help = "The app-level token with the scope connections:write, for slack.mode socket."},
      {.path = "slack.app_token_file",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.app_token_file; }, path_form},
       .help = "File that holds the app-level token and nothing else."},
      {.path = "slack.signing_secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.slack.signing_secret; }, slack_secret},
       .help = "By which the bot knows that a call is from Slack, for slack.mode events."},
      {.path = "slack.signing_secret_file",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.signing_secret_file; }, path_form},
       .help = "File that holds the signing secret and nothing else."},
      {.path = "slack.client_id",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.client_id; }, slack_client_id},
       .help = "With slack.client_secret: other workspaces may install the bot at /slack/install of slack.url. Needs "
               "secret.key."},
      {.path = "slack.client_secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.slack.client_secret; }, slack_secret},
       .help = "The app's client secret."},
      {.path = "slack.client_secret_file",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.client_secret_file; }, path_form},
       .help = "File that holds the client secret and nothing else."},
      {.path = "slack.base_url",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.base_url; }, url_form},
       .help = "Address of Slack; /api/<method> is added to it."},
      {.path = "slack.url",
       .kind = Text{[](Config& c) -> std::string& { return c.slack.url; }, optional_url},
       .help = "The public address of the bot, without a path, for slack.mode events and for installation. The proxy "
               "passes /slack/... unchanged to http.address."},
      {.path = "slack.mode",
       .kind = choice<[](Config& c) -> SlackConfig::Mode& { return c.slack.mode; }>({"socket", "events", "both"}),
       .help = "socket opens a WebSocket to Slack and needs no public address. events lets Slack call slack.url. both "
               "serves two Slack apps, one in each way."},
      {.path = "slack.sockets",
       .kind = Integer{[](Config& c) -> int& { return c.slack.sockets; }, 1, 10},
       .help = "WebSockets that are open at a time. One is replaced before Slack ends it; a second one takes over at "
               "once when the network breaks one, and then two messages written in the same moment may change places."},
      {.path = "slack.limits.per_channel_second",
       .kind = Number{[](Config& c) -> double& { return c.slack.limits.per_channel_second; }, 0, 100000},
       .help = "Messages a second to one channel; 0 = no limit."},
      {.path = "slack.limits.sends_in_flight",
       .kind = Integer{[](Config& c) -> int& { return c.slack.limits.sends_in_flight; }, 1, 1000},
       .help = "Messages on their way at the same time, never two to one channel."},
  };
}

}  // namespace osrbot::settings
