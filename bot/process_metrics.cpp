#include "bot/process_metrics.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace osrbot {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Field `number` (counted from 1 as in proc(5)) of /proc/self/stat.
double stat_field(int number) {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  std::istringstream fields(text.substr(text.rfind(')') + 1));  // the name before it may hold spaces
  std::string field;
  for (int i = 3; i <= number; ++i) fields >> field;
  return field.empty() ? 0 : std::stod(field);
}

double boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    if (double time = 0; word == "btime" && file >> time) return time;
  }
  return 0;
}

}  // namespace

void update_process_metrics(Metrics& metrics) {
  if (rusage usage{}; getrusage(RUSAGE_SELF, &usage) == 0) {
    metrics.gauge("process_cpu_seconds", "Processor time used, user and system.")
        .set(seconds(usage.ru_utime) + seconds(usage.ru_stime));
  }
  if (const double pages = stat_field(24); pages > 0) {
    metrics.gauge("process_resident_memory_bytes", "Memory in use.")
        .set(pages * static_cast<double>(sysconf(_SC_PAGESIZE)));
  }
  std::error_code error;
  if (std::filesystem::directory_iterator files("/proc/self/fd", error); !error) {
    metrics.gauge("process_open_fds", "Open files and connections.")
        .set(static_cast<double>(std::distance(begin(files), end(files))));
  }
  if (const double started = stat_field(22), boot = boot_time(); started > 0 && boot > 0) {
    metrics.gauge("process_start_time_seconds", "When the program was started, in seconds since 1970.")
        .set(boot + started / static_cast<double>(sysconf(_SC_CLK_TCK)));
  }
}

}  // namespace osrbot
