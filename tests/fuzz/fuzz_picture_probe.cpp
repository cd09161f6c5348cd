// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same access units gives the same heads, formats and parameter sets.
// Input: codec, split pattern, access units with CUT! between them.
#include "fuzz.hpp"
#include "ts/picture_probe.hpp"

#include <array>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

void check_laws(const PictureProbe& probe) {
  const PictureHead& head = probe.head();
  require(head.random_access || (!head.needs_parameter_sets && !head.leading_possible));
  require(!head.random_access || (probe.format().has_value() && !probe.parameter_sets().empty()));
  require(probe.parameter_sets().size() <= ParameterSets::kCapacity);
  if (probe.format()) {
    require(probe.format()->width > 0 && probe.format()->height > 0);
    static_cast<void>(level_name(*probe.format()));
    static_cast<void>(profile_name(*probe.format()));
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array kCodecs = {Codec::H264, Codec::H265, Codec::Mpeg2Video, Codec::Mpeg1Video};
  Bytes input = std::as_bytes(std::span{data, size});
  const Codec codec = kCodecs[fuzz::take_byte(input) % kCodecs.size()];
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  PictureProbe whole{codec};
  PictureProbe split{codec};
  while (!input.empty()) {
    const Bytes unit = fuzz::take_packet(input);
    whole.begin();
    whole.push(unit);
    whole.end();
    split.begin();
    splitter(unit, [&](Bytes chunk) { split.push(chunk); });
    split.end();
    require(whole.head() == split.head());
    require(whole.format() == split.format());
    require(std::ranges::equal(whole.parameter_sets(), split.parameter_sets()));
    check_laws(whole);
  }
  return 0;
}
