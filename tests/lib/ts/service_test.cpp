// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/service.hpp"

#include "ts/psi.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;

TEST_CASE("text of SI tables becomes UTF-8") {
  struct Row {
    std::string_view bytes;
    std::string text;
  };
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"", ""},
      {"News HD", "News HD"},
      {"\x15Se\xc3\xb1"
       "al",
       "Señal"},
      {"Se\xc3\xb1"
       "al",
       "Señal"},
      {"\x10\0\x01Se\xf1"
       "al"sv,
       "Señal"},
      {"\x05"
       "caf\xe9",
       "café"},
      {"\x86Strong\x87", "Strong"}, // emphasis on and off
      {"\xed\xa0\x80", "í\u00a0"},  // a surrogate is no UTF-8
      {"\x10", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(decode_text(as_bytes(row.bytes)) == row.text);
  }
}

TEST_CASE("a service is named by its descriptor") {
  const DescriptorLoop loop = make_service_descriptor("Provider", "Canción");
  const auto service = service_name_of(loop);
  REQUIRE(service);
  CHECK(service->type == 1);
  CHECK(service->provider == "Provider");
  CHECK(service->name == "Canción");
  CHECK_FALSE(service_name_of({}));
}

TEST_CASE("a service descriptor whose lengths lie names nothing") {
  for (const std::size_t at : {3U, 13U}) {
    CAPTURE(at);
    DescriptorLoop loop = make_service_descriptor("Provider", "Name");
    loop[at] = std::byte{200};
    CHECK_FALSE(service_name_of(loop));
  }
}
