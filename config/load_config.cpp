#include "config/load_config.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "config/nearest.h"
#include "config/setting_value.h"
#include "config/settings.h"

namespace osrbot {
namespace {

using nlohmann::json;
using settings::Setting;
namespace fs = std::filesystem;

constexpr std::size_t largest_file = 1 << 20;
constexpr std::size_t deepest_nesting = 8;

/// "; did you mean ...?", or nothing when no name is near.
std::string did_you_mean(std::string_view unknown, const std::set<std::string>& names) {
  const auto best = nearest(unknown, names);
  return best.empty() ? "" : fmt::format("; did you mean {}?", best);
}

/// What the system says of the last call that failed.
std::string error_text() {
  return std::generic_category().message(errno);
}

std::string platform_hint() {
  return fmt::format("this version has the platforms {}", fmt::join(settings::platforms(), ", "));
}

bool is_later_platform(std::string_view name) {
  return name == "web";
}

class Loader {
 public:
  explicit Loader(const Environment& environment) : environment_(environment) {
    for (const auto& setting : settings::all()) {
      by_path_.emplace(setting.path, &setting);
      by_variable_.emplace(settings::variable_of(setting), &setting);
      for (auto dot = setting.path.find('.'); dot != std::string_view::npos; dot = setting.path.find('.', dot + 1)) {
        sections_.emplace(setting.path.substr(0, dot));
      }
    }
  }

  void add(std::string where, std::string problem) { errors_.push_back({std::move(where), std::move(problem)}); }

  void read_text(std::string_view text, const std::string& file_name) {
    std::vector<std::string> path;            // the key that is being read, by depth
    std::vector<std::set<std::string>> seen;  // the keys of its section so far, by depth
    bool too_deep = false;
    const auto notice = [&](int nesting, json::parse_event_t event, json& parsed) {
      const auto depth = static_cast<std::size_t>(nesting);
      if (depth > deepest_nesting) too_deep = true;
      if (too_deep) return false;
      if (event == json::parse_event_t::object_start) {
        seen.resize(depth + 1);
        seen.emplace_back();
      } else if (event == json::parse_event_t::key) {
        path.resize(depth - 1);
        path.push_back(parsed.get<std::string>());
        if (!seen[depth].insert(path.back()).second) add(fmt::format("{}", fmt::join(path, ".")), "is given twice");
      }
      return true;
    };
    try {
      const auto document = json::parse(text, notice, true, true);
      if (too_deep) {
        add(file_name, fmt::format("is nested deeper than {} levels", deepest_nesting));
      } else if (!document.is_object()) {
        add(file_name, fmt::format("found {}, allowed: one JSON object {{ ... }}", settings::shown(document, true)));
      } else {
        read_section(document, "");
      }
    } catch (const json::parse_error& error) {
      // The library's own message quotes the text, which may be a secret.
      const auto before = text.substr(0, std::min(text.size(), error.byte > 0 ? error.byte - 1 : 0));
      const auto line = 1 + std::ranges::count(before, '\n');
      const auto column =
          before.size() - (before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1) + 1;
      add(fmt::format("{}:{}:{}", file_name, line, column),
          "is not valid JSON from here on (a missing or spare comma, quotation mark or bracket?)");
    } catch (const json::out_of_range&) {
      add(file_name, "holds a number that is too large for any setting");
    }
  }

  void read_environment() {
    for (const auto& [name, text] : environment_) {
      if (name == "OSRBOT_CONFIG" || text.empty()) continue;
      const auto setting = by_variable_.find(name);
      if (setting == by_variable_.end()) {
        unknown_variable(name);
      } else {
        assign(*setting->second, name, settings::from_variable(*setting->second, text));
        // A secret from the environment wins over the file's choice of where to read it.
        if (name == "OSRBOT_TELEGRAM_TOKEN") config_.telegram.token_file.clear();
        if (name == "OSRBOT_X_BEARER_TOKEN") config_.x.bearer_token_file.clear();
        if (name == "OSRBOT_SECRET_KEY") config_.secret.key_file.clear();
        if (name == "OSRBOT_SLACK_BOT_TOKEN") config_.slack.bot_token_file.clear();
        if (name == "OSRBOT_SLACK_APP_TOKEN") config_.slack.app_token_file.clear();
        if (name == "OSRBOT_SLACK_SIGNING_SECRET") config_.slack.signing_secret_file.clear();
        if (name == "OSRBOT_SLACK_CLIENT_SECRET") config_.slack.client_secret_file.clear();
      }
    }
  }

