#include "bot/export.h"

#include <charconv>
#include <filesystem>
#include <limits>
#include <ostream>

#include <fmt/format.h>

#include "commands/all.h"
#include "commands/command_reference.h"
#include "commands/credit_formats.h"
#include "commands/markdown.h"
#include "commands/report.h"
#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/personal_data.h"
#include "storage/projects.h"

namespace osrbot {
namespace {

constexpr int lines_in_a_file = 10'000;

/// The number of "P7" or "7"; 0 when it is none.
std::int64_t number_of(std::string_view project) {
  if (project.starts_with('P') || project.starts_with('p')) project.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(project.data(), project.data() + project.size(), number);
  return error == std::errc() && end == project.data() + project.size() ? number : 0;
}

/// All rows, however many: `osrbot export person telegram:123456789`, or with the workspace in between.
int export_person(storage::Connection& db, const std::string& who, std::ostream& out, std::ostream& error) {
  const std::size_t first = who.find(':');
  const std::size_t last = who.rfind(':');
  const auto person = first == std::string::npos
                          ? std::nullopt
                          : storage::people::find_by_user_id(
                                db, who.substr(0, first), first == last ? "" : who.substr(first + 1, last - first - 1),
                                who.substr(last + 1));
  if (!person) {
    error << fmt::format("osrbot: nobody is known as {}; write platform:user id, on Slack slack:workspace:user id\n",
                         who);
    return exit_code::failure;
  }
  out << storage::personal_data::export_json(db, person->id, std::numeric_limits<std::int32_t>::max()) << '\n';
  return exit_code::success;
}

/// The file on `out`; what it leaves out, for whoever looks at the terminal.
void print_credits(storage::Connection& db, std::int64_t project_id, std::string_view format, std::ostream& out,
                   std::ostream& error) {
  const CreditFormat form = credit_format_named(format).value();
  out << credit_file(db, project_id, form).content;
  const CreditGaps gaps = credit_gaps(db, project_id);
  const auto note = [&](std::int64_t count, std::string_view what) {
    if (count > 0) error << fmt::format("osrbot: note: {}: {}\n", what, count);
  };
  if (form != CreditFormat::csv) note(gaps.unconfirmed, "credits left out because they are not confirmed");
  note(gaps.tasks_without, "finished tasks for which nobody has credit");
  note(gaps.without_byline, "people who meet the first criterion of authorship and are not in the order of authors");
  if (!gaps.incomplete.empty()) {
    error << fmt::format("osrbot: note: criteria of authorship not met yet: {}\n", gaps.incomplete);
  }
}

}  // namespace

int export_data(const ExportOptions& wish, const Config& config, const Catalogue& words, const Vocabulary& vocabulary,
                std::chrono::sys_seconds now, std::ostream& out, std::ostream& error) {
  if (wish.what == ExportOptions::What::commands) {
    out << command_reference(all_commands(), words);
    return exit_code::success;
  }
  if (!std::filesystem::exists(config.database.path)) {
    error << fmt::format("osrbot: there is no database {} (database.path, OSRBOT_DB)\n", config.database.path);
    return exit_code::failure;
  }
  storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
  if (const int version = storage::database_version(db); version != storage::schema_version()) {
    error << fmt::format(
        "osrbot: {} has schema version {} and this program {}: `osrbot migrate` brings it up to date\n",
        config.database.path, version, storage::schema_version());
    return exit_code::failure;
  }
  if (wish.what == ExportOptions::What::person) return export_person(db, wish.person, out, error);
  const auto project = storage::projects::find(db, number_of(wish.project));
  if (!project) {
    error << fmt::format("osrbot: there is no project {} in {}; name one as P7\n", wish.project, config.database.path);
    return exit_code::failure;
  }
  if (wish.what == ExportOptions::What::tasks) {
    out << tasks_csv(db, project->id);
    return exit_code::success;
  }
  if (wish.what == ExportOptions::What::credits) {
    print_credits(db, project->id, wish.format, out, error);
    return exit_code::success;
  }
  const auto period = wish.month ? last_month(now) : last_week(now);
  const Report report = report_on(db, *project, period, lines_in_a_file);
  out << (wish.csv ? report_csv(report) : markdown(report_blocks(report, words, vocabulary, config.language)));
  return exit_code::success;
}

}  // namespace osrbot
