#include <algorithm>
#include <cctype>

#include "config/setting_forms.h"
#include "config/settings_platforms.h"

namespace osrbot::settings {
namespace {

const Form bot_token{.allowed = "the token as @BotFather gives it (letters, digits, ':', '_' and '-')",
                     .pattern = "^[A-Za-z0-9:_-]*$",
                     .accepts = [](std::string_view text) {
                       return std::ranges::all_of(text, [](char c) { return is_token_letter(c) || c == ':'; });
                     }};
const Form webhook_secret{
    .allowed = "1 to 256 letters, digits, '_' and '-'",
    .pattern = "^[A-Za-z0-9_-]{0,256}$",
    .accepts = [](std::string_view text) { return text.size() <= 256 && std::ranges::all_of(text, is_token_letter); }};

}  // namespace

std::vector<Setting> telegram_settings() {
  return {
      {.path = "telegram.token",
       .kind = Hidden{[](Config& c) -> Secret& { return c.telegram.token; }, bot_token},
       .help = "The bot's token. Setting it, or token_file, turns Telegram on."},
      {.path = "telegram.token_file",
       .kind = Text{[](Config& c) -> std::string& { return c.telegram.token_file; }, path_form},
       .help = "File that holds the token and nothing else, for secrets that a service manager or Docker provides."},
      {.path = "telegram.base_url",
       .kind = Text{[](Config& c) -> std::string& { return c.telegram.base_url; }, url_form},
       .help = "Address of the Bot API server; /bot<token>/<method> is added to it."},
      {.path = "telegram.mode",
       .kind = choice<[](Config& c) -> TelegramConfig::Mode& { return c.telegram.mode; }>({"polling", "webhook"}),
       .help = "polling fetches updates and needs no public address. webhook lets Telegram call telegram.webhook.url."},
      {.path = "telegram.poll_timeout_seconds",
       .kind = Integer{[](Config& c) -> int& { return c.telegram.poll_timeout_seconds; }, 0, 50},
       .help =
           "How long Telegram may hold a poll open while there is nothing new. 0 polls without waiting, for tests."},
      {.path = "telegram.webhook.url",
       .kind = Text{[](Config& c) -> std::string& { return c.telegram.webhook.url; }, optional_url},
       .help = "The public address that Telegram calls. The proxy passes its path unchanged to http.address."},
      {.path = "telegram.webhook.secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.telegram.webhook.secret; }, webhook_secret},
       .help = "A long random word by which the bot knows that a call is from Telegram."},
      {.path = "telegram.limits.messages_per_second",
       .kind = Number{[](Config& c) -> double& { return c.telegram.limits.messages_per_second; }, 0, 100000},
       .help = "Messages a second over all chats; 0 = no limit (a Bot API server of your own)."},
      {.path = "telegram.limits.per_chat_second",
       .kind = Number{[](Config& c) -> double& { return c.telegram.limits.per_chat_second; }, 0, 100000},
       .help = "Messages a second to one chat; 0 = no limit."},
      {.path = "telegram.limits.per_group_minute",
       .kind = Number{[](Config& c) -> double& { return c.telegram.limits.per_group_minute; }, 0, 100000},
       .help = "Messages a minute to one group; 0 = no limit."},
      {.path = "telegram.limits.sends_in_flight",
       .kind = Integer{[](Config& c) -> int& { return c.telegram.limits.sends_in_flight; }, 1, 1000},
       .help = "Messages on their way at the same time, never two to one chat."},
  };
}

}  // namespace osrbot::settings
