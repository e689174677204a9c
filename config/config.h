// Everything an operator can decide, as one value. Each member's initial value is the setting's default; names, limits
// and explanations stand in settings.cpp, from which the schema, the example and the documentation are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/secret.h"

namespace osrbot {

struct DatabaseConfig {
  std::string path = "var/osrbot.db";
  int retention_days = 30;  ///< of records of handled updates and sent messages
};

struct LogConfig {
  enum class Level : std::uint8_t { debug, info, warning, error };
  enum class Format : std::uint8_t { text, json };

  Level level = Level::info;
  Format format = Format::text;
};

/// With which the secrets that platforms gave the bot are encrypted in its database.
struct SecretConfig {
  Secret key;  ///< 32 bytes in base64, from `key`, or read from `key_file`
  std::string key_file;
  Secret previous_key;  ///< the key before, while it is being changed
};

struct HttpConfig {
  std::string address = "off";  ///< "host:port", or "off"

  bool enabled() const { return address != "off"; }
  std::string host() const;    ///< "127.0.0.1"; without the brackets of an IPv6 address
  std::uint16_t port() const;  ///< 0 when it is off
};

struct ConsoleConfig {
  std::optional<bool> enabled;  ///< unset: when no other platform is configured; see Config::console_enabled()
};

struct TelegramWebhookConfig {
  std::string url;  ///< the public address that Telegram calls
  Secret secret;

  /// The part of the URL on which the bot's own server listens: "/telegram" of https://bot.example.org/telegram.
  std::string path() const;
};

/// What Telegram allows; 0 = no limit.
struct TelegramLimits {
  double messages_per_second = 30;
  double per_chat_second = 1;
  double per_group_minute = 20;
  int sends_in_flight = 32;
};

struct TelegramConfig {
  enum class Mode : std::uint8_t { polling, webhook };

  Secret token;  ///< from `token`, or read from `token_file`
  std::string token_file;
  std::string base_url = "https://api.telegram.org";
  Mode mode = Mode::polling;
  int poll_timeout_seconds = 50;
  TelegramWebhookConfig webhook;
  TelegramLimits limits;

  bool enabled() const { return !token.empty(); }
};

/// What Slack allows; 0 = no limit.
struct SlackLimits {
  double per_channel_second = 1;
  int sends_in_flight = 32;
};

struct SlackConfig {
  /// How events come: over a WebSocket that the bot opens, over HTTP to slack.url, or both (for two Slack apps).
  enum class Mode : std::uint8_t { socket, events, both };

  Secret bot_token;  ///< of the one workspace that needs no installation by OAuth
  std::string bot_token_file;
  Secret app_token;  ///< with which a WebSocket is opened
  std::string app_token_file;
  Secret signing_secret;
  std::string signing_secret_file;
  std::string client_id;  ///< with client_secret: other workspaces install the bot at /slack/install
  Secret client_secret;
  std::string client_secret_file;
  std::string base_url = "https://slack.com";
  std::string url;  ///< the public address of the bot's own server, without path
  Mode mode = Mode::socket;
  int sockets = 1;  ///< that are open at a time, in the modes with sockets
  SlackLimits limits;

  bool enabled() const { return !bot_token.empty() || installs(); }
  bool uses_socket() const { return mode != Mode::events; }
  bool uses_events() const { return mode != Mode::socket; }
  bool installs() const { return !client_id.empty(); }
};

/// What X charges, in dollars each; as X stated in autumn 2026.
struct XPrices {
  double read_post = 0.005;
  double read_mention = 0.001;
  double read_message = 0.015;
  double write_post = 0.015;
  double write_reply = 0.010;
  double write_link = 0.20;
  double write_message = 0.015;
  double write_picture = 0.005;
};

struct XConfig {
  enum class Mode : std::uint8_t { stream, polling, mentions };

  std::string client_id;
  Secret client_secret;
  Secret bearer_token;  ///< from `bearer_token`, or read from `bearer_token_file`
  std::string bearer_token_file;
  Secret consumer_key;
  Secret consumer_secret;
  Secret access_token;
  Secret access_secret;
  std::string base_url = "https://api.x.com";
  std::string authorize_url = "https://x.com/i/oauth2/authorize";
  int login_port = 8722;
  Mode mode = Mode::stream;
  int poll_seconds = 300;
  int message_poll_seconds = 0;
  std::optional<bool> links;
  double monthly_budget_dollars = 25;
  XPrices prices;

