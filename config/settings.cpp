#include "config/settings.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <initializer_list>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "config/setting_forms.h"
#include "config/settings_platforms.h"

namespace osrbot::settings {
namespace {

bool is_key(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() != 44 || text[43] != '=') return false;
  return std::ranges::all_of(text.substr(0, 43),
                             [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '/'; }) &&
         std::string_view("AEIMQUYcgkosw048").find(text[42]) != std::string_view::npos;  // no spare bits
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_listen_address(std::string_view text) {
  if (text == "off") return true;
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || !is_port(text.substr(colon + 1))) return false;
  const auto host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return std::ranges::all_of(bracketed ? host.substr(1, host.size() - 2) : host, [&](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || (bracketed && c == ':');
  });
}

bool is_user(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return false;
  const std::string_view platform = text.substr(0, colon);
  const std::string_view id = text.substr(colon + 1);
  const auto is_digit = [](unsigned char c) { return c >= '0' && c <= '9'; };
  const auto is_slack_id = [&](unsigned char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
  if (platform == "telegram" || platform == "x") return std::ranges::all_of(id, is_digit);
  if (platform == "slack") return std::ranges::all_of(id, is_slack_id);
  return platform == "console" && std::ranges::none_of(id, [](unsigned char c) { return c <= ' '; });
}

bool is_word(std::string_view text) {
  return !text.empty() && text.front() != '#' && text.front() != '@' &&
         std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == ','; });
}

bool is_language(std::string_view text) {
  return text.size() >= 2 && std::isalpha(static_cast<unsigned char>(text[0])) &&
         std::isalpha(static_cast<unsigned char>(text[1])) &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '-'; });
}

const Form file_form{
    .allowed = "a path, not empty", .pattern = ".+", .accepts = [](std::string_view text) { return !text.empty(); }};
const Form listen_form{.allowed = "host:port, for example 127.0.0.1:8080, or off",
                       .pattern = "^(off|.+:[0-9]{1,5})$",
                       .accepts = is_listen_address};
const Form secret_key_form{.allowed = "32 bytes in base64, as `osrbot secret-key` prints them",
                           .pattern = "^([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)?$",
                           .accepts = is_key};
const Form user_form{.allowed =
                         "platform:user id, not the handle, for example telegram:123456789, slack:U012AB3CD, "
                         "x:2244994945 or console:ana",
                     .pattern = "^((telegram|x):[0-9]+|slack:[A-Z0-9]+|console:\\S+)$",
                     .accepts = is_user};
const Form word_form{
    .allowed = "a word without spaces, '#' or '@'", .pattern = "^[^\\s,#@][^\\s,]*$", .accepts = is_word};
const Form language_form{.allowed = "a language tag, for example en or pt-BR",
                         .pattern = "^[A-Za-z]{2}[A-Za-z0-9-]*$",
                         .accepts = is_language};

}  // namespace

const std::vector<std::string_view>& platforms() {
  static const std::vector<std::string_view> names = {"console", "slack", "telegram", "x"};
  return names;
}

