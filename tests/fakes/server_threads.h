// The threads that all servers and sockets of a test program share.
#pragma once

#include "adapters/transport/http_server.h"

namespace osrbot::fakes {

/// As few as the bot has; may be called often.
inline void share_four_threads() {
  static const bool once = (set_server_threads(4), true);
  (void)once;
}

}  // namespace osrbot::fakes
