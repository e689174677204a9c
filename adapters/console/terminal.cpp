#include "adapters/console/terminal.h"

#include <unistd.h>

#include "adapters/console/edited_terminal.h"
#include "adapters/console/piped_terminal.h"

namespace osrbot::console {

std::unique_ptr<Terminal> open_terminal(std::FILE* in, std::FILE* out) {
  if (::isatty(::fileno(in)) == 1 && ::isatty(::fileno(out)) == 1) return std::make_unique<EditedTerminal>(in, out);
  return std::make_unique<PipedTerminal>(in, out);
}

}  // namespace osrbot::console
