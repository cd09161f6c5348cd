// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptor loops are walked in order and never left, and every PMT entry has a codec with a name.
// Input: stream type, programme registration, descriptor loop.
#include "fuzz.hpp"
#include "ts/codec.hpp"
#include "ts/descriptors.hpp"

#include <array>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

template <class Entry>
void walk_entries(Bytes body) {
  std::size_t count = 0;
  for (const Entry entry : Entries<Entry>(body)) {
    static_cast<void>(entry);
    ++count;
  }
  require(count == body.size() / Entry::kSize);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::uint32_t, 3> kRegistrations = {0, fourcc("HDMV"), fourcc("CUEI")};
  Bytes loop = std::as_bytes(std::span{data, size});
  const std::uint8_t stream_type = fuzz::take_byte(loop);
  const std::uint32_t registration = kRegistrations[fuzz::take_byte(loop) % kRegistrations.size()];

  const std::byte* expected = loop.data();
  for (const Descriptor d : Descriptors(loop)) {
    require(d.tag == load_u8(expected) && d.body.data() == expected + 2);
    expected = d.body.data() + d.body.size();
    walk_entries<Language>(d.body);
    walk_entries<TeletextPage>(d.body);
    walk_entries<SubtitlingEntry>(d.body);
    require(find_descriptor(loop, d.tag).has_value());
  }
  require(expected <= loop.data() + loop.size());

  require(!name_of(classify(stream_type, loop, registration)).empty());
  static_cast<void>(language_of(loop));
  static_cast<void>(component_tag_of(loop));
  static_cast<void>(metadata_format_of(loop));
  return 0;
}
