// From X's JSON to updates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/post_parts.h"
#include "adapters/update.h"
#include "adapters/x/post_id.h"

namespace osrbot::x {

/// The account that the bot posts as.
struct Self {
  std::string id;
  std::string handle;  ///< without '@'
};

/// A post that came, whatever the bot makes of it: each is charged, and each moves the cursor on.
struct ReadPost {
  Id id = 0;
  std::optional<Update> update;  ///< nothing: a repost, a post of the bot's own, or one that makes no sense
};

/// A line of the stream: a post, an error, or (empty) a sign of life.
struct StreamLine {
  std::optional<ReadPost> post;
  std::string problem;  ///< what X says is wrong, or why the line makes no sense; for the log
};

/// A page of posts or of direct messages, newest first as X sends them.
struct Page {
  std::vector<ReadPost> posts;
  Id newest = 0;
  std::string next;  ///< token of the next page; empty: this is the last
};

/// Reads for one account. An update's place is the thread, named by its first post; for direct messages it is the
/// person who wrote. Texts come as people see them: without the mentions that X puts before answers, and without the
/// bot's own mention at either end.
class PostReader {
 public:
  PostReader(Self self, const TextRules& rules) : self_(std::move(self)), rules_(rules) {}

  StreamLine stream_line(std::string_view line) const;

  /// Throws Malformed when the whole makes no sense; posts that make none have no update.
  Page posts(std::string_view json) const;
  Page messages(std::string_view json) const;

  const Self& self() const { return self_; }

 private:
  const Self self_;
  const TextRules& rules_;
};

/// The ids, among those asked for, of which X says that there is no such post (any more).
std::vector<std::string> missing_posts(std::string_view json);

/// One of the bot's own posts.
struct OwnPost {
  std::string id;
  std::string reply_to;
  std::string text;
};
std::vector<OwnPost> own_posts(std::string_view json);

}  // namespace osrbot::x
