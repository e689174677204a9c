#include "commands/drafts.h"

#include "adapters/percent_encoding.h"

namespace osrbot {
std::string reply_link(std::string_view page, std::string_view message_id, std::string_view text) {
  constexpr std::string_view post = "{post}";
  constexpr std::string_view words = "{text}";
  std::string link;
  while (!page.empty()) {
    if (page.starts_with(post)) {
      link += percent_encoded(message_id);
      page.remove_prefix(post.size());
    } else if (page.starts_with(words)) {
      link += percent_encoded(text);
      page.remove_prefix(words.size());
    } else {
      link += page.front();
      page.remove_prefix(1);
    }
  }
  return link;
}

}  // namespace osrbot
