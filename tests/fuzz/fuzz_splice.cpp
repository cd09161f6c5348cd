// SPDX-License-Identifier: LGPL-2.1-or-later
// The splicer, driven by a little programme: sources come, go, are switched to, and send packets that are
// right, damaged, out of order or none at all. Whatever happens, the checker finds nothing in what players
// get, and it is the same however the bytes of the sources are cut. Input: split pattern, then operations of
// one byte, each followed by what it needs.
#include "fuzz.hpp"
#include "ts/check.hpp"
#include "ts/splice.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <string>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;
using relevo::fuzz::take_byte;

namespace {

/// What a viewer receives: right by all rules but those that only the source can keep.
class Viewer {
 public:
  void push(Bytes bytes) {
    require(bytes.size() % kPacketSize == 0);
    received_ |= !bytes.empty();
    checker_.push(bytes);
  }
  void finish() {
    if (received_) checker_.finish();
  }

 private:
  static constexpr bool is_of_the_source(ViolationKind kind) {
    return kind == ViolationKind::Scrambled || kind == ViolationKind::DtsGap || kind == ViolationKind::Late ||
           kind == ViolationKind::Lead;
  }
  static void judge(const Violation& violation) {
    if (is_of_the_source(violation.kind)) return;
    std::fprintf(stderr, "%s: PID %u, byte %llu: %s\n", std::string(name_of(violation.kind)).c_str(),
                 violation.pid, static_cast<unsigned long long>(violation.offset), violation.text.c_str());
    require(false);
  }

  Checker checker_{judge};
  bool received_ = false;
};

/// Two splicers that get the same, the second in small pieces.
class Pair {
 public:
  explicit Pair(std::uint8_t split) : splitter_(split) {}

  template <class Do>
  void both(Do act) {
    act(whole_);
    act(split_);
    compare();
  }
  SourceId add_source() {
    const SourceId id = whole_.add_source();
    require(split_.add_source() == id);
    return id;
  }
  void push(SourceId id, Bytes bytes) {
    whole_.push(id, bytes);
    splitter_(bytes, [&](Bytes piece) { split_.push(id, piece); });
    compare();
  }
  void finish() { viewer_.finish(); }

 private:
  void compare() {
    require(std::ranges::equal(whole_.output(), split_.output()));
    require(whole_.active() == split_.active());
    viewer_.push(whole_.output());
    whole_.clear_output();
    split_.clear_output();
  }

  Splicer whole_, split_;
  fuzz::Splitter splitter_;
  Viewer viewer_;
};

/// One source as a careless provider makes it.
class Provider {
 public:
  explicit Provider(unsigned seed) : base_(static_cast<Pid>(0x40 + 0x20 * (seed & 7))) {}

  void tables(unsigned what, std::vector<std::byte>& out) {
    constexpr std::array<std::uint8_t, 4> kVideo{0x1b, 0x02, 0x24, 0xea};
    constexpr std::array<std::uint8_t, 4> kFourth{0x06, 0x1b, 0x05, 0x15};
    Pmt pmt{.programme = 1,
            .version = static_cast<std::uint8_t>(version_++ & 0x1f),
            .pcr_pid = base_,
            .descriptors = {},
            .streams = {}};
    if ((what & 0x80) == 0) pmt.streams.push_back({kVideo[what & 3], base_, {}});
    if ((what & 0x40) == 0) pmt.streams.push_back({0x0f, static_cast<Pid>(base_ + 1), language(what)});
    if ((what & 0x20) != 0) pmt.streams.push_back({0x86, static_cast<Pid>(base_ + 2), {}});
    if ((what & 0x10) != 0)
      pmt.streams.push_back({kFourth[what & 3], static_cast<Pid>(base_ + 3),
                             kFourth[what & 3] == 0x06 ? subtitling() : DescriptorLoop{}});
    if ((what & 0x08) != 0) pmt.pcr_pid = static_cast<Pid>(base_ + 4);
    if ((what & 0x04) != 0) pmt.pcr_pid = static_cast<Pid>(base_ + 1);
    section(write_pat({.transport_stream_id = 1, .version = 0, .programmes = {{1, kPmt}}}).front(), kPatPid,
            out);
    section(*write_pmt(pmt), kPmt, out);
  }

  void section(Bytes section, Pid pid, std::vector<std::byte>& out) {
    for (Packet& packet : packetize(section, pid)) {
      MutablePacket{packet.data()}.set_continuity(counters_[pid]++);
      out.insert(out.end(), packet.begin(), packet.end());
    }
  }

