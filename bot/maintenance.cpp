#include "bot/maintenance.h"

#include <cerrno>
#include <chrono>
#include <ostream>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/command_line_options.h"
#include "bot/instance_lock.h"
#include "storage/forgetting.h"
#include "storage/migrations.h"
#include "storage/sql.h"

namespace osrbot {
namespace {

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Where to reach a server that listens on `http`.
std::string url_of(const HttpConfig& http) {
  auto host = http.host();
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return fmt::format("http://{}:{}", host, http.port());
}

}  // namespace

int check_config(const std::optional<std::filesystem::path>& file,
                 const std::expected<Config, std::vector<ConfigError>>& config, std::ostream& out,
                 std::ostream& error) {
  if (!config) {
    const auto count = config.error().size();
    error << fmt::format("osrbot: the configuration has {} {}\n", count, count == 1 ? "error" : "errors");
    for (const auto& wrong : config.error()) error << fmt::format("  {}: {}\n", wrong.where, wrong.problem);
    return exit_code::configuration;
  }
  out << fmt::format("The configuration is fine ({}).\nPlatforms:{}{}{}{}. Database: {}. Health and metrics: {}.\n",
                     file ? file->string() : "no file: defaults and environment",
                     config->console_enabled() ? " console" : "", config->telegram.enabled() ? " telegram" : "",
                     config->slack.enabled() ? " slack" : "", config->x.enabled() ? " x" : "", config->database.path,
                     config->http.address);
  return exit_code::success;
}

int migrate_database(const Config& config, std::ostream& out) {
  const InstanceLock lock(config.database.path);
  storage::Connection db(config.database.path, storage::Connection::Mode::read_write);
  const int steps = storage::migrate(db, now());
  out << fmt::format("{} has schema version {}; {}.\n", config.database.path, storage::schema_version(),
                     steps == 0 ? "nothing had to be done" : fmt::format("{} steps were taken", steps));
  return exit_code::success;
}

int back_up_database(const Config& config, const std::filesystem::path& to, std::ostream& out, std::ostream& error) {
  if (!std::filesystem::exists(config.database.path)) {
    error << fmt::format("osrbot: there is no database {} (database.path, OSRBOT_DB)\n", config.database.path);
    return exit_code::failure;
  }
  if (to.empty()) {
    error << "osrbot: the backup needs the name of a file\n";
    return exit_code::usage;
  }
  storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
  if (!storage::holds_schema(db)) {
    error << fmt::format("osrbot: {} is no database of osrbot (database.path, OSRBOT_DB)\n", config.database.path);
    return exit_code::failure;
  }
  db.backup(to);
  out << fmt::format("{} is a copy of {} ({} bytes).\n", to.string(), config.database.path,
                     std::filesystem::file_size(to));
  return exit_code::success;
}

namespace {

/// How many people were forgotten again; nothing when the database cannot say whom it has forgotten.
std::optional<std::int64_t> forget_again(storage::Connection& restored, const std::filesystem::path& newer) {
  try {
    storage::Connection db(newer, storage::Connection::Mode::read_write);
    // One of a newer program is read as it is: who is forgotten stands in it where it always stood.
    if (storage::database_version(db) < storage::schema_version()) storage::migrate(db, now());
    storage::Transaction transaction(restored);
    const std::int64_t people = storage::forgetting::forget_again(restored, db, now());
    transaction.commit();
    return people;
  } catch (const storage::Error&) {
    return std::nullopt;
  }
}

/// A file that goes unless it was moved to where it belongs: it may hold people's data.
struct Unfinished {
  std::filesystem::path path;
  explicit Unfinished(std::filesystem::path file) : path(std::move(file)) { remove(); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() { remove(); }

 private:
  void remove() const {
    std::error_code none;
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + part, none);
  }
};

/// Whoever owned `before` owns `after`: root restores for the bot's user.
void keep_owner(const std::filesystem::path& before, const std::filesystem::path& after) {
  struct stat owner {};
  if (stat(before.c_str(), &owner) != 0 || (owner.st_uid == geteuid() && owner.st_gid == getegid())) return;
  if (chown(after.c_str(), owner.st_uid, owner.st_gid) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot give " + after.string() + " to its owner");
  }
}

}  // namespace

int restore_database(const Config& config, const std::filesystem::path& from, std::ostream& out, std::ostream& error) {
  const std::filesystem::path to = config.database.path;
  const std::filesystem::path replaced = to.string() + ".replaced";
  if (!std::filesystem::exists(from)) {
    error << fmt::format("osrbot: there is no file {}\n", from.string());
    return exit_code::failure;
  }
  const InstanceLock lock(to);
  if (std::filesystem::exists(replaced)) {
    error << fmt::format("osrbot: {} is there from a restore before; look at it, and delete it\n", replaced.string());
    return exit_code::failure;
  }
  std::error_code none;
  if (std::filesystem::equivalent(from, to, none)) {
    error << fmt::format("osrbot: {} is the database itself, and no backup of it\n", from.string());
    return exit_code::failure;
  }
  const Unfinished made(to.string() + ".restoring");
  const std::filesystem::path& making = made.path;
  storage::Connection(from, storage::Connection::Mode::read_only).backup(making);
  std::optional<std::int64_t> forgotten = 0;
  {
    storage::Connection db(making, storage::Connection::Mode::read_write);
    if (!storage::holds_schema(db)) {
      error << fmt::format("osrbot: {} is no backup of osrbot\n", from.string());
      return exit_code::failure;
    }
    storage::migrate(db, now());
    if (std::filesystem::exists(to)) forgotten = forget_again(db, to);
  }
  keep_owner(std::filesystem::exists(to) ? to : std::filesystem::absolute(to).parent_path(), making);
  for (const char* part : {"", "-wal", "-shm"}) {
    if (!std::filesystem::exists(to.string() + part)) continue;
    std::filesystem::rename(to.string() + part, replaced.string() + part);
  }
  std::filesystem::rename(making, to);
  out << fmt::format("{} is the backup {} now.\n", to.string(), from.string());
  if (forgotten) {
    out << fmt::format("People forgotten again: {}.\n", *forgotten);
  } else {
    out << fmt::format("{} could not be read, so whoever asked to be forgotten since the backup is not known.\n",
                       replaced.string());
  }
  if (std::filesystem::exists(replaced)) {
    out << fmt::format("What was there before is {}: delete it when all is well.\n", replaced.string());
  }
  return exit_code::success;
}

int check_health(const Config& config, HttpClient& client, std::ostream& out, std::ostream& error) {
  if (!config.http.enabled()) {
    error << "osrbot: http.address is off, so a running bot cannot be asked; set it (OSRBOT_HTTP_ADDRESS)\n";
    return exit_code::configuration;
  }
  HttpRequest request;
  request.method = HttpRequest::Method::get;
  request.url = url_of(config.http) + "/healthz";
  request.timeout = std::chrono::seconds(3);
  const auto result = client.fetch(std::move(request));
  if (const auto* answer = std::get_if<HttpResponse>(&result); answer != nullptr && answer->status == 200) {
    out << answer->body;
    return exit_code::success;
  }
  const auto* failure = std::get_if<HttpFailure>(&result);
  error << fmt::format(
      "osrbot: {} does not say that it is well: {}\n", config.http.address,
      failure != nullptr ? failure->text : fmt::format("status {}", std::get<HttpResponse>(result).status));
  return exit_code::failure;
}

}  // namespace osrbot