namespace {

std::vector<Setting> general_settings() {
  return {
      {.path = "language",
       .kind = Text{[](Config& c) -> std::string& { return c.language; }, language_form},
       .help = "Language of people whose own language the bot does not know yet."},
      {.path = "names",
       .kind = List{[](Config& c) -> std::vector<std::string>& { return c.names; }, word_form},
       .help =
           "Names by which people address the bot in a text (\"osrbot, help\"), besides its handle on the platform."},
      {.path = "administrators",
       .kind = List{[](Config& c) -> std::vector<std::string>& { return c.administrators; }, user_form},
       .help = "People who may do everything on every project."},
      {.path = "database.path",
       .kind = Text{[](Config& c) -> std::string& { return c.database.path; }, file_form},
       .help = "SQLite database file; made at the first start, with its folder. Must be on a local disk.",
       .variable = "OSRBOT_DB"},
      {.path = "database.retention_days",
       .kind = Integer{[](Config& c) -> int& { return c.database.retention_days; }, 2, 3650},
       .help = "Days for which records of handled updates and sent messages are kept."},
      {.path = "log.level",
       .kind =
           choice<[](Config& c) -> LogConfig::Level& { return c.log.level; }>({"debug", "info", "warning", "error"}),
       .help = "The least important kind of log line that is written."},
      {.path = "log.format",
       .kind = choice<[](Config& c) -> LogConfig::Format& { return c.log.format; }>({"text", "json"}),
       .help = "Log lines on standard error: text for people, or one JSON object a line for log collectors."},
      {.path = "secret.key",
       .kind = Hidden{[](Config& c) -> Secret& { return c.secret.key; }, secret_key_form},
       .help = "Encrypts the tokens that platforms renew or hand out (X, Slack) in the database. `osrbot secret-key` "
               "prints a new one. Keep it apart from backups of the database."},
      {.path = "secret.key_file",
       .kind = Text{[](Config& c) -> std::string& { return c.secret.key_file; }, path_form},
       .help = "File that holds the key and nothing else, for secrets that a service manager or Docker provides."},
      {.path = "secret.previous_key",
       .kind = Hidden{[](Config& c) -> Secret& { return c.secret.previous_key; }, secret_key_form},
       .help = "The key that was used before, for the first start with a new one: everything is then encrypted anew."},
      {.path = "http.address",
       .kind = Text{[](Config& c) -> std::string& { return c.http.address; }, listen_form},
       .help = "Where the bot answers /healthz, /readyz, /metrics and Telegram's webhook. Keep it on loopback, with a "
               "reverse proxy before a webhook."},
      {.path = "console.enabled",
       .kind = Flag{[](Config& c) -> std::optional<bool>& { return c.console.enabled; }},
       .help = "Talk to the bot in the terminal in which it was started.",
       .if_unset = "true when no other platform is configured"},
      {.path = "posts.tags",
       .kind = List{[](Config& c) -> std::vector<std::string>& { return c.posts.tags; }, word_form},
       .help =
           "Hashtags (without '#') by which a post is meant for the bot. The first is the one that the bot writes."},
      {.path = "posts.in_groups",
       .kind = choice<[](Config& c) -> PostConfig::InGroups& { return c.posts.in_groups; }>({"answer", "queue"}),
       .help = "What the bot does with a tagged post in a group that is not written to it: answer it there, or put it "
               "into the coordinators' queue. On X posts always go to the queue."},
      {.path = "posts.notice_minutes",
       .kind = Integer{[](Config& c) -> int& { return c.posts.notice_minutes; }, 1, 1440},
       .help = "Minutes between two messages about new posts in the queue, at least; what comes meanwhile is told "
               "together."},
      {.path = "posts.retention_days",
       .kind = Integer{[](Config& c) -> int& { return c.posts.retention_days; }, 1, 365},
       .help = "Days after which a post in the queue is forgotten that did not become a need."},
      {.path = "posts.lexicon_files",
       .kind = List{[](Config& c) -> std::vector<std::string>& { return c.posts.lexicon_files; }, path_form},
       .help = "Files with words of your own for skills and posts, besides the bot's; see docs/language.md."},
      {.path = "tasks.limit",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.limit; }, 1, 1000},
       .help = "Tasks that one person may hold at a time."},
      {.path = "tasks.first_timer_limit",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.first_timer_limit; }, 1, 1000},
       .help = "Tasks that a first-timer may hold at a time; at most tasks.limit."},
      {.path = "tasks.reminder_days",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.reminder_days; }, 1, 3650},
       .help = "Days without human activity after which the holder of a task is asked whether it goes on."},
      {.path = "tasks.release_days",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.release_days; }, 2, 3650},
       .help = "Days without human activity after which a task is free again; more than tasks.reminder_days."},
      {.path = "tasks.nudges_per_run",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.nudges_per_run; }, 1, 10000},
       .help = "Quiet tasks whose holders are asked in one hour, at most; the others follow in the next hours."},
      {.path = "tasks.releases_per_run",
       .kind = Integer{[](Config& c) -> int& { return c.tasks.releases_per_run; }, 1, 10000},
       .help = "Quiet tasks that are made free again in one hour, at most; the others follow in the next hours."},
      {.path = "matching.weights.skill",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.skill; }, 0, 1000},
       .help = "Points of a match for the skill that a need asks for."},
      {.path = "matching.weights.learner_percent",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.learner_percent; }, 0, 100},
       .help = "Percent of matching.weights.skill for somebody who wants to learn the skill."},
      {.path = "matching.weights.hours",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.hours; }, 0, 1000},
       .help = "Points for as many hours a week as the need asks for; for fewer in proportion."},
      {.path = "matching.weights.discipline",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.discipline; }, 0, 1000},
       .help = "Points for a discipline that the team does not have."},
      {.path = "matching.weights.language",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.language; }, 0, 1000},
       .help = "Points for a language in common with the team."},
      {.path = "matching.weights.waking",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.waking; }, 0, 1000},
       .help = "Points for waking the same hours as the coordinators; for fewer in proportion."},
      {.path = "matching.weights.growth",
       .kind = Integer{[](Config& c) -> int& { return c.matching.weights.growth; }, 0, 1000},
       .help = "Points for people who say that they live in a low- or middle-income country, study, or are new."},
      {.path = "matching.wave_size",
       .kind = Integer{[](Config& c) -> int& { return c.matching.wave_size; }, 3, 5},
       .help = "People who are invited for a need together."},
      {.path = "matching.wave_days",
       .kind = Integer{[](Config& c) -> int& { return c.matching.wave_days; }, 1, 30},
       .help = "Days until the next wave is invited, unless all have answered before."},
      {.path = "matching.waves",
       .kind = Integer{[](Config& c) -> int& { return c.matching.waves; }, 1, 20},
       .help = "Waves for one need, after which its coordinators have to look at it again."},
      {.path = "matching.rest_days",
       .kind = Integer{[](Config& c) -> int& { return c.matching.rest_days; }, 0, 365},
       .help = "Days for which somebody who said to have no time is not invited again."},
      {.path = "matching.limits.per_week",
       .kind = Integer{[](Config& c) -> int& { return c.matching.limits.per_week; }, 1, 7},
       .help = "Invitations that one person gets in any 7 days, at most."},
      {.path = "matching.limits.per_month",
       .kind = Integer{[](Config& c) -> int& { return c.matching.limits.per_month; }, 1, 31},
       .help = "Invitations that one person gets in any 30 days, at most."},
      {.path = "matching.limits.unanswered",
       .kind = Integer{[](Config& c) -> int& { return c.matching.limits.unanswered; }, 1, 10},
       .help = "Invitations without an answer, after which a person is not invited again before they answer one."},
      {.path = "matching.income_file",
       .kind = Text{[](Config& c) -> std::string& { return c.matching.income_file; }, path_form},
       .help = "File with the income groups of countries, in place of the bot's income_groups.json.",
       .if_unset = "income_groups.json of the resources"},
      {.path = "credit.reminder_days",
       .kind = Integer{[](Config& c) -> int& { return c.credit.reminder_days; }, 1, 365},
       .help = "Days after which people are asked for confirmations of credit and approvals of a manuscript that are "
               "missing, each time."},
      {.path = "credit.reminders",
       .kind = Integer{[](Config& c) -> int& { return c.credit.reminders; }, 0, 20},
       .help = "How often they are asked; silence is never taken for a yes."},
      {.path = "dialogue.answer_minutes",
       .kind = Integer{[](Config& c) -> int& { return c.dialogue.answer_minutes; }, 1, 1440},
       .help = "Minutes for which a yes/no question of the bot waits for its answer."},
      {.path = "privacy.silent_days",
       .kind = Integer{[](Config& c) -> int& { return c.privacy.silent_days; }, 30, 3650},
       .help = "Days without a word from somebody with a profile after which they are asked whether it is to be kept."},
      {.path = "privacy.answer_days",
       .kind = Integer{[](Config& c) -> int& { return c.privacy.answer_days; }, 7, 365},
       .help = "Days for their answer; then they are forgotten as by `forget me`."},
      {.path = "privacy.backup_days",
       .kind = Integer{[](Config& c) -> int& { return c.privacy.backup_days; }, 1, 3650},
       .help = "Days for which you keep backups: for so long it is known (as keyed hashes) whom a restored one has to "
               "forget again."},
      {.path = "engine.batch_size",
       .kind = Integer{[](Config& c) -> int& { return c.engine.batch_size; }, 1, 10000},
       .help = "Updates that are committed together, at most."},
      {.path = "engine.shutdown_grace_seconds",
       .kind = Integer{[](Config& c) -> int& { return c.engine.shutdown_grace_seconds; }, 0, 300},
       .help = "Seconds to send what is queued before the program ends. What is left is sent after the next start."},
      {.path = "resources.directory",
       .kind = Text{[](Config& c) -> std::string& { return c.resources.directory; }, path_form},
       .help = "Folder with the bot's texts and word lists.",
       .if_unset = "share/osrbot beside the program's folder, or config/ of the source tree it was built in"},
  };
}

