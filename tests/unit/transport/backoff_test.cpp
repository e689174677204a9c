#include "adapters/transport/backoff.h"

#include <limits>

#include <doctest/doctest.h>

using osrbot::Backoff;
using namespace std::chrono_literals;

TEST_CASE("each failure doubles the wait, up to the limit") {
  const Backoff backoff{.first = 1s, .limit = 10s, .factor = 2};
  constexpr double most = 1.0;
  CHECK(backoff.after(0, most) == 0ms);
  CHECK(backoff.after(1, most) == 1s);
  CHECK(backoff.after(2, most) == 2s);
  CHECK(backoff.after(4, most) == 8s);
  CHECK(backoff.after(5, most) == 10s);
  CHECK(backoff.after(std::numeric_limits<unsigned>::max(), most) == 10s);
}

TEST_CASE("jitter spreads the wait over its upper half") {
  const Backoff backoff{.first = 1s, .limit = 10s, .factor = 2};
  CHECK(backoff.after(1, 0.0) == 500ms);
  CHECK(backoff.after(1, 0.5) == 750ms);
  CHECK(backoff.after(9, 0.0) == 5s);
}
