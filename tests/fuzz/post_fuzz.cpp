// Any bytes as a post: an answer in bounded time, evidence inside the text, one line of JSON, and nothing of a withheld
// post repeated.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "commands/language/entities.h"
#include "commands/language/post.h"
#include "commands/language/post_json.h"

using namespace osrbot::language;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto lexicon = Lexicon::load(OSRBOT_CONFIG_DIR);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  PostContext context;
  context.posted_at = std::chrono::local_days{std::chrono::year{2026} / 3 / 2};
  const auto post = parse_post(text, context, lexicon);
  for (const auto& reason : post.evidence) {
    if (reason.begin >= reason.end || reason.end > size) std::abort();
  }
  if (post.action == Action::withhold && (!post.evidence.empty() || !post.skills.empty() || !post.project.empty())) {
    std::abort();
  }
  if (to_json("x", post).find('\n') != std::string_view::npos) std::abort();
  if (explain(text, post).empty()) std::abort();
  // A code point weighs 2 at most and a URL 23, of which the shortest ("a.co") has 4 bytes.
  if (weighted_length(text) > size * 6) std::abort();
  std::size_t end = 0;
  for (const auto& entity : entities(text)) {
    if (entity.begin < end || entity.end > size || entity.code_point_end > entity.utf16_end) std::abort();
    end = entity.end;
  }
  return 0;
}
