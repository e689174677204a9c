#include "adapters/console/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "adapters/console/render.h"

namespace osrbot::console {
namespace {

constexpr int most_of_a_name = 1000;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return fd_ >= 0; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd_) == 0;
  }

 private:
  const int fd_;
};

/// A name that stays in its folder and is seen there.
std::string safe_name(std::string_view name) {
  std::string safe = printable(name);
  std::ranges::replace(safe, '/', '-');
  safe.erase(0, std::min(safe.find_first_not_of('.'), safe.size()));
  return safe.empty() ? "file" : safe;
}

std::string reason() {
  return std::error_code(errno, std::generic_category()).message();
}

}  // namespace

std::expected<std::filesystem::path, std::string> keep(const File& file, const std::filesystem::path& folder) {
  const std::filesystem::path name = safe_name(file.name);
  for (int number = 1; number <= most_of_a_name; ++number) {
    const std::string numbered =
        number == 1 ? name.string() : fmt::format("{}-{}{}", name.stem().string(), number, name.extension().string());
    const std::filesystem::path path = folder / numbered;
    const Descriptor out(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (out.is_open()) {
      if (out.write(file.content)) return std::filesystem::absolute(path).lexically_normal();
      const std::string why = reason();
      ::unlink(path.c_str());
      return std::unexpected(why);
    }
    if (errno != EEXIST) return std::unexpected(reason());
  }
  return std::unexpected(fmt::format("there are {} files of that name", most_of_a_name));
}

std::string show(const File& file) {
  std::string text = fmt::format("----- {} -----\n", printable(file.name));
  std::string_view rest = file.content;
  while (!rest.empty()) {
    const auto end = rest.find_first_of("\n\t");
    text += printable(rest.substr(0, end));
    if (end == std::string_view::npos) {
      text += '\n';
      break;
    }
    text += rest[end];
    rest.remove_prefix(end + 1);
    if (rest.empty() && text.back() != '\n') text += '\n';
  }
  return text + fmt::format("----- end of {} -----\n", printable(file.name));
}

}  // namespace osrbot::console
