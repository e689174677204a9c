// What the doctor looks at on this machine: files, database, clock, port.
#include <cerrno>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "bot/command_line_options.h"
#include "bot/doctor.h"
#include "bot/instance_lock.h"
#include "bot/maintenance.h"
#include "config/load_config.h"
#include "config/resources.h"
#include "storage/migrations.h"
#include "storage/sql.h"

namespace osrbot {
namespace {

namespace fs = std::filesystem;
using Verdict = Finding::Verdict;

constexpr std::uintmax_t least_free_bytes = 100 << 20;

std::string error_text(int error) {
  return std::generic_category().message(error);
}

/// A finding when other users of the machine may read a file that holds secrets or people's data.
std::optional<Finding> too_open(const std::string& subject, const fs::path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || (info.st_mode & 07) == 0) return std::nullopt;
  return Finding{Verdict::problem, subject, fmt::format("every user of this machine may open {}", path.string()),
                 fmt::format("chmod o= {}", path.string())};
}

/// The nearest folder above `path` that exists.
fs::path existing_folder(const fs::path& path) {
  std::error_code error;
  auto folder = fs::absolute(path).parent_path();
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

/// SQLite's locks are not safe on file systems of other machines: https://www.sqlite.org/faq.html#q5
bool is_network_folder(const fs::path& folder) {
  static const std::set<long> types = {0x6969, 0x517B, static_cast<long>(0xFF534D42), static_cast<long>(0xFE534D42)};
  struct statfs info {};
  return statfs(folder.c_str(), &info) == 0 && types.contains(static_cast<long>(info.f_type));
}

/// `db` is this program's own.
Finding schema_finding(storage::Connection& db, const fs::path& path) {
  const int version = storage::database_version(db);
  const int known = storage::schema_version();
  if (version > known) {
    return {Verdict::problem, "schema",
            fmt::format("{} has version {}, this program knows {} only", path.string(), version, known),
            "start the newer osrbot that wrote it, or restore a backup"};
  }
  if (version < known) {
    return {Verdict::note, "schema", fmt::format("{} has version {} of {}", path.string(), version, known),
            "make a backup; the next start (or osrbot migrate) brings it up to date"};
  }
  return {Verdict::ok, "schema", fmt::format("version {}", version), ""};
}

/// Empty when a server could listen there, else why not.
std::string why_not_free(const HttpConfig& http) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int code = getaddrinfo(http.host().c_str(), std::to_string(http.port()).c_str(), &hints, &found); code != 0)
    return gai_strerror(code);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
  const int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return error_text(errno);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const int result = bind(listener, found->ai_addr, found->ai_addrlen);
  const int error = errno;
  close(listener);
  return result == 0 ? "" : error_text(error);
}

}  // namespace

std::vector<Finding> examine_files(const Config& config, const std::optional<fs::path>& file, const fs::path& program) {
  std::vector<Finding> findings;
  if (const auto folder = resource_directory(config.resources, program)) {
    const bool has_language = fs::exists(*folder / "locales" / (config.language + ".json"));
    findings.push_back(has_language ? Finding{Verdict::ok, "texts", folder->string(), ""}
                                    : Finding{Verdict::problem, "texts",
                                              fmt::format("{} has no texts in {}", folder->string(), config.language),
                                              "set language to one that has a file in locales/"});
  } else {
    findings.push_back({Verdict::problem, "texts", folder.error(), "install the program with its share/osrbot folder"});
  }
  if (file && holds_secrets(*file)) {
    if (auto open = too_open("configuration", *file)) findings.push_back(*std::move(open));
  }
  for (const auto& [subject, secret] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"token", config.telegram.token_file},
           {"token", config.slack.bot_token_file},
           {"token", config.slack.app_token_file},
           {"secret", config.slack.signing_secret_file},
           {"secret", config.slack.client_secret_file},
           {"token", config.x.bearer_token_file},
           {"secret key", config.secret.key_file}}) {
    if (secret.empty()) continue;
    if (auto open = too_open(std::string(subject), secret)) findings.push_back(*std::move(open));
  }
  if (!fs::exists("/usr/share/zoneinfo/UTC")) {
    findings.push_back(
        {Verdict::problem, "time zones", "/usr/share/zoneinfo is missing", "install the package tzdata"});
  }
  return findings;
}

