// Commands about the authors of a project's paper: who meets which criterion, and in which order they stand.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command authors();
Command authors_order();
Command authors_contributed();
Command authors_corresponding();

/// What somebody tells of themselves for the paper: name, e-mail, affiliations, funding, conflicts of interest.
Command author();

}  // namespace osrbot
