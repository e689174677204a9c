// Consent to keep a profile: the text that people agree to, and their word for it. It is taken back by forgetting.
#pragma once

#include <cstdint>

#include "commands/command.h"
#include "commands/context.h"

namespace osrbot {

/// The version of the catalogue's `consent.text`. Whoever agreed to another one is asked again before anything new is
/// kept: raise it when the text comes to mean something else. (A test notices when the English text has changed.)
inline constexpr std::int64_t consent_version = 1;

/// Whether the sender has agreed to the text as it is now.
bool has_consented(Context& context);

/// Shows the text, with a button to agree and one to decline: privately, where that is possible. Throws UserError in a
/// group, when the sender has no private chat with the bot yet.
void ask_for_consent(Context& context);

/// Keeps that the sender agrees: version, time and platform.
void give_consent(Context& context);

Command consent();
Command agree();
Command disagree();

}  // namespace osrbot
