// What queue commands share: which post is meant, and who may decide about it.
#pragma once

#include <string_view>

#include "commands/context.h"
#include "storage/posts.h"

namespace osrbot {

/// Refuses on public platforms: what coordinators think of a post is for coordinators.
void require_discretion(const Context& context);

/// The post that an argument names. Throws UserError.
storage::Post named_post(const Context& context, std::string_view written);

/// The same, for a post that has not been decided about yet.
storage::Post named_open_post(const Context& context, std::string_view written);

}  // namespace osrbot