  bool has_oauth1() const { return !consumer_key.empty(); }
  bool enabled() const { return has_oauth1() || !client_id.empty(); }
};

struct PostConfig {
  enum class InGroups : std::uint8_t { answer, queue };

  std::vector<std::string> tags = {"OpenSourceResearch", "OSRC", "البحث_مفتوح_المصدر"};  ///< without '#'
  InGroups in_groups = InGroups::answer;   ///< what is done with a tagged post in a group of the bot
  int notice_minutes = 10;                 ///< between two messages about new posts in the queue, at least
  int retention_days = 30;                 ///< of posts that did not become needs
  std::vector<std::string> lexicon_files;  ///< the operator's own words, besides the bot's
};

struct TaskConfig {
  int limit = 3;              ///< tasks that one person may hold
  int first_timer_limit = 1;  ///< tasks that somebody may hold who has not finished one yet
  int reminder_days = 7;      ///< without human activity, before the holder is asked
  int release_days = 21;      ///< without human activity, before the task is free again
  int nudges_per_run = 200;   ///< owners of quiet tasks that are asked in an hour, at most
  int releases_per_run = 50;  ///< quiet tasks that are freed in an hour, at most
};

/// Points that the parts of a match are worth; docs/matching.md says what each is.
struct MatchingWeights {
  int skill = 45;
  int hours = 15;
  int discipline = 10;
  int language = 10;
  int waking = 10;
  int growth = 10;
  int learner_percent = 50;  ///< of `skill`, for somebody who wants to learn it
};

/// How often one person is invited, over all platforms and projects.
struct InvitationLimits {
  int per_week = 1;
  int per_month = 3;
  int unanswered = 2;  ///< in a row, after which nobody is asked again before they answer one
};

struct MatchingConfig {
  MatchingWeights weights;
  InvitationLimits limits;
  int wave_size = 5;        ///< people invited together
  int wave_days = 3;        ///< before the next wave
  int waves = 5;            ///< after which a coordinator has to look at the need
  int rest_days = 30;       ///< in which somebody who has no time is not asked again
  std::string income_file;  ///< in place of config/income_groups.json
};

struct CreditConfig {
  int reminder_days = 7;  ///< before unconfirmed credits and missing approvals are asked about, each time
  int reminders = 3;      ///< how often they are asked about
};

struct DialogueConfig {
  int answer_minutes = 5;  ///< how long a question of the bot waits for its answer
};

struct PrivacyConfig {
  int silent_days = 730;  ///< without a word from somebody with a profile, before they are asked whether it stays
  int answer_days = 30;   ///< for their answer, before they are forgotten
  int backup_days = 365;  ///< for which backups are kept, and whom they have to forget again is known
};

struct EngineConfig {
  int batch_size = 256;             ///< updates in one transaction, at most
  int shutdown_grace_seconds = 10;  ///< to send what is queued before the program ends
};

struct ResourcesConfig {
  std::string directory;  ///< empty: found beside the program, see resources.h
};

struct Config {
  std::string language = "en";                  ///< BCP-47, for people who have not chosen one
  std::vector<std::string> names = {"osrbot"};  ///< by which people address the bot in text, besides its handle
  std::vector<std::string> administrators;      ///< "adapter:user id"
  DatabaseConfig database;
  LogConfig log;
  SecretConfig secret;
  HttpConfig http;
  ConsoleConfig console;
  TelegramConfig telegram;
  SlackConfig slack;
  XConfig x;
  PostConfig posts;
  TaskConfig tasks;
  MatchingConfig matching;
  CreditConfig credit;
  DialogueConfig dialogue;
  PrivacyConfig privacy;
  EngineConfig engine;
  ResourcesConfig resources;

  /// Whether the bot is anywhere but at the console.
  bool any_platform_enabled() const { return telegram.enabled() || slack.enabled() || x.enabled(); }
  bool console_enabled() const { return console.enabled.value_or(!any_platform_enabled()); }
};

}  // namespace osrbot