  void check_together() {
    auto& telegram = config_.telegram;
    while (telegram.base_url.ends_with('/')) telegram.base_url.pop_back();
    read_secret_file("telegram.token", telegram.token, telegram.token_file);
    read_secret_file("secret.key", config_.secret.key, config_.secret.key_file);
    if (!config_.secret.previous_key.empty() && config_.secret.key.empty()) {
      add("secret.previous_key", "is set without secret.key, which is to replace it");
    }
    if (telegram.mode == TelegramConfig::Mode::webhook) {
      if (telegram.webhook.url.empty()) add("telegram.webhook.url", "is empty; telegram.mode webhook needs it");
      if (telegram.webhook.secret.empty()) add("telegram.webhook.secret", "is empty; telegram.mode webhook needs it");
      if (!config_.http.enabled()) add("http.address", "is off; telegram.mode webhook needs host:port");
    }
    const auto& webhook = telegram.webhook;
    if (telegram.mode == TelegramConfig::Mode::webhook && !webhook.url.empty() && is_own_path(webhook.path())) {
      add("telegram.webhook.url", fmt::format("ends in {}, which the bot itself answers; allowed: another path, for "
                                              "example /telegram",
                                              webhook.path()));
    }
    for (const std::string& file : config_.posts.lexicon_files) check_readable("posts.lexicon_files", file);
    check_readable("matching.income_file", config_.matching.income_file);
    check_slack();
    check_x();
    const auto& tasks = config_.tasks;
    if (tasks.first_timer_limit > tasks.limit) {
      add("tasks.first_timer_limit",
          fmt::format("found {}, allowed: at most tasks.limit, which is {}", tasks.first_timer_limit, tasks.limit));
    }
    if (tasks.release_days <= tasks.reminder_days) {
      add("tasks.release_days", fmt::format("found {}, allowed: more than tasks.reminder_days, which is {}",
                                            tasks.release_days, tasks.reminder_days));
    }
    if (config_.posts.tags.empty()) add("posts.tags", "is empty, allowed: at least one hashtag");
    if (errors_.empty() && !config_.any_platform_enabled() && !config_.console_enabled()) {
      add("console.enabled", "is false and no other platform is configured; set a platform's token, or true here");
    }
  }

  void check_slack() {
    auto& slack = config_.slack;
    while (slack.base_url.ends_with('/')) slack.base_url.pop_back();
    while (slack.url.ends_with('/')) slack.url.pop_back();
    read_secret_file("slack.bot_token", slack.bot_token, slack.bot_token_file);
    read_secret_file("slack.app_token", slack.app_token, slack.app_token_file);
    read_secret_file("slack.signing_secret", slack.signing_secret, slack.signing_secret_file);
    read_secret_file("slack.client_secret", slack.client_secret, slack.client_secret_file);
    if (slack.installs() == slack.client_secret.empty()) {
      add(slack.installs() ? "slack.client_secret" : "slack.client_id",
          "is empty; slack.client_id and slack.client_secret go together");
    }
    if (!slack.enabled()) return;
    if (slack.uses_socket() && slack.app_token.empty()) {
      add("slack.app_token", "is empty; slack.mode socket needs it");
    }
    if (slack.uses_events() && slack.signing_secret.empty()) {
      add("slack.signing_secret", "is empty; slack.mode events needs it");
    }
    if ((slack.uses_events() || slack.installs()) && !config_.http.enabled()) {
      add("http.address", "is off; slack.mode events, and installation, need host:port");
    }
    if (slack.installs() && slack.url.empty()) {
      add("slack.url", "is empty; installation needs the bot's public address");
    }
    if (slack.installs() && config_.secret.key.empty()) {
      add("secret.key", "is empty; installation keeps the workspaces' tokens encrypted");
    }
  }

  std::expected<Config, std::vector<ConfigError>> result() {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(config_);
  }

 private:
  void check_x() {
    auto& x = config_.x;
    while (x.base_url.ends_with('/')) x.base_url.pop_back();
    read_secret_file("x.bearer_token", x.bearer_token, x.bearer_token_file);
    const int keys = int(!x.consumer_key.empty()) + int(!x.consumer_secret.empty()) + int(!x.access_token.empty()) +
                     int(!x.access_secret.empty());
    if (keys != 0 && keys != 4) {
      add("x", "OAuth 1.0a needs all of consumer_key, consumer_secret, access_token and access_secret");
    }
    if (keys == 4 && !x.client_id.empty()) add("x.client_id", "is set beside the keys of OAuth 1.0a; allowed: one way");
    if (!x.enabled()) {
      if (!x.bearer_token.empty()) add("x.bearer_token", "is not enough: set x.client_id, or the keys of OAuth 1.0a");
      return;
    }
    if (x.mode == XConfig::Mode::stream && x.bearer_token.empty()) {
      add("x.bearer_token", "is empty; x.mode stream needs it (polling and mentions do not)");
    }
    if (keys == 0 && config_.secret.key.empty()) {
      add("secret.key", "is empty; x.client_id needs it to keep what X renews (`osrbot secret-key` prints a new one)");
    }
  }

  void read_section(const json& section, const std::string& prefix) {
    for (const auto& [key, value] : section.items()) {
      const auto path = prefix.empty() ? key : prefix + "." + key;
      if (path == "$schema") continue;  // for editors
      if (const auto setting = by_path_.find(path); setting != by_path_.end()) {
        assign(*setting->second, path, value);
      } else if (!sections_.contains(path)) {
        unknown_key(path);
      } else if (value.is_object()) {
        read_section(value, path);
      } else {
        add(path, fmt::format("found {}, allowed: a section {{ ... }}", settings::shown(value, true)));
      }
    }
  }

