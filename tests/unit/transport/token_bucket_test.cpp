#include "adapters/transport/token_bucket.h"

#include <doctest/doctest.h>

using osrbot::TokenBucket;
using namespace std::chrono_literals;

namespace {
constexpr auto zero = TokenBucket::Wait::zero();
const TokenBucket::Time start{1h};
}  // namespace

TEST_CASE("a full bucket gives its burst at once and then tells the wait") {
  TokenBucket bucket(10, 3);
  for (int i = 0; i < 3; ++i) CHECK(bucket.take(start) == zero);
  CHECK(bucket.take(start) == 100ms);
}

TEST_CASE("whoever waits exactly as told gets a token") {
  TokenBucket bucket(3, 1);
  auto now = start;
  for (int i = 0; i < 1000; ++i) {
    now += bucket.wait(now);
    CHECK(bucket.take(now) == zero);
    CHECK(bucket.take(now) > zero);
  }
  CHECK(std::chrono::duration<double>(now - start).count() == doctest::Approx(333.0));
}

TEST_CASE("asking takes nothing, and neither does a refusal") {
  TokenBucket bucket(1, 1);
  for (int i = 0; i < 5; ++i) CHECK(bucket.wait(start) == zero);
  CHECK(bucket.take(start) == zero);
  for (int i = 0; i < 5; ++i) CHECK(bucket.take(start + 500ms) == 500ms);
  CHECK(bucket.take(start + 1s) == zero);
}

TEST_CASE("a quiet time refills the bucket up to its burst and no further") {
  TokenBucket bucket(10, 2);
  bucket.take(start);
  bucket.take(start);
  CHECK_FALSE(bucket.full(start + 100ms));
  CHECK(bucket.full(start + 200ms));
  CHECK(bucket.take(start + 24h) == zero);
  CHECK(bucket.take(start + 24h) == zero);
  CHECK(bucket.take(start + 24h) > zero);
}

TEST_CASE("a rate of zero is no limit") {
  TokenBucket bucket(0, 1);
  for (int i = 0; i < 1000; ++i) CHECK(bucket.take(start) == zero);
  CHECK(bucket.full(start));
}

TEST_CASE("a clock that steps back neither fills nor empties the bucket") {
  TokenBucket bucket(1, 2);
  CHECK(bucket.take(start) == zero);
  CHECK(bucket.take(start - 1h) == zero);
  CHECK(bucket.take(start - 1h) == 1s);
  CHECK(bucket.take(start + 1s) == zero);
}
