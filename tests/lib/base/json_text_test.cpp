// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/json_text.hpp"

#include <doctest/doctest.h>

using namespace relevo;

TEST_CASE("text is quoted as JSON wants it") {
  const auto quoted = [](std::string_view text) {
    std::string out;
    append_json(out, text);
    return out;
  };
  CHECK(quoted("") == R"("")");
  CHECK(quoted(R"(a"b\c)") == R"("a\"b\\c")");
  CHECK(quoted("a\nb\tc\x1f") == R"("a\nb\u0009c\u001f")");
  CHECK(quoted("Ñandú /") == R"("Ñandú /")");
}

TEST_CASE("commas come by themselves") {
  std::string out;
  JsonText json(out);
  json.begin('{').name("a").begin('[').text("x").raw("5").begin('{').end('}').begin('[').end(']').end(']');
  json.name("b").text("[").name("c").begin('{').name("d").raw("null").end('}').end('}');
  CHECK(out == R"({"a":["x",5,{},[]],"b":"[","c":{"d":null}})");
}
