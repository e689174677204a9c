// Messages as Markdown (CommonMark), for files that people read elsewhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"

namespace osrbot {

/// Blocks one below the other. Everything that people wrote stays text: what Markdown or HTML would act on is escaped.
std::string markdown(std::span<const Block> blocks);

/// Text that stays itself inside Markdown, in one line.
std::string markdown_text(std::string_view text);

}  // namespace osrbot
