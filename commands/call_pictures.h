// The picture of a call: kept with its words until the call is posted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/picture.h"
#include "commands/context.h"

namespace osrbot {

/// What somebody wrote behind `announce N5`.
struct CallWords {
  std::string text;  ///< of the call; empty: the one that is kept, or the bot's own
  std::string alt;   ///< what the picture shows
};

/// `: We look for … alt "A map of the wards"`: the description ends the words, in quotation marks; or it is all of
/// them, and needs none.
CallWords call_words_in(std::string_view written);

struct PictureWish {
  std::string target;    ///< where the call goes: a platform, or "homes"
  std::string language;  ///< of the call
  std::string alt;       ///< empty: nothing was said of it
  bool gone = false;     ///< the call is to have no picture
};

/// Keeps the picture that came with the update for the call of the context's need, or changes what is kept already.
/// What the call's picture shows then; empty: it has none. Throws UserError: a picture needs a description, and has to
/// be one that the platform takes.
std::string keep_picture(Context& context, const PictureWish& wish);

std::optional<Picture> picture_of_call(const Context& context, const std::string& language);

}  // namespace osrbot
