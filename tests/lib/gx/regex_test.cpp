// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/regex.hpp"

#include <chrono>
#include <doctest/doctest.h>

using namespace relevo;
using gx::Regex;

namespace {

Regex regex(const std::string& pattern) {
  auto compiled = Regex::compile(pattern);
  REQUIRE_MESSAGE(compiled.has_value(), compiled.error().message);
  return *compiled;
}

std::optional<std::string> replace(const std::string& pattern, const std::string& text) {
  auto replaced = regex(pattern).replace_all(text, [](const Regex::Match& match) {
    return '[' + match.group(0) + '|' + match.group(1) + '|' + match.group("n") + ']';
  });
  REQUIRE(replaced.has_value());
  return *replaced;
}

} // namespace

TEST_CASE("finding") {
  CHECK(regex("^UK.*HD$").found_in("UK News HD").value());
  CHECK_FALSE(regex("^UK.*HD$").found_in("UK News").value());
  CHECK(regex("(?i)news").found_in("NEWS").value());
  CHECK(regex("").found_in("").value());
  CHECK(regex("^.$").found_in("é").value()); // by characters
}

TEST_CASE("groups") {
  const auto compiled = regex("(a)(?<user>b)(?P<pass>c)?");
  CHECK(compiled.groups() == 3);
  CHECK(compiled.has_group("user"));
  CHECK(compiled.has_group("pass"));
  CHECK_FALSE(compiled.has_group("other"));
}

TEST_CASE("replacing every match, or telling that there is none") {
  CHECK(replace("b", "abcb") == "a[b||]c[b||]");
  CHECK(replace("(b)(?<n>c)?", "abcb") == "a[bc|b|c][b|b|]");
  CHECK(replace("^", "ab") == "[||]ab");
  CHECK(replace("x*", "ab") == "[||]a[||]b[||]");
  CHECK(replace("é", "aéb") == "a[é||]b");
  CHECK_FALSE(replace("x", "ab"));
}

TEST_CASE("malformed patterns are refused with the reason") {
  for (const std::string pattern : {"(", "[a", "a{2,1}", "(?<n>a)(?<n>b)", "*", "\xff"}) {
    CAPTURE(pattern);
    const auto compiled = Regex::compile(pattern);
    REQUIRE_FALSE(compiled);
    CHECK(compiled.error().message.find("the pattern is") == 0);
  }
  CHECK_FALSE(Regex::compile(std::string(5000, 'a')));
  const auto compiled = Regex::compile("ab(");
  REQUIRE_FALSE(compiled);
  CHECK(compiled.error().message.find("at char 3") != std::string::npos);
}

TEST_CASE("no pattern takes for ever, and a limit of its own cannot raise ours") {
  const std::string text = std::string(60, 'a') + '!';
  for (const std::string pattern :
       {"(a+)+$", "(*LIMIT_MATCH=4000000000)(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
    CAPTURE(pattern);
    const auto began = std::chrono::steady_clock::now();
    const auto found = regex(pattern).found_in(text);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("too expensive") != std::string::npos);
  }
  const auto replaced = regex("x|(a+)+$").replace_all('x' + text, [](const Regex::Match&) { return ""; });
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().message.find("too expensive") != std::string::npos);
}

TEST_CASE("text that is no UTF-8 is an error") {
  CHECK_FALSE(regex("a").found_in("\xff").has_value());
}
