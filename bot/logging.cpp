#include "bot/logging.h"

#include <array>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/common.h>
#include <spdlog/details/log_msg.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace osrbot {
namespace {

// Reached by the log lines of functions that know nothing of the update they work for.
thread_local std::string current_update;

constexpr std::array level_names = {"debug", "info", "warning", "error"};

spdlog::level::level_enum spdlog_level(LogLevel level) {
  constexpr std::array levels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
  return levels[static_cast<std::size_t>(level)];
}

/// Valid UTF-8 without control characters: what JSON makes of the text, without the quotation marks and their escapes.
std::string one_line(std::string_view text) {
  const nlohmann::json json = std::string(text);
  const auto quoted = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string line;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && (quoted[i + 1] == '"' || quoted[i + 1] == '\\')) ++i;
    line += quoted[i] == '\x7f' ? '?' : quoted[i];
  }
  return line;
}

std::string timestamp(spdlog::log_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     milliseconds);
}

std::string_view level_name(spdlog::level::level_enum level) {
  return level_names[static_cast<std::size_t>(level - spdlog::level::debug)];
}

class TextFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string_view part(message.logger_name.data(), message.logger_name.size());
    const std::string_view text(message.payload.data(), message.payload.size());
    fmt::format_to(std::back_inserter(out), "{} {} {}: {}", timestamp(message.time), level_name(message.level), part,
                   one_line(text));
    if (!current_update.empty()) fmt::format_to(std::back_inserter(out), " [update {}]", one_line(current_update));
    out.push_back('\n');
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<TextFormatter>(); }
};

class JsonFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    nlohmann::ordered_json line = {
        {"time", timestamp(message.time)},
        {"level", level_name(message.level)},
        {"from", std::string(message.logger_name.data(), message.logger_name.size())},
        {"message", std::string(message.payload.data(), message.payload.size())},
    };
    if (!current_update.empty()) line["update"] = current_update;
    const auto text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    out.append(text.data(), text.data() + text.size());
    out.push_back('\n');
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

std::unique_ptr<spdlog::formatter> formatter_for(LogConfig::Format format) {
  if (format == LogConfig::Format::json) return std::make_unique<JsonFormatter>();
  return std::make_unique<TextFormatter>();
}

}  // namespace

class Logging::Sink {
 public:
  Sink(const LogConfig& config, std::vector<Secret> secrets, std::shared_ptr<spdlog::sinks::sink> out)
      : least_(spdlog_level(static_cast<LogLevel>(config.level))), secrets_(std::move(secrets)), out_(std::move(out)) {
    out_->set_formatter(formatter_for(config.format));
  }

  void write(const std::string& part, LogLevel level, std::string_view text) {
    const auto as = spdlog_level(level);
    if (as < least_) return;
    const auto safe = without_secrets(text);
    out_->log(spdlog::details::log_msg(part, as, safe));
    out_->flush();
  }

 private:
  std::string without_secrets(std::string_view text) const {
    std::string safe(text);
    for (const auto& secret : secrets_) {
      const auto& word = secret.reveal();
      if (word.empty()) continue;
      for (auto at = safe.find(word); at != std::string::npos; at = safe.find(word, at + 3)) {
        safe.replace(at, word.size(), "***");
      }
    }
    return safe;
  }

  spdlog::level::level_enum least_;
  std::vector<Secret> secrets_;
  std::shared_ptr<spdlog::sinks::sink> out_;
};

Logging::Logging(const LogConfig& config, std::vector<Secret> secrets)
    : sink_(std::make_shared<Sink>(config, std::move(secrets), std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Logging::Logging(const LogConfig& config, std::vector<Secret> secrets, std::ostream& out)
    : sink_(std::make_shared<Sink>(config, std::move(secrets), std::make_shared<spdlog::sinks::ostream_sink_mt>(out))) {
}

Logging::~Logging() = default;

Log Logging::log(std::string part) const {
  return
      [sink = sink_, part = std::move(part)](LogLevel level, std::string_view text) { sink->write(part, level, text); };
}

LoggedUpdate::LoggedUpdate(std::string_view adapter, std::string_view key)
    : previous_(std::exchange(current_update, fmt::format("{}:{}", adapter, key))) {}

LoggedUpdate::~LoggedUpdate() {
  current_update = std::move(previous_);
}

}  // namespace osrbot