  void unknown_key(const std::string& path) {
    if (is_later_platform(path)) {
      add(path, "unknown section; " + platform_hint());
      return;
    }
    std::set<std::string> names = sections_;
    for (const auto& [known, setting] : by_path_) names.insert(std::string(known));
    add(path, "unknown setting" + did_you_mean(path, names));
  }

  void unknown_variable(const std::string& name) {
    auto platform = name.substr(7, name.find('_', 7) - 7);
    std::ranges::transform(platform, platform.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (is_later_platform(platform)) {
      add(name, "unknown variable; " + platform_hint());
      return;
    }
    std::set<std::string> names = {"OSRBOT_CONFIG"};
    for (const auto& [known, setting] : by_variable_) names.insert(known);
    add(name, "unknown variable" + did_you_mean(name, names));
  }

  void assign(const Setting& setting, const std::string& where, const json& value) {
    if (const auto assigned = settings::assign(config_, setting, value); !assigned) {
      add(where, fmt::format("found {}, allowed: {}", assigned.error(), settings::allowed(setting)));
    }
  }

  /// Paths that the bot's own server answers besides a webhook.
  static bool is_own_path(std::string_view path) {
    return path == "/healthz" || path == "/readyz" || path == "/metrics" || path.starts_with("/slack/");
  }

  void check_readable(const std::string& where, const std::string& file) {
    if (file.empty()) return;
    std::error_code none;
    const bool is_folder = fs::is_directory(file, none);
    if (is_folder || !std::ifstream(file)) {
      add(where, fmt::format("cannot read {}: {}", file, is_folder ? "it is a folder" : error_text()));
    }
  }

  /// Reads the secret at `path` from the file named by the setting `path`_file, when there is one.
  void read_secret_file(const std::string& path, const Secret& secret, const std::string& file_name) {
    if (file_name.empty()) return;
    const auto where = path + "_file";
    if (!secret.empty()) {
      add(where, path + " is set too; allowed: one of them");
      return;
    }
    std::ifstream file(file_name);
    std::string text;
    if (!file || !std::getline(file, text)) {
      add(where, fmt::format("cannot read {}: {}", file_name, file.eof() ? "it is empty" : error_text()));
      return;
    }
    text.erase(text.find_last_not_of(" \r\t") + 1);
    assign(*by_path_.at(path), where, text);
    if (text.empty()) add(where, fmt::format("cannot read {}: its first line is empty", file_name));
  }

  const Environment& environment_;
  std::map<std::string_view, const Setting*> by_path_;
  std::map<std::string, const Setting*> by_variable_;
  std::set<std::string> sections_;
  Config config_;
  std::vector<ConfigError> errors_;
};

/// The file's text, or why it cannot be read.
std::expected<std::string, std::string> text_of(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return std::unexpected("is a folder, not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::unexpected(fmt::format("cannot be read: {}", error_text()));
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return std::unexpected(fmt::format("cannot be read: {}", error_text()));
  if (text.size() > largest_file) return std::unexpected("is larger than 1 MiB");
  return text;
}

}  // namespace

bool holds_secrets(const fs::path& file) {
  const auto text = text_of(file);
  if (!text) return false;
  const auto document = json::parse(*text, nullptr, false, true);
  return std::ranges::any_of(settings::all(), [&](const Setting& setting) {
    if (!std::holds_alternative<settings::Hidden>(setting.kind)) return false;
    std::string pointer = "/" + std::string(setting.path);
    std::ranges::replace(pointer, '.', '/');
    const json::json_pointer place(pointer);
    return document.is_object() && document.contains(place) && document.at(place) != json("");
  });
}

namespace {

std::expected<Config, std::vector<ConfigError>> finish(Loader& loader) {
  loader.read_environment();
  loader.check_together();
  return loader.result();
}

}  // namespace

Environment bot_environment() {
  Environment variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with("OSRBOT_") && equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

std::optional<fs::path> find_config_file(const std::string& option, const Environment& environment) {
  if (!option.empty()) return option;
  if (const auto found = environment.find("OSRBOT_CONFIG"); found != environment.end() && !found->second.empty()) {
    return found->second;
  }
  std::error_code error;
  if (fs::exists("osrbot.json", error)) return "osrbot.json";
  return std::nullopt;
}

std::expected<Config, std::vector<ConfigError>> parse_config(std::string_view json, const std::string& file_name,
                                                             const Environment& environment) {
  Loader loader(environment);
  loader.read_text(json, file_name);
  return finish(loader);
}

std::expected<Config, std::vector<ConfigError>> load_config(const std::optional<fs::path>& file,
                                                            const Environment& environment) {
  if (!file) return parse_config("{}", "", environment);
  if (const auto text = text_of(*file))
    return parse_config(*text, file->string(), environment);
  else {
    Loader loader(environment);
    loader.add(file->string(), text.error());
    return finish(loader);
  }
}

std::string describe(const std::vector<ConfigError>& errors) {
  std::string text;
  for (const auto& error : errors) text += fmt::format("{}: {}\n", error.where, error.problem);
  return text;
}

}  // namespace osrbot
