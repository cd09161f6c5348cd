// SPDX-License-Identifier: LGPL-2.1-or-later
// failoversrc with candidates that elements of GStreamer's own read.
#include "base/text.hpp"
#include "channel.hpp"
#include "datagrams.hpp"
#include "gstx/contract.hpp"
#include "gx/handle.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <optional>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

namespace {

std::string at(const char* scheme, std::uint16_t port) {
  return concat(scheme, "://127.0.0.1:", port);
}

/// The first candidate plays; `silence` ends it, and the second one takes over.
template <class Silence>
void check_takeover(Channel& channel, const std::string& first, Silence silence) {
  channel.pipeline.play();
  channel.wait_for_switch(first);
  REQUIRE(channel.pipeline.wait_for_bytes(60'000));
  silence();
  channel.wait_for_switch("ac3");
  REQUIRE(channel.pipeline.wait_for_bytes(channel.pipeline.byte_count() + 300'000));
  channel.stop_and_check();
}

std::uint64_t continuity_errors(const Channel& channel, const std::string& id) {
  GstStructure* stats = nullptr;
  g_object_get(channel.element().get(), "stats", &stats, nullptr);
  const gx::Handle<GstStructure, gst_structure_free> owned(stats);
  const GValue* list = gst_structure_get_value(stats, "candidates");
  for (guint i = 0; i < gst_value_array_get_size(list); ++i) {
    const GstStructure* candidate = gst_value_get_structure(gst_value_array_get_value(list, i));
    guint64 errors = 0;
    if (gst_structure_get_string(candidate, "id") == id &&
        gst_structure_get_uint64(candidate, "continuity-errors", &errors))
      return errors;
  }
  FAIL("no candidate " << id);
  return 0;
}

} // namespace

TEST_CASE("a stream over UDP plays until it falls silent, plain and in RTP") {
  for (const auto& [scheme, wrapping] : {std::pair{"udp", Wrapping::Plain}, {"rtp", Wrapping::Rtp}}) {
    const std::string url = at(scheme, free_udp_port());
    CAPTURE(url);
    std::optional<Datagrams> sender;
    sender.emplace("black", parse_number<std::uint16_t>(url.substr(url.rfind(':') + 1)).value(),
                   Datagrams::Options{.wrapping = wrapping});
    Channel channel({url, "ac3?burst=1"}, "silence-timeout=1000");
    check_takeover(channel, url, [&] { sender.reset(); });
  }
}

TEST_CASE("RTP brings datagrams into their order, and each once") {
  const auto port = free_udp_port();
  const Datagrams sender("black", port, {.wrapping = Wrapping::Rtp, .disorder = true});
  Channel channel({at("rtp", port)});
  channel.pipeline.play();
  REQUIRE(channel.pipeline.wait_for_bytes(120'000));
  CHECK(continuity_errors(channel, at("rtp", port)) == 0);
  channel.stop_and_check();
}

TEST_CASE("a stream over SRT plays until it falls silent") {
  const std::string url = at("srt", free_udp_port());
  Channel channel({url, "ac3?burst=1"}, "silence-timeout=1000");
  relevo::test::Pipeline sender("tshttpsrc location=" + channel.provider.url("/live/black.ts?burst=1") +
                                " silence-timeout=0 ! srtsink wait-for-connection=false uri=" + url +
                                "?mode=listener");
  sender.play();
  check_takeover(channel, url, [&] { channel.provider.set_faults("black", {"stall"}); });
}

TEST_CASE("an SRT server that goes is left, and one that is not there is passed over") {
  const std::string url = at("srt", free_udp_port()), nobody = at("srt", free_udp_port());
  Channel channel({nobody, url, "ac3?burst=1"}, "connect-timeout=500 silence-timeout=1000");
  relevo::test::Pipeline sender("tshttpsrc location=" + channel.provider.url("/live/black.ts?burst=1") +
                                " ! srtsink wait-for-connection=false uri=" + url + "?mode=listener");
  sender.play();
  check_takeover(channel, url, [&] { sender.stop(); });
}

TEST_CASE("a file plays in real time, and the next candidate follows its end") {
  const std::string url = concat("file://", std::getenv("RELEVO_TEST_MEDIA"), "/black.ts");
  Channel channel({url, "ac3?burst=1"});
  check_takeover(channel, url, [] {});
}

TEST_CASE("an address that leads nowhere is named, and costs no time") {
  struct Row {
    std::string url, told;
  };
  const std::vector<Row> rows{
      {"udp://nonsense", "udp://nonsense"},
      {"rtp://127.0.0.1", "rtp://127.0.0.1"},
      {"srt://127.0.0.1:99999", "srt://127.0.0.1:99999"},
      {"file:///nowhere/1.ts", "/nowhere/1.ts"},
  };
  std::vector<std::string> list;
  for (const Row& row : rows)
    list.push_back(row.url);
  list.emplace_back("ac3?burst=1");
  Channel channel(list);
  channel.pipeline.play();
  const auto chosen = channel.wait_for_switch("ac3");
  CHECK(time_field(chosen.get(), "gap") < 3s);
  std::size_t told = 0;
  for (const auto& message : channel.pipeline.seen()) {
    if (text_field(message.get(), contract::kDecision) != "give-up") continue;
    REQUIRE(told < rows.size());
    CAPTURE(rows[told].url);
    CHECK(text_field(message.get(), "candidate") == rows[told].url);
    const std::string text = text_field(message.get(), "text");
    CAPTURE(text);
    CHECK(text.find(rows[told].told) != std::string::npos);
    ++told;
  }
  CHECK(told == rows.size());
}
