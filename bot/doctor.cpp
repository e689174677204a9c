#include "bot/doctor.h"

#include <algorithm>
#include <iterator>
#include <ostream>

#include <fmt/format.h>

#include "bot/command_line_options.h"

namespace osrbot {
namespace {

std::string_view word(Finding::Verdict verdict) {
  switch (verdict) {
    case Finding::Verdict::ok:
      return "ok";
    case Finding::Verdict::note:
      return "note";
    case Finding::Verdict::problem:
      return "PROBLEM";
  }
  return "";
}

}  // namespace

std::vector<Finding> examine(const std::optional<std::filesystem::path>& file,
                             const std::expected<Config, std::vector<ConfigError>>& config,
                             const std::filesystem::path& program, HttpClient& client) {
  std::vector<Finding> findings;
  if (!config) {
    for (const auto& error : config.error()) {
      findings.push_back({Finding::Verdict::problem, "configuration", error.where + ": " + error.problem,
                          "mend it; docs/configuration.md explains every setting"});
    }
    return findings;
  }
  findings.push_back(
      {Finding::Verdict::ok, "configuration", file ? file->string() : "no file: defaults and environment", ""});
  const auto add = [&](std::vector<Finding> more) { std::ranges::move(more, std::back_inserter(findings)); };
  add(examine_files(*config, file, program));
  add(examine_database(config->database));
  add(examine_clock(program));
  add(examine_http(*config, client));
  if (!config->any_platform_enabled()) {
    add({{Finding::Verdict::note, "platforms", "none: the bot hears only the terminal that it is started in",
          "set telegram.token (OSRBOT_TELEGRAM_TOKEN), or what docs/slack.md and docs/x.md name"}});
  }
  if (config->slack.enabled()) add(examine_slack(*config, client));
  if (config->telegram.enabled()) add(examine_telegram(config->telegram, client));
  if (config->x.enabled()) add(examine_x(*config, client));
  return findings;
}

int report(const std::vector<Finding>& findings, std::ostream& out) {
  std::size_t width = 0;
  for (const auto& finding : findings) width = std::max(width, finding.subject.size());
  for (const auto& finding : findings) {
    out << fmt::format("{:<8} {:<{}}  {}\n", word(finding.verdict), finding.subject, width, finding.state);
    if (!finding.to_do.empty()) out << fmt::format("{:<8} {:<{}}  -> {}\n", "", "", width, finding.to_do);
  }
  const auto problems =
      std::ranges::count_if(findings, [](const Finding& f) { return f.verdict == Finding::Verdict::problem; });
  if (problems == 0) {
    out << "\nEverything that the bot needs is there.\n";
    return exit_code::success;
  }
  out << fmt::format("\n{} to mend.\n", problems == 1 ? "One problem" : fmt::format("{} problems", problems));
  return exit_code::failure;
}

}  // namespace osrbot
