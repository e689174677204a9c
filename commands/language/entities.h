// Hashtags, mentions and URLs as X recognises them (the rules of twitter-text 3), found in one pass with offsets in
// bytes, UTF-16 units and code points, and the weighted length of a post.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace osrbot::language {

// What begins at byte `at`? Each returns the end of the entity in bytes, or 0 if there is none there. The look-ahead is
// bounded or consumed, so that scanning a text with them stays linear.

/// '#' or fullwidth '＃', then letters, marks, digits and '_' of any script with at least one letter; not right after
/// a letter, digit, '_' or '&', and not before '#' or "://".
std::size_t hashtag_end(std::string_view text, std::size_t at);

/// '@' or fullwidth '＠', then 1-20 ASCII letters, digits or '_'; not right after those or one of !#$%&*@, and
/// not before '@', an accented letter or "://".
std::size_t mention_end(std::string_view text, std::size_t at);

/// http:// or https:// with a domain, or a bare domain with a known top-level domain; port, path and query included,
/// closing punctuation not.
std::size_t url_end(std::string_view text, std::size_t at);

/// name@domain.tld, beginning at its first letter.
std::size_t email_end(std::string_view text, std::size_t at);

enum class EntityKind : std::uint8_t { hashtag, mention, url };

/// Offsets include the sign ('#', '@').
struct Entity {
  EntityKind kind = EntityKind::hashtag;
  std::size_t begin = 0;  ///< bytes
  std::size_t end = 0;
  std::size_t utf16_begin = 0;  ///< UTF-16 units, as Telegram counts
  std::size_t utf16_end = 0;
  std::size_t code_point_begin = 0;  ///< as X counts in its API
  std::size_t code_point_end = 0;

  bool operator==(const Entity&) const = default;
};

/// All entities in their order; they do not overlap (a '#' in a URL is the URL's).
std::vector<Entity> entities(std::string_view text);

/// Length of a post as X counts it, version 3: the text in NFC, code points U+0000-10FF, U+2000-200D, U+2010-201F and
/// U+2032-2037 weigh 1 and all others 2, an emoji sequence 2, a URL 23. The limit for a post is 280.
std::size_t weighted_length(std::string_view text);

}  // namespace osrbot::language
