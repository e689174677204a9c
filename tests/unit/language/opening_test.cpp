#include "commands/language/opening.h"

#include <doctest/doctest.h>

using namespace osrbot::language;

namespace {

Opening opening(std::string_view text) {
  static const Lexicon lexicon = Lexicon::load(OSRBOT_SOURCE_DIR "/config");
  return read_opening(text, lexicon);
}

}  // namespace

TEST_CASE("a greeting begins a message, in any language and whatever follows") {
  for (const std::string_view text :
       {"Hi there!!", "hola", "¡Hola! Soy María", "buenos días", "bonjour à tous", "Olá, tudo bem?", "oi", "Hej",
        "مرحبا", "السلام عليكم", "नमस्ते", "namaste ji", "salam", "👋 hello bot how are you", "@osrbot hi"}) {
    CAPTURE(text);
    CHECK(opening(text) == Opening::greeting);
  }
}

TEST_CASE("a word for help is one where nothing else is said") {
  for (const std::string_view text : {"ayuda", "¿Ayuda, por favor?", "aide", "bonjour, aide", "ajuda", "hjælp",
                                      "مساعدة", "मदद", "madad please", "?", "??", "؟ ?"}) {
    CAPTURE(text);
    CHECK(opening(text) == Opening::help);
  }
}

TEST_CASE("what neither greets nor asks for help opens nothing") {
  for (const std::string_view text : {"", "👍", "!", "? !", "thanks", "por favor", "ayuda con la estadística",
                                      "she said hi", "statistician wanted", "clam T1"}) {
    CAPTURE(text);
    CHECK(opening(text) == Opening::none);
  }
}
