// Pictures: what people send with a message, and what goes out with a post.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace osrbot {

/// A picture as posts can carry it.
struct Picture {
  std::string media_type;  ///< what picture_type() says
  std::string content;     ///< the bytes in base64
  std::string alt = {};    ///< what it shows, for people who do not see it; the platform takes 1,000 characters

  bool operator==(const Picture&) const = default;
};

/// The most bytes that a picture may have: X takes no more.
inline constexpr std::size_t largest_picture = 5'000'000;

/// What the bytes are, by how they begin: "image/png", "image/jpeg" or "image/webp"; empty: none of these.
std::string_view picture_type(std::string_view bytes);

/// A picture that came with a message.
struct SentPicture {
  enum class State : std::uint8_t {
    here,
    too_large,   ///< more than `largest_picture` bytes
    other_kind,  ///< neither PNG nor JPEG nor WebP
    missing,     ///< the platform did not give it
  };

  State state = State::missing;
  Picture picture = {};  ///< without `alt`; empty unless it is here
};

}  // namespace osrbot
