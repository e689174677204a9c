// Commands about whom projects look for.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command need();
Command need_edit();
Command need_show();
Command need_close();
Command need_reopen();
Command needs();

/// Adds a need to the context's project, in the terms of `need`, and says so.
void add_need(Context& context, const Args& args);

}  // namespace osrbot
