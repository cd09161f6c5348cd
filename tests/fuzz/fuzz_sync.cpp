// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same bytes gives the same packets, in the order of the stream and without overlap.
// Input: split pattern, stream.
#include "fuzz.hpp"
#include "ts/sync.hpp"

#include <vector>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

struct Seen {
  std::vector<std::byte> packets;
  std::vector<std::uint64_t> offsets;

  void add(const PacketSync& sync, const std::byte* packet) {
    require(packet[0] == kSyncByte && (sync.stride() >= kPacketSize));
    packets.insert(packets.end(), packet, packet + kPacketSize);
    require(offsets.empty() || sync.packet_offset() >= offsets.back() + kPacketSize);
    offsets.push_back(sync.packet_offset());
  }
  bool operator==(const Seen&) const = default;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  PacketSync whole, split;
  Seen in_whole, in_split;
  const auto on_whole = [&](const std::byte* packet) { in_whole.add(whole, packet); };
  const auto on_split = [&](const std::byte* packet) { in_split.add(split, packet); };
  whole.read(input, on_whole);
  whole.finish(on_whole);
  splitter(input, [&](Bytes chunk) {
    std::vector<std::byte> copy(chunk.begin(), chunk.end()); // to be written to, and with an end of its own
    split.push(copy, on_split);
  });
  split.finish(on_split);
  require(in_whole == in_split);
  require(whole.skipped_bytes() == split.skipped_bytes() && whole.losses() == split.losses());
  require(whole.skipped_bytes() + in_whole.packets.size() <= input.size());
  for (std::size_t i = 0; i < in_whole.offsets.size(); ++i)
    require(std::ranges::equal(input.subspan(in_whole.offsets[i], kPacketSize),
                               Bytes{in_whole.packets}.subspan(i * kPacketSize, kPacketSize)));
  return 0;
}
