#include <algorithm>

#include "config/setting_forms.h"
#include "config/settings_platforms.h"

namespace osrbot::settings {
namespace {

bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

const Form x_key_form{
    .allowed = "the text as X's developer portal shows it", .pattern = "^[!-~]*$", .accepts = is_visible_ascii};
Setting price(std::string_view path, double& (*in)(Config&), std::string_view help) {
  return {.path = path, .kind = Number{in, 0, 100}, .help = help};
}

}  // namespace

std::vector<Setting> x_settings() {
  return {
      {.path = "x.client_id",
       .kind = Text{[](Config& c) -> std::string& { return c.x.client_id; }, x_key_form},
       .help = "OAuth 2.0 client id of the app. With it `osrbot x login` lets the bot post as an account. Setting it, "
               "or the four keys of OAuth 1.0a, turns X on."},
      {.path = "x.client_secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.client_secret; }, x_key_form},
       .help = "OAuth 2.0 client secret, for apps that X calls confidential."},
      {.path = "x.bearer_token",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.bearer_token; }, x_key_form},
       .help = "The app's own token: the stream needs it."},
      {.path = "x.bearer_token_file",
       .kind = Text{[](Config& c) -> std::string& { return c.x.bearer_token_file; }, path_form},
       .help = "File that holds the bearer token and nothing else."},
      {.path = "x.consumer_key",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.consumer_key; }, x_key_form},
       .help = "OAuth 1.0a, instead of x.client_id and a login: the app's key."},
      {.path = "x.consumer_secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.consumer_secret; }, x_key_form},
       .help = "OAuth 1.0a: the app's secret."},
      {.path = "x.access_token",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.access_token; }, x_key_form},
       .help = "OAuth 1.0a: the account's token."},
      {.path = "x.access_secret",
       .kind = Hidden{[](Config& c) -> Secret& { return c.x.access_secret; }, x_key_form},
       .help = "OAuth 1.0a: the secret of the account's token."},
      {.path = "x.base_url",
       .kind = Text{[](Config& c) -> std::string& { return c.x.base_url; }, url_form},
       .help = "Address of the API; another one for a proxy of your own, or for tests."},
      {.path = "x.authorize_url",
       .kind = Text{[](Config& c) -> std::string& { return c.x.authorize_url; }, url_form},
       .help = "The page on which the account's owner allows the bot to post (`osrbot x login`)."},
      {.path = "x.login_port",
       .kind = Integer{[](Config& c) -> int& { return c.x.login_port; }, 1024, 65535},
       .help = "`osrbot x login` waits for the browser on this port. The app's callback URL in the developer portal is "
               "http://127.0.0.1:<port>/callback."},
      {.path = "x.mode",
       .kind = Choice{.words = {"stream", "polling", "mentions"},
                      .get = [](const Config& c) { return static_cast<std::size_t>(c.x.mode); },
                      .set = [](Config& c, std::size_t index) { c.x.mode = static_cast<XConfig::Mode>(index); }},
       .help = "How the bot hears: stream (at once), polling (tags and mentions by search every x.poll_seconds), or "
               "mentions (only who names the bot, the cheapest)."},
      {.path = "x.poll_seconds",
       .kind = Integer{[](Config& c) -> int& { return c.x.poll_seconds; }, 1, 86400},
       .help = "Seconds between two looks for new posts, in the modes polling and mentions."},
      {.path = "x.message_poll_seconds",
       .kind = Integer{[](Config& c) -> int& { return c.x.message_poll_seconds; }, 0, 86400},
       .help =
           "Seconds between two looks for direct messages; 0 = none are read. Each look is charged as one message at "
           "least, whether there is a new one or not."},
      {.path = "x.links",
       .kind = Flag{[](Config& c) -> std::optional<bool>& { return c.x.links; }},
       .help = "Let posts hold links, each of which makes a post many times as expensive.",
       .if_unset = "false"},
      {.path = "x.monthly_budget_dollars",
       .kind = Number{[](Config& c) -> double& { return c.x.monthly_budget_dollars; }, 0, 1'000'000},
       .help = "What X may cost in a calendar month (UTC). The bot warns at 80 % and reads and writes nothing more at "
               "100 %, until the month ends or the budget is raised. `osrbot x costs` shows what was spent."},
      price(
          "x.prices.read_post", [](Config& c) -> double& { return c.x.prices.read_post; },
          "Dollars for a post that is read. Keep the prices as X's developer portal states them."),
      price(
          "x.prices.read_mention", [](Config& c) -> double& { return c.x.prices.read_mention; },
          "Dollars for one of the bot's own mentions or posts."),
      price(
          "x.prices.read_message", [](Config& c) -> double& { return c.x.prices.read_message; },
          "Dollars for a direct message that is read."),
      price(
          "x.prices.write_post", [](Config& c) -> double& { return c.x.prices.write_post; },
          "Dollars for a post that is written."),
      price(
          "x.prices.write_reply", [](Config& c) -> double& { return c.x.prices.write_reply; },
          "Dollars for an answer to somebody who mentioned the bot."),
      price(
          "x.prices.write_link", [](Config& c) -> double& { return c.x.prices.write_link; },
          "Dollars for a post that holds a link."),
      price(
          "x.prices.write_message", [](Config& c) -> double& { return c.x.prices.write_message; },
          "Dollars for a direct message that is sent."),
      price(
          "x.prices.write_picture", [](Config& c) -> double& { return c.x.prices.write_picture; },
          "Dollars for a picture with its description, besides the post that it goes with."),
  };
}

}  // namespace osrbot::settings
