// A token or password that cannot slip into a log, an error or a debugger's print-out.
#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace osrbot {

/// Holds a secret. Printing it gives "***"; only reveal() gives the text, so every use of one can be found by name.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return out << (secret.empty() ? "(not set)" : "***");
  }

 private:
  std::string text_;
};

}  // namespace osrbot
