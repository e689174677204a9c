// Posts that the bot may not answer by itself: they are put before coordinators, and nobody else hears anything.
#pragma once

#include <string_view>

#include "commands/context.h"

namespace osrbot {

/// Whether a tagged post that is not written to the bot is for people to answer: always on public platforms, elsewhere
/// where the configuration says so (posts.in_groups).
bool is_for_people(const Context& context);

/// Takes the post of the update into the queue. Reposts, posts off the topic, and those of people who are muted or want
/// to be left alone are passed over; who asks for that is left alone from here on.
void queue_post(Context& context);

/// Takes a post into the queue of which nothing may be kept but why.
void queue_withheld(Context& context, std::string_view category);

}  // namespace osrbot
