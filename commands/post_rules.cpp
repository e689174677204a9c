#include "commands/post_rules.h"

#include "commands/language/entities.h"

namespace osrbot {
namespace {

auto finder(language::EntityKind kind) {
  return [kind](std::string_view text) {
    std::vector<TextRange> ranges;
    for (const auto& entity : language::entities(text)) {
      if (entity.kind == kind) ranges.push_back({entity.begin, entity.end});
    }
    return ranges;
  };
}

}  // namespace

TextRules post_rules() {
  return {.weigh = language::weighted_length,
          .links = finder(language::EntityKind::url),
          .mentions = finder(language::EntityKind::mention)};
}

}  // namespace osrbot
