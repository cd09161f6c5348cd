// SPDX-License-Identifier: LGPL-2.1-or-later
// What a WebSocket client may send: any split is heard as the same, and a control frame is never longer than
// it may be. Input: split pattern, bytes.
#include "fuzz.hpp"
#include "net/frame.hpp"

#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::net;
using relevo::fuzz::require;

namespace {

struct Heard {
  std::vector<std::string> controls;
  CloseCode verdict = CloseCode::Normal;

  bool operator==(const Heard&) const = default;
};

void hear(FrameReader& reader, Bytes bytes, Heard& heard) {
  if (heard.verdict != CloseCode::Normal) return;
  heard.verdict = reader.push(bytes, [&heard](Opcode opcode, std::string_view payload) {
    require(payload.size() <= 125);
    heard.controls.push_back(static_cast<char>(opcode) + std::string(payload));
  });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  Heard whole, split;
  FrameReader at_once, in_parts;
  hear(at_once, input, whole);
  splitter(input, [&](Bytes chunk) { hear(in_parts, chunk, split); });
  require(split == whole);
  return 0;
}
