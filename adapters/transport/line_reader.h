// Lines out of a stream that comes in pieces.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace osrbot {

/// Puts lines together, whatever the pieces are. A line that is longer than it may be is left out and counted, so that
/// no peer fills the memory.
class LineReader {
 public:
  explicit LineReader(std::size_t longest) : longest_(longest) {}

  /// Calls `line` for each line that ends in this piece, without its "\r\n" or "\n"; empty ones too.
  template <typename Line>
  void feed(std::string_view piece, Line line) {
    while (!piece.empty()) {
      const auto end = piece.find('\n');
      append(piece.substr(0, end));
      if (end == std::string_view::npos) return;
      piece.remove_prefix(end + 1);
      if (skipping_) {
        ++left_out_;
      } else {
        if (begun_.ends_with('\r')) begun_.pop_back();
        line(std::string_view(begun_));
      }
      skipping_ = false;
      begun_.clear();
    }
  }

  std::size_t left_out() const { return left_out_; }

 private:
  void append(std::string_view part) {
    if (skipping_) return;
    if (begun_.size() + part.size() > longest_) {
      skipping_ = true;
      begun_.clear();
    } else {
      begun_ += part;
    }
  }

  std::size_t longest_;
  std::string begun_;
  bool skipping_ = false;
  std::size_t left_out_ = 0;
};

}  // namespace osrbot
