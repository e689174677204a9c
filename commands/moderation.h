// What must not enter: looked for before anything else reads, stores or logs a message.
#pragma once

#include <string_view>

#include "commands/context.h"

namespace osrbot {

/// Whether what the sender wrote (`text`) holds data of a patient, as far as anybody can tell from the text. Then
/// nothing of it goes any further: the author is told privately where that is possible, and the coordinators of the
/// place's project hear the category only. A doubtful message goes on, and the coordinators are asked to look.
bool withhold_patient_data(Context& context, std::string_view text);

}  // namespace osrbot
