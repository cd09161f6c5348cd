// SPDX-License-Identifier: LGPL-2.1-or-later
// What a box sends, of any text: what is read has its form, and is read again as the same. Input: the text.
#include "base/bytes.hpp"
#include "fuzz.hpp"
#include "stalker/date.hpp"
#include "stalker/mac.hpp"
#include "stalker/request.hpp"

using namespace relevo;
using namespace relevo::stalker;
using relevo::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(std::as_bytes(std::span{data, size}));
  if (const auto mac = parse_mac(text)) {
    require(mac->size() == 17);
    require(parse_mac(*mac) == *mac);
  }
  const auto identity = read_identity(text, text);
  require(identity.mac.empty() || parse_mac(identity.mac) == identity.mac);
  require(identity.token.size() <= text.size());

  if (const auto channel = parse_command(text)) {
    require(*channel >= 0);
    require(parse_command(write_command(*channel)) == channel);
  }
  for (const std::size_t items : {0, 1, 14, 1000}) {
    const auto page = cut_page(text, items, 14);
    require(page.number >= 1 && page.size <= 14 && page.first + page.size <= items);
  }
  if (const auto day = parse_date(text)) require(write_date(*day) == text);
  return 0;
}
