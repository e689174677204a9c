#include "commands/consent.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "commands/catalogue.h"

using namespace osrbot;

namespace {

/// FNV-1a.
std::uint64_t mark_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

TEST_CASE("the text that people agree to belongs to its version") {
  const auto words = Catalogue::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "locales");
  // When this fails the text has changed. If it means something else now, raise consent_version (everybody is asked
  // again); if only the wording is better, it stays. Then write the new mark here.
  CHECK(consent_version == 1);
  CHECK(mark_of(words.text("en", "consent.text")) == 12230694175090317811U);
}
