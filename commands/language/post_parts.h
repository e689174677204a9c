// A text that is longer than a post, as a numbered thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::language {

/// The most that a post may weigh on X (weighted_length()).
inline constexpr std::size_t heaviest_post = 280;

/// The text as posts of at most `heaviest` each: itself if it fits, else parts that end in " (1/3)", cut between words
/// where a word is not too long for a part of its own, and rather at a line's end. Nothing but white space between
/// parts is lost. `heaviest` is at least 32.
std::vector<std::string> post_parts(std::string_view text, std::size_t heaviest = heaviest_post);

}  // namespace osrbot::language
