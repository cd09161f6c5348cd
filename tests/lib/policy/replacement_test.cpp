// SPDX-License-Identifier: LGPL-2.1-or-later
#include "policy/replacement.hpp"

#include <doctest/doctest.h>

using namespace relevo::policy;

namespace {

/// Groups show as [1] and [name].
std::string expand(std::string_view text, unsigned groups = 9) {
  return Replacement(text, groups)
      .expand([](unsigned number) { return '[' + std::to_string(number) + ']'; },
              [](const std::string& name) { return '[' + name + ']'; });
}

} // namespace

TEST_CASE("references and text") {
  const struct {
    const char* text;
    const char* expanded;
  } rows[] = {
      {"", ""},
      {"http://h/", "http://h/"},
      {"$1", "[1]"},
      {"a$1b$2c", "a[1]b[2]c"},
      {"$9$1", "[9][1]"},
      {"$&", "[0]"},
      {"$$1", "$1"},
      {"$$$1", "$[1]"},
      {"$<user>/$<pass>", "[user]/[pass]"},
      {"$12", "[1]2"},
      {"$01", "[1]"},
      // A dollar before anything else.
      {"$", "$"},
      {"a$", "a$"},
      {"$x", "$x"},
      {"$0", "$0"},
      {"$00", "$00"},
      {"$<user", "$<user"},
      {"$<>", "$<>"},
      {"${start}", "${start}"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(expand(row.text) == row.expanded);
  }
}

TEST_CASE("two digits are one number where there are so many groups") {
  CHECK(expand("$12", 12) == "[12]");
  CHECK(expand("$123", 12) == "[12]3");
  CHECK(expand("$12", 11) == "[1]2");
  CHECK(expand("$9", 1) == "[9]"); // whether there is such a group is for the pattern to say
}

TEST_CASE("pieces, for who wants to know what is referred to") {
  const Replacement replacement("a$$$1$<n>", 1);
  using Piece = Replacement::Piece;
  CHECK(replacement.pieces() == std::vector<Piece>{Piece{"a$"}, Piece{1U}, Piece{Replacement::Named{"n"}}});
}