/// The settings of a platform stand before those that all platforms share.
std::vector<Setting> with_platforms(std::vector<Setting> table) {
  auto shared = std::ranges::find(table, "posts.tags", &Setting::path);
  for (auto& platform : {telegram_settings(), slack_settings(), x_settings()}) {
    shared = table.insert(shared, platform.begin(), platform.end()) + static_cast<std::ptrdiff_t>(platform.size());
  }
  return table;
}

}  // namespace

const std::vector<Setting>& all() {
  static const std::vector<Setting> table = with_platforms(general_settings());
  return table;
}

std::string variable_of(const Setting& setting) {
  if (!setting.variable.empty()) return std::string(setting.variable);
  std::string name = "OSRBOT_";
  for (const char c : setting.path) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string allowed(const Setting& setting) {
  struct Describe {
    std::string operator()(const Text& kind) const { return std::string(kind.form.allowed); }
    std::string operator()(const Hidden& kind) const { return std::string(kind.form.allowed); }
    std::string operator()(const Integer& kind) const {
      return fmt::format("a whole number from {} to {}", kind.min, kind.max);
    }
    std::string operator()(const Number& kind) const {
      return fmt::format("a number from {} to {}", kind.min, kind.max);
    }
    std::string operator()(const Flag&) const { return "true or false"; }
    std::string operator()(const Choice& kind) const { return fmt::format("{}", fmt::join(kind.words, " or ")); }
    std::string operator()(const List& kind) const { return fmt::format("a list, each {}", kind.item.allowed); }
  };
  return std::visit(Describe{}, setting.kind);
}

}  // namespace osrbot::settings
