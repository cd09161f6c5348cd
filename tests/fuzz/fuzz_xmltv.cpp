// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides of any bytes: any split, and any size of the blocks that are parsed, gives the same events; what is
// read is clean, and can be written and read again. Input: split pattern, size of the blocks, encoding table,
// guide.
#include "base/encoding.hpp"
#include "fuzz.hpp"
#include "guide_copy.hpp"

using namespace relevo;
using namespace relevo::xmltv;
using relevo::fuzz::require;

namespace {

GuideCopy read_split(Bytes input, const Options& options, std::uint8_t seed) {
  GuideCopy guide;
  Reader reader(guide.listen(), options);
  fuzz::Splitter splitter{seed};
  splitter(input, [&](Bytes chunk) {
    const std::string block(as_text(chunk)); // with an end of its own
    static_cast<void>(reader.push(as_bytes(block)));
  });
  guide.finish(reader);
  return guide;
}

/// What is told of a broken document may depend on how much of it had come.
bool same_values(const GuideCopy& a, const GuideCopy& b) {
  return a.channels == b.channels && a.programmes == b.programmes && a.faults == b.faults &&
         a.refused == b.refused && a.counts.broken.has_value() == b.counts.broken.has_value();
}

void check_text(std::string_view text) {
  require(is_utf8(text) && !has_controls(text));
  require(text.empty() || (text.front() != ' ' && text.back() != ' '));
  require(text.find("  ") == std::string_view::npos);
}

/// A table that maps a byte to anything.
Options options_of(std::uint8_t seed) {
  if (seed == 0) return {};
  return {.encoding_table = [seed](std::string_view) {
    std::array<int, 256> table{};
    for (int byte = 0; byte != 256; ++byte)
      table[static_cast<std::size_t>(byte)] = byte < 0x80 ? byte : byte * seed * seed - 0x80;
    return std::optional(table);
  }};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  const auto seed = fuzz::take_byte(input), block = fuzz::take_byte(input), table = fuzz::take_byte(input);
  auto options = options_of(table);
  auto guide = read_guide(as_text(input), options);
  options.block_size = 1 + block;
  const auto in_blocks = read_guide(as_text(input), options);
  require(in_blocks == read_split(input, options, seed));
  require(same_values(in_blocks, guide));
  for (auto& channel : guide.channels) {
    visit_texts(channel, check_text);
    require(!channel.id.empty() && channel.line > 0);
  }
  for (auto& programme : guide.programmes) {
    visit_texts(programme, check_text);
    require(!programme.channel.empty() && programme.line > 0);
    require(!programme.stop || *programme.stop > programme.start);
  }
  if (guide.refused) return 0;
  require(guide.counts.channels == guide.channels.size());
  require(guide.counts.programmes == guide.programmes.size());
  require(guide.counts.faults == guide.faults.size());
  auto again = read_guide(guide.write());
  require(!again.refused && again.faults.empty() && !again.counts.broken);
  guide.forget_lines();
  again.forget_lines();
  require(again.channels == guide.channels && again.programmes == guide.programmes);
  return 0;
}
