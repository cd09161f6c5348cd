// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses, hosts of URLs and reaches: nothing is read past its end, and what was written reads as the same.
#include "fuzz.hpp"
#include "ip/reach.hpp"

using namespace relevo;
using namespace relevo::ip;
using relevo::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto address = IpAddress::parse(text)) {
    require(IpAddress::parse(address->text()) == address);
    require(!name_of(kind_of(*address)).empty());
  }
  require(text.find(host_of(text)) != std::string_view::npos);
  Reach narrow;
  narrow.own_host = "panel.example";
  static_cast<void>(find_objection(narrow, text));
  if (const auto reach = parse_reach(text); reach && *reach)
    require(parse_reach(write_reach(**reach)).value() == *reach);
  return 0;
}
