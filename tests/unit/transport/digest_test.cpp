#include "adapters/transport/digest.h"

#include <doctest/doctest.h>

using namespace osrbot;

TEST_CASE("digests and signatures are those of the standards' test vectors") {
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 2202 and RFC 4231, test case 2
  CHECK(hex(hmac_sha1("Jefe", "what do ya want for nothing?")) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("base64 is written with padding, for URLs without, and read strictly") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64url("\xfb\xff") == "-_8");
  CHECK(from_base64("Zm9vYmFy") == "foobar");
  CHECK(from_base64("Zg==") == "f");
  CHECK(from_base64("") == "");
  for (const auto* wrong : {"Zg", "Zg=", "Zh==", "Z===", "====", "Zm9v\n", "Zm9vYm!y", "-_8="}) {
    CAPTURE(wrong);
    CHECK_FALSE(from_base64(wrong));
  }
}

TEST_CASE("random bytes do not repeat, and equality is of every byte") {
  CHECK(random_bytes(32).size() == 32);
  CHECK(random_bytes(32) != random_bytes(32));
  CHECK(equal_in_constant_time("same", "same"));
  CHECK_FALSE(equal_in_constant_time("same", "sane"));
  CHECK_FALSE(equal_in_constant_time("same", "same "));
}
