// Any bytes as a text: an answer, and an NHS number that the text is given on top is always found.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "commands/language/guard.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace osrbot::language;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto verdict = check_patient_data(text);
  if (verdict.findings.size() > 16) std::abort();
  for (std::size_t i = 1; i < verdict.findings.size(); ++i) {
    if (verdict.findings[i].severity < verdict.findings[i - 1].severity) std::abort();
  }
  if (!check_patient_data(text + "\nNHS number 943 476 5919").blocks()) std::abort();
  return 0;
}
