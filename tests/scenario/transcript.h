// A transcript as a value: what happens line by line, and what the bot is expected to say (README.md).
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::scenario {

/// Where a line of a transcript happens: on a platform, in a room or, with an empty one, in private.
struct Scene {
  std::string platform = "telegram";
  std::string room;  ///< "#surgery"

  bool operator==(const Scene&) const = default;
};

struct Step {
  enum class Kind {
    says,      ///< `who` writes `text`
    edits,     ///< `who` changes what they wrote last in the same place to `text`
    presses,   ///< `who` presses the button labelled `text`
    direction  ///< something else happens: `text` stands between "--"
  };

  Kind kind = Kind::says;
  std::string who;
  Scene scene;
  std::string text;
  std::size_t line = 0;               ///< of the file, from 1 on
  std::size_t last = 0;               ///< the last line of the step itself; what is expected comes after it
  std::vector<std::string> expected;  ///< the indented lines that follow
};

/// A line that is no line of a transcript. `what()` begins with the line's number.
struct TranscriptError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(std::string_view text);

/// Reads a transcript. Throws TranscriptError.
std::vector<Step> parse_transcript(const std::vector<std::string>& lines);

/// A person's words about where: "ben", "ben on slack", "ben in #surgery", "ben on slack in #surgery".
struct Whereabouts {
  std::string who;
  Scene scene;
};
std::optional<Whereabouts> parse_whereabouts(std::string_view text);

}  // namespace osrbot::scenario
