// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/programme.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string_view>

using namespace relevo;
using namespace relevo::ts;

namespace {

DescriptorLoop language(std::string_view code) {
  DescriptorLoop loop{std::byte{0x0a}, std::byte{4}};
  for (const char c : code)
    loop.push_back(static_cast<std::byte>(c));
  loop.push_back(std::byte{0});
  return loop;
}

struct Input {
  std::vector<Pmt::Stream> streams;
  DescriptorLoop descriptors;
};

std::vector<OutputStream*> assign(OutputProgramme& programme, const Input& input) {
  std::vector<const Pmt::Stream*> streams;
  for (const Pmt::Stream& stream : input.streams)
    streams.push_back(&stream);
  return programme.assign(streams, input.descriptors);
}

Pmt announced(OutputProgramme& programme) {
  PsiTracker tracker;
  const Bytes tables = programme.tables();
  for (std::size_t at = 0; at < tables.size(); at += kPacketSize)
    tracker.push(PacketView{tables.data() + at});
  return tracker.pmt().value();
}

const Input kSpanish{{{0x1b, 0x64, {}}, {0x0f, 0x65, language("spa")}, {0x0f, 0x66, language("eng")}}, {}};

} // namespace

TEST_CASE("streams of the same kind keep their PID, languages whatever their order") {
  OutputProgramme programme{{}};
  const auto before = assign(programme, kSpanish);
  CHECK(before[0]->pid == 0x100);
  CHECK(before[1]->pid == 0x110);
  CHECK(before[2]->pid == 0x111);
  CHECK(programme.clock_stream() == before[0]);
  const Pmt first = announced(programme);

  const auto after = assign(
      programme, {{{0x0f, 0x201, language("eng")}, {0x1b, 0x200, {}}, {0x0f, 0x202, language("spa")}}, {}});
  CHECK(after == std::vector<OutputStream*>{before[2], before[0], before[1]});
  CHECK(announced(programme) == first); // no new version either
}

TEST_CASE("sound without a language takes the first place of its codec") {
  OutputProgramme programme{{}};
  const auto before = assign(programme, kSpanish);
  const auto after = assign(programme, {{{0x1b, 0x64, {}}, {0x0f, 0x65, {}}}, {}});
  CHECK(after[1] == before[1]);
}

TEST_CASE("another codec gets another PID and another version") {
  OutputProgramme programme{{}};
  assign(programme, kSpanish);
  const std::uint8_t version = announced(programme).version;
  const auto after = assign(programme, {{{0x24, 0x64, {}}, {0x81, 0x65, language("spa")}}, {}});
  CHECK(after[0]->pid == 0x101);
  CHECK(after[1]->pid == 0x112);
  const Pmt pmt = announced(programme);
  CHECK(pmt.version == version + 1);
  CHECK(pmt.pcr_pid == 0x101);
  CHECK(pmt.streams.size() == 2);
}

TEST_CASE("a source without sound keeps the first sound announced; splice signalling stays too") {
  OutputProgramme programme{{}};
  const DescriptorLoop cuei{std::byte{5},   std::byte{4},   std::byte{'C'},
                            std::byte{'U'}, std::byte{'E'}, std::byte{'I'}};
  Input full = kSpanish;
  full.streams.push_back({0x86, 0x70, cuei});
  full.descriptors = cuei;
  const auto before = assign(programme, full);
  CHECK(before[3]->codec == Codec::Scte35);
  assign(programme, {{{0x1b, 0x64, {}}}, {}});
  const Pmt pmt = announced(programme);
  CHECK(pmt.descriptors == cuei);
  std::vector<Pid> pids;
  for (const Pmt::Stream& stream : pmt.streams)
    pids.push_back(stream.pid);
  CHECK(pids == std::vector<Pid>{before[0]->pid, before[1]->pid, before[3]->pid});
}

