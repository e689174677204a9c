// How far the bot has heard: what is kept as Batch::cursor.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "adapters/x/post_id.h"

namespace osrbot::x {

/// Everything up to these ids is committed. "<posts> <messages>" as text.
struct Cursor {
  Id posts = 0;  ///< 0: nothing was ever heard
  Id messages = 0;

  static Cursor from(std::string_view text) {
    const auto blank = std::min(text.find(' '), text.size());
    return {.posts = to_id(text.substr(0, blank)), .messages = to_id(text.substr(std::min(blank + 1, text.size())))};
  }
  std::string text() const { return std::to_string(posts) + " " + std::to_string(messages); }
};

}  // namespace osrbot::x
