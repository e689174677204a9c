// How what was done is taken back: for each action of the audit log a function, or the reason why it stays done.
#pragma once

#include <span>
#include <string_view>

#include "storage/audit.h"

namespace osrbot {

class Context;

/// One line for each action that commands record.
struct Reversal {
  std::string_view action;  ///< "task.claimed"; the catalogue has `log.<action>` for it

  /// Takes the event back. Throws UserError when something has happened since that would be lost. Null: stays done.
  void (*reverse)(Context& context, const storage::audit::Entry& event) = nullptr;

  std::string_view reason = {};  ///< without a function: the catalogue's words for why
};

std::span<const Reversal> all_reversals();

/// Takes an event back, whoever asks, and records that. Throws UserError when it cannot be taken back, or was already.
void take_back(Context& context, const storage::audit::Entry& event);

}  // namespace osrbot