TEST_CASE("descriptors come along verbatim, those of conditional access do not") {
  OutputProgramme programme{{}};
  DescriptorLoop loop{std::byte{0x09}, std::byte{4}, std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
  const DescriptorLoop teletext{std::byte{0x56}, std::byte{5},    std::byte{'d'}, std::byte{'e'},
                                std::byte{'u'},  std::byte{0x09}, std::byte{0}};
  loop.insert(loop.end(), teletext.begin(), teletext.end());
  assign(programme, {{{0x1b, 0x64, {}}, {0x06, 0x65, loop}}, loop});
  const Pmt pmt = announced(programme);
  CHECK(pmt.descriptors == teletext);
  CHECK(pmt.streams[1].descriptors == teletext);
}

TEST_CASE("streams that a PMT has no room for are left out, those behind first") {
  const DescriptorLoop large(200, std::byte{0}); // 100 empty descriptors
  OutputProgramme programme{{}};
  Input input{{{0x1b, 0x64, {}}}, large};
  for (Pid pid = 0x65; pid < 0x6f; ++pid)
    input.streams.push_back({0x0f, pid, large});
  const auto places = assign(programme, input);
  const Pmt pmt = announced(programme);
  REQUIRE(pmt.streams.size() == 4);
  CHECK(pmt.streams[0].stream_type == 0x1b);
  for (std::size_t i = 0; i < places.size(); ++i) {
    CAPTURE(i);
    REQUIRE((places[i] != nullptr) == (i < 4));
    if (i < 4) CHECK(places[i]->pid == pmt.streams[i].pid);
  }

  SUBCASE("a change in what is left out is no new version") {
    input.streams.back().descriptors.pop_back();
    input.streams.back().descriptors.pop_back();
    assign(programme, input);
    CHECK(announced(programme) == pmt);
  }
  SUBCASE("they come back when there is room") {
    input.descriptors.clear();
    const auto after = assign(programme, input);
    REQUIRE(after[4] != nullptr);
    CHECK(announced(programme).streams.size() == 5);
    CHECK(announced(programme).version == pmt.version + 1);
  }
}

TEST_CASE("descriptors of the programme go before its only stream does") {
  OutputProgramme programme{{}};
  auto places = assign(programme, {{{0x1b, 0x64, {}}}, DescriptorLoop(1020, std::byte{0})});
  CHECK(places[0] != nullptr);
  CHECK(announced(programme).descriptors.empty());
  CHECK(announced(programme).pcr_pid == 0x100);

  places = assign(programme, {{{0x1b, 0x64, DescriptorLoop(1020, std::byte{0})}}, {}});
  CHECK(places[0] == nullptr);
  CHECK(announced(programme).streams.empty());
  CHECK(announced(programme).pcr_pid == kNullPid);
  CHECK(programme.clock_stream() == nullptr);
}

TEST_CASE("the places of streams of the past are taken again before PIDs run out, with their counters") {
  OutputProgramme programme{{}};
  std::map<Pid, unsigned> counters;
  for (unsigned type = 0x88; type < 0x100; ++type) {
    const auto kind = static_cast<std::uint8_t>(type);
    const auto places = assign(programme, {{{kind, 0x65, {}}, {0x1b, 0x64, {}}, {kind, 0x66, {}}}, {}});
    CHECK(places[1]->pid == 0x100);
    CHECK(places[0] != places[2]);
    for (OutputStream* place : places) {
      CAPTURE(place->pid);
      CHECK(place->pid < 0x220);
      const auto [counter, first] = counters.try_emplace(place->pid, place->continuity);
      CHECK(counter->second == place->continuity);
      counter->second = place->continuity = (place->continuity + 1) & 0x0f;
    }
  }
}

TEST_CASE("a place that is taken again keeps nothing else of the stream before") {
  OutputProgramme programme{{}};
  const auto fill = [&] {
    for (unsigned type = 0x88; type < 0x100; ++type)
      assign(programme, {{{static_cast<std::uint8_t>(type), 0x65, {}}}, {}});
  };
  OutputStream* const place = assign(programme, {{{0x88, 0x65, language("spa")}}, {}})[0];
  place->end = place->last_dts = 1;
  place->joining = true;
  fill();
  CHECK_FALSE(place->end.has_value());
  CHECK_FALSE(place->last_dts.has_value());
  CHECK_FALSE(place->joining);
  CHECK(place->source.descriptors.empty());
}

TEST_CASE("a stream that is still there is never taken for another, however many have gone") {
  OutputProgramme programme{{}};
  Input input{{{0x1b, 0x64, {}}, {0x06, 0x65, {}}}, {}};
  const auto before = assign(programme, input);
  for (unsigned type = 0x88; type < 0x100; ++type) {
    // The new stream stands in front of those that keep their places.
    const auto kind = static_cast<std::uint8_t>(type);
    const auto after = assign(programme, {{{kind, 0x70, {}}, {0x06, 0x65, {}}, {0x1b, 0x64, {}}}, {}});
    CHECK(after[0] != before[1]);
    CHECK(after[1] == before[1]);
    CHECK(after[2] == before[0]);
    assign(programme, {{{0x1b, 0x64, {}}}, {}}); // the others go, and come again
  }
}

TEST_CASE("continuity counters of the tables go on from call to call") {
  OutputProgramme programme{{}};
  assign(programme, kSpanish);
  std::vector<unsigned> counters;
  for (int i = 0; i < 18; ++i)
    counters.push_back(PacketView{programme.tables().data()}.continuity());
  for (std::size_t i = 0; i < counters.size(); ++i)
    CHECK(counters[i] == i % 16);
}
