// Lines from a file or a pipe, answers to a file or a pipe.
#pragma once

#include <mutex>

#include "adapters/console/terminal.h"
#include "adapters/console/wake_fd.h"

namespace osrbot::console {

class PipedTerminal final : public Terminal {
 public:
  PipedTerminal(std::FILE* in, std::FILE* out);

  std::optional<std::string> next(const std::string& prompt, std::stop_token stop) override;
  bool show(std::string_view text) override;
  bool is_interactive() const override { return false; }
  bool has_styles() const override { return false; }

 private:
  bool fill();

  int in_;
  std::FILE* out_;
  WakeFd wake_;
  std::string buffer_;  ///< read and not yet returned
  bool at_end_ = false;
  std::mutex output_;
};

}  // namespace osrbot::console
