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

}  // namespace osrbot