std::vector<Finding> examine_database(const DatabaseConfig& config) {
  const fs::path path = config.path;
  std::vector<Finding> findings;
  const auto folder = existing_folder(path);
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    findings.push_back({Verdict::problem, "database",
                        fmt::format("cannot write in {}: {}", folder.string(), error_text(errno)),
                        "let the bot's user write there, or set database.path (OSRBOT_DB)"});
  } else if (std::error_code none; !fs::exists(path, none) || fs::file_size(path, none) == 0) {
    findings.push_back({Verdict::ok, "database", fmt::format("{} will be made at the first start", path.string()), ""});
  } else if (fs::is_directory(path, none)) {
    return {{Verdict::problem, "database", fmt::format("{} is a folder", path.string()),
             "set database.path (OSRBOT_DB) to a file"}};
  } else if (access(path.c_str(), R_OK | W_OK) != 0) {
    findings.push_back({Verdict::problem, "database",
                        fmt::format("cannot write to {}: {}", path.string(), error_text(errno)),
                        "let the bot's user own it"});
  } else {
    try {
      storage::Connection db(path, storage::Connection::Mode::read_only);
      if (storage::is_of_another_program(db)) {
        return {{Verdict::problem, "database", fmt::format("{} holds tables of another program", path.string()),
                 "set database.path (OSRBOT_DB) to a file of its own"}};
      }
      findings.push_back(schema_finding(db, path));
      findings.push_back({Verdict::ok, "database", fmt::format("{} opens", path.string()), ""});
    } catch (const storage::Error& error) {
      findings.push_back({Verdict::problem, "database", fmt::format("{}: {}", path.string(), error.what()),
                          "restore a backup, or set database.path (OSRBOT_DB) to the right file"});
    }
    if (auto open = too_open("database", path)) findings.push_back(*std::move(open));
  }

  if (is_network_folder(folder)) {
    findings.push_back({Verdict::problem, "disk", fmt::format("{} is on another machine's disk", folder.string()),
                        "move the database to a local disk: SQLite's locks need one"});
  }
  std::error_code error;
  if (const auto space = fs::space(folder, error); error) {
    findings.push_back({Verdict::problem, "disk", error.message(), "check the disk"});
  } else if (space.available < least_free_bytes) {
    findings.push_back({Verdict::problem, "disk",
                        fmt::format("{} MB are free in {}", space.available >> 20, folder.string()),
                        "free some: the bot accepts nothing while it cannot write"});
  } else {
    findings.push_back({Verdict::ok, "disk", fmt::format("{} MB are free", space.available >> 20), ""});
  }

  if (const auto process = lock_holder(path)) {
    findings.push_back({Verdict::ok, "lock", fmt::format("a bot runs on this database (process {})", *process), ""});
  }
  return findings;
}

std::vector<Finding> examine_clock(const fs::path& program) {
  std::error_code error;
  const auto built = fs::last_write_time(program, error);
  if (!error && fs::file_time_type::clock::now() < built) {
    return {{Verdict::problem, "clock", "it shows a time before this program was built",
             "set the clock: deadlines, reminders and TLS depend on it"}};
  }
  timex state{};
  if (adjtimex(&state) == TIME_ERROR) {
    return {{Verdict::note, "clock", "the system does not say that it is synchronised",
             "run a time service (systemd-timesyncd, chrony) here or on the host"}};
  }
  return {{Verdict::ok, "clock", "synchronised", ""}};
}

std::vector<Finding> examine_http(const Config& config, HttpClient& client) {
  if (!config.http.enabled()) {
    return {{Verdict::note, "http", "off: no /healthz, /readyz and /metrics",
             "set http.address (OSRBOT_HTTP_ADDRESS), for example to 127.0.0.1:8080"}};
  }
  std::vector<Finding> findings;
  const auto& address = config.http.address;
  const auto why = why_not_free(config.http);
  std::ostringstream unused;
  if (why.empty()) {
    findings.push_back({Verdict::ok, "http", address + " is free", ""});
  } else if (check_health(config, client, unused, unused) == exit_code::success) {
    findings.push_back({Verdict::ok, "http", fmt::format("a running bot answers on {}", address), ""});
  } else {
    findings.push_back({Verdict::problem, "http", fmt::format("cannot listen on {}: {}", address, why),
                        "stop the other program, or choose another port (http.address, OSRBOT_HTTP_ADDRESS)"});
  }
  const auto host = config.http.host();
  if (!host.starts_with("127.") && host != "::1" && host != "localhost") {
    findings.push_back({Verdict::note, "http", fmt::format("{} can be reached from other machines", address),
                        "keep it on 127.0.0.1, or behind a proxy with limits and TLS"});
  }
  return findings;
}

}  // namespace osrbot