  /// The first packet of a PES packet, with the next bytes of the input as the beginning of its payload.
  void unit(unsigned how, Bytes& input, std::vector<std::byte>& out) {
    const unsigned stream = how & 3;
    now_ += static_cast<std::int8_t>(take_byte(input)) * Ticks{how & 4 ? 90'000 : 180};
    std::vector<std::byte> pes(19);
    store_be32(&pes[0], stream == 0 ? 0x1e0 : stream == 1 ? 0x1c0 : 0x1bd);
    store_be16(&pes[4], (how & 8) != 0 ? take_byte(input) * 4U : 0);
    store_be16(&pes[6], (how & 16) != 0 ? 0x80c0 : 0x8080);
    store_u8(&pes[8], (how & 32) != 0 ? take_byte(input) : 10);
    store_timestamp(&pes[9], now_ + take_byte(input) * 360);
    store_timestamp(&pes[14], now_);
    if ((how & 64) != 0) append(pes, kIdr);
    const Bytes rest = fuzz::take_bytes(input, take_byte(input) & 0x3fU);
    append(pes, rest);
    if ((how & 128) != 0) clock(out);
    packets(static_cast<Pid>(base_ + stream), true, pes, out);
  }

  void more(unsigned how, std::vector<std::byte>& out) {
    const Pid pid = static_cast<Pid>(base_ + (how & 3));
    counters_[pid] += how >> 2 & 3; // a loss, sometimes
    const std::size_t at = out.size();
    packets(pid, false, std::vector<std::byte>(1 + (how >> 4) * 20, std::byte{0x55}), out);
    if ((how & 0xf0) == 0x30) store_u8(&out[at + 1], load_u8(&out[at + 1]) | 0x80);
    if ((how & 0xf0) == 0x50) store_u8(&out[at + 3], load_u8(&out[at + 3]) | 0xc0);
  }

  void cue(Bytes& input, std::vector<std::byte>& out) {
    std::vector<std::byte> section(20);
    store_u8(&section[0], 0xfc);
    store_be16(&section[1], 0x3011);
    for (std::size_t i = 3; i < 12; ++i)
      store_u8(&section[i], take_byte(input));
    this->section(section, static_cast<Pid>(base_ + 2), out);
  }

  void clock(std::vector<std::byte>& out) {
    for (const Pid pid : {base_, static_cast<Pid>(base_ + 4)}) {
      const Packet packet = make_pcr_packet(pid, counters_[pid] - 1, (now_ - 30'000) * kPcrPerTick, false);
      out.insert(out.end(), packet.begin(), packet.end());
    }
  }
  void jump(unsigned how) { now_ += (Ticks{1} << (how & 31)) * ((how & 32) != 0 ? 1 : -1); }

 private:
  static constexpr Pid kPmt = 0x30;
  // Delimiter, SPS, PPS and the start of an IDR slice; and an MPEG-2 sequence with an I picture.
  static constexpr std::array<unsigned char, 75> kIdr{
      0,    0,    0,    1,    0x09, 0x10, 0, 0, 0, 1,    0x67, 0x4d, 0x40, 0x0c, 0xec, 0xa0, 0xa0, 0xcf, 0xcf,
      0x80, 0x88, 0,    0,    3,    0,    8, 0, 0, 3,    1,    0x90, 0x78, 0xa1, 0x4c, 0xb0, 0,    0,    0,
      1,    0x68, 0xce, 0x0f, 0xc8, 0,    0, 0, 1, 0x65, 0x88, 0x84, 0,    0,    1,    0xb3, 0x2d, 0x02, 0x40,
      0x33, 0xff, 0xff, 0xe0, 0x18, 0,    0, 1, 0, 0,    0x0f, 0xff, 0xf8, 0,    0,    1,    1,    0};

  static void append(std::vector<std::byte>& to, Bytes bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
  }
  static void append(std::vector<std::byte>& to, std::span<const unsigned char> bytes) {
    append(to, std::as_bytes(bytes));
  }
  static DescriptorLoop language(unsigned what) {
    return {std::byte{0x0a},
            std::byte{4},
            std::byte{'a'},
            std::byte{'b'},
            static_cast<std::byte>('a' + (what & 3)),
            std::byte{0}};
  }
  static DescriptorLoop subtitling() {
    return {std::byte{0x59}, std::byte{8}, std::byte{'d'}, std::byte{'e'}, std::byte{'u'},
            std::byte{0x10}, std::byte{0}, std::byte{1},   std::byte{0},   std::byte{1}};
  }
  void packets(Pid pid, bool start, Bytes payload, std::vector<std::byte>& out) {
    for (bool first = true; !payload.empty(); first = false) {
      const Bytes part = payload.first(std::min<std::size_t>(payload.size(), 184));
      const Packet packet = make_payload_packet(pid, counters_[pid]++, start && first, part);
      out.insert(out.end(), packet.begin(), packet.end());
      payload = payload.subspan(part.size());
    }
  }

  Pid base_;
  Ticks now_ = 900'000;
  unsigned version_ = 0;
  std::map<Pid, unsigned> counters_;
};

struct Feed {
  SourceId id;
  Provider provider;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  Pair splicers{fuzz::take_byte(input)};
  std::vector<Feed> feeds;
  feeds.reserve(4); // references stay
  feeds.push_back({splicers.add_source(), Provider{0}});
  splicers.both([&](Splicer& splicer) { splicer.switch_to(feeds.front().id); });
  while (!input.empty()) {
    const unsigned operation = take_byte(input);
    Feed& feed = feeds[(operation >> 4) % feeds.size()];
    std::vector<std::byte> bytes;
    switch (operation & 15) {
    case 0:
      if (feeds.size() < 4) feeds.push_back({splicers.add_source(), Provider{operation >> 4}});
      break;
    case 1:
      splicers.both([&](Splicer& splicer) { splicer.remove_source(feed.id); });
      feed.id = splicers.add_source();
      break;
    case 2: splicers.both([&](Splicer& splicer) { splicer.switch_to(feed.id); }); break;
    case 3: splicers.both([&](Splicer& splicer) { splicer.end(feed.id); }); break;
    case 4: feed.provider.tables(take_byte(input), bytes); break;
    case 5: feed.provider.jump(take_byte(input)); break;
    case 6: feed.provider.cue(input, bytes); break;
    case 7: feed.provider.clock(bytes); break;
    case 8: {
      const Bytes raw = fuzz::take_bytes(input, take_byte(input));
      bytes.assign(raw.begin(), raw.end());
      break;
    }
    case 9:
    case 10:
    case 11: feed.provider.more(take_byte(input), bytes); break;
    default: feed.provider.unit(take_byte(input), input, bytes); break;
    }
    splicers.push(feed.id, bytes);
  }
  splicers.finish();
  return 0;
}
