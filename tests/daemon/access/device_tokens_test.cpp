// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/device_tokens.hpp"

#include <doctest/doctest.h>

using namespace relevo::access;
using namespace std::chrono_literals;

namespace {

Moment at(std::chrono::seconds time) {
  return Moment(1h + time);
}

} // namespace

TEST_CASE("a token lives as long as it is used") {
  DeviceTokens tokens({.idle = 10s});
  tokens.add("t", "box", at(0s));
  CHECK(tokens.use("t", at(9s)) == "box");
  CHECK(tokens.use("t", at(19s)) == "box");
  CHECK_FALSE(tokens.use("other", at(19s)));
  CHECK_FALSE(tokens.use("t", at(30s)));
  CHECK(tokens.size() == 0);
  tokens.add("t", "box", at(31s));
  tokens.erase("t");
  CHECK_FALSE(tokens.use("t", at(31s)));
}

TEST_CASE("of a box there are a few, and those that are used stay") {
  DeviceTokens tokens({.idle = 100s, .each = 2, .most = 100});
  tokens.add("a", "box", at(0s));
  tokens.add("x", "other", at(0s));
  tokens.add("b", "box", at(1s));
  CHECK(tokens.use("a", at(2s)) == "box");
  tokens.add("c", "box", at(3s));
  CHECK_FALSE(tokens.use("b", at(3s)));
  CHECK(tokens.use("a", at(3s)) == "box");
  CHECK(tokens.use("c", at(3s)) == "box");
  CHECK(tokens.use("x", at(3s)) == "other");
}

TEST_CASE("very many boxes cost no more memory, and what is over makes room") {
  DeviceTokens tokens({.idle = 1000s, .each = 2, .most = 100});
  for (int i = 0; i < 500; ++i)
    tokens.add(std::to_string(i), "box " + std::to_string(i), at(std::chrono::seconds(i)));
  CHECK(tokens.size() == 100);
  CHECK_FALSE(tokens.use("399", at(500s)));
  CHECK(tokens.use("400", at(500s)) == "box 400");
  tokens.add("new", "box", at(5000s));
  CHECK(tokens.size() == 1);
}
