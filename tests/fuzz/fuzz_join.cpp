// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same packets gives the same points; each is a packet of the stream, behind the one before
// it, and brings whole packets, of the PAT first. Input: split pattern, stream.
#include "fuzz.hpp"
#include "ts/join.hpp"

#include <string>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

class Run {
 public:
  explicit Run(std::size_t size) : size_(size) {}

  void push(Bytes packets) { finder_.push(packets); }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void add(const JoinPoint& point) {
    require(point.offset % kPacketSize == 0 && point.offset < size_);
    require(text_.empty() || point.offset > last_);
    require(!point.tables->empty() && point.tables->size() % kPacketSize == 0);
    require(PacketView(point.tables->data()).pid() == kPatPid);
    last_ = point.offset;
    text_ += std::to_string(point.offset) + '@' + std::to_string(point.tables->size()) + ' ';
  }

  std::size_t size_;
  std::uint64_t last_ = 0;
  std::string text_;
  JoinFinder finder_{[this](const JoinPoint& point) { add(point); }};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  std::vector<std::byte> packets(input.begin(), input.end());
  packets.resize(packets.size() - packets.size() % kPacketSize);
  for (std::size_t at = 0; at < packets.size(); at += kPacketSize)
    packets[at] = kSyncByte;
  Run whole{packets.size()}, split{packets.size()};
  whole.push(packets);
  Bytes rest = packets;
  splitter(packets, [&](Bytes chunk) {
    const std::size_t taken =
        std::min(rest.size(), (chunk.size() + kPacketSize - 1) / kPacketSize * kPacketSize);
    split.push(rest.first(taken));
    rest = rest.subspan(taken);
  });
  split.push(rest);
  require(whole.text() == split.text());
  return 0;
}
