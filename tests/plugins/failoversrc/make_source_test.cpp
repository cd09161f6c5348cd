// SPDX-License-Identifier: LGPL-2.1-or-later
// Which stock element reads which URL, and what it is told. execsrc has tests of its own.
#include "base/text.hpp"
#include "gst/pipeline.hpp"
#include "gstx/make_source.hpp"
#include "gx/handle.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::test;

namespace {

auto make(const std::string& uri) {
  init_gstreamer();
  gstx::SourceRequest request;
  request.uri = uri;
  return gstx::make_source(request);
}

gx::Ref<GstElement> source_of(const std::string& uri) {
  auto made = make(uri);
  REQUIRE_MESSAGE(made, made.error().message);
  return std::move(*made);
}

std::string text_of(GstElement* element, const char* property) {
  gchar* value = nullptr;
  g_object_get(element, property, &value, nullptr);
  const gx::CString owned(value);
  return value ? value : "";
}

std::string factory_of(GstElement* element) {
  return GST_OBJECT_NAME(gst_element_get_factory(element));
}

} // namespace

TEST_CASE("a URL gets the element that reads it") {
  struct Row {
    const char* uri;
    std::string factory;
    const char* property;
    std::string value;
  };
  for (const Row& row : {
           Row{"http://host/1.ts", "tshttpsrc", "location", "http://host/1.ts"},
           {"HTTPS://host/1?list=a.m3u8", "tshttpsrc", "location", "HTTPS://host/1?list=a.m3u8"},
           {"http://host/1.M3U8?a=b.ts", "tshlssrc", "location", "http://host/1.M3U8?a=b.ts"},
           {"http://host/1.m3u|User-Agent=a", "tshlssrc", "location", "http://host/1.m3u|User-Agent=a"},
           {"http://host/1.mpd", "execsrc", "stream-url", "http://host/1.mpd"},
           {"file:///tmp/a%20b.ts", "filesrc", "location", "/tmp/a b.ts"},
           {"FILE:///tmp/1.ts", "filesrc", "location", "/tmp/1.ts"},
           {"srt://host:5000?latency=300", "srtsrc", "uri", "srt://host:5000?latency=300"},
           {"srt://:5000?mode=listener", "srtsrc", "uri", "srt://:5000?mode=listener"},
           {"acestream://0d3ef56d95a7ce80737da6f31a66d5e58bf2b737", "acestreamsrc", "uri",
            "acestream://0d3ef56d95a7ce80737da6f31a66d5e58bf2b737"},
       }) {
    CAPTURE(std::string(row.uri));
    const auto source = source_of(row.uri);
    CHECK(factory_of(source.get()) == row.factory);
    CHECK(text_of(source.get(), row.property) == row.value);
    const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(source.get(), "src"));
    CHECK(pad);
  }
}

TEST_CASE("what is known of an address counts before what its path says") {
  init_gstreamer();
  gstx::SourceRequest request;
  request.uri = "http://host/1.m3u8";
  for (const auto& [form, factory] : {std::pair(gstx::Form::TransportStream, "tshttpsrc"),
                                      {gstx::Form::Playlist, "tshlssrc"},
                                      {gstx::Form::Container, "execsrc"}}) {
    request.form = form;
    const auto made = gstx::make_source(request);
    REQUIRE(made);
    CHECK(factory_of(made->get()) == factory);
  }
}

TEST_CASE("of a URL of datagrams udpsrc gets group and port") {
  struct Row {
    const char* uri;
    std::string address;
    int port;
    bool rtp;
  };
  for (const Row& row : {
           Row{"udp://239.1.2.3:5000", "239.1.2.3", 5000, false},
           {"udp://@239.1.2.3:5000", "239.1.2.3", 5000, false},
           {"UDP://@239.1.2.3:5000?pkt_size=1316&fifo_size=1000000", "239.1.2.3", 5000, false},
           {"udp://192.0.2.7@239.1.2.3:5000", "239.1.2.3", 5000, false},
           {"udp://@:1234", "0.0.0.0", 1234, false},
           {"udp://:1234", "0.0.0.0", 1234, false},
           {"udp://@[ff15::1]:5000", "ff15::1", 5000, false},
           {"rtp://@239.1.2.3:5000", "239.1.2.3", 5000, true},
       }) {
    CAPTURE(std::string(row.uri));
    const auto source = source_of(row.uri);
    const auto udp = gx::Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(source.get()), "udp"));
    REQUIRE(udp);
    CHECK(text_of(udp.get(), "address") == row.address);
    int port = 0;
    g_object_get(udp.get(), "port", &port, nullptr);
    CHECK(port == row.port);
    CHECK(GST_BIN_NUMCHILDREN(source.get()) == (row.rtp ? 3 : 1));
    const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(source.get(), "src"));
    CHECK(pad);
  }
}

TEST_CASE("what is no address is refused, and named without its secrets") {
  struct Row {
    const char *uri, *told;
  };
  for (const Row& row : {
           Row{"", "This is no URL: "},
           {"nonsense", "This is no URL: nonsense"},
           {"udp://", ": udp://"},
           {"udp://239.1.2.3", ": udp://239.1.2.3"},
           {"udp://239.1.2.3:0", "udp://239.1.2.3:0"},
           {"udp://239.1.2.3:65536", "udp://239.1.2.3:65536"},
           {"rtp://239.1.2.3:port", "rtp://239.1.2.3:port"},
           {"srt://host", "srt://host"},
           {"file:nowhere", "This is no file: file:nowhere"},
       }) {
    CAPTURE(std::string(row.uri));
    const auto made = make(row.uri);
    REQUIRE_FALSE(made);
    CAPTURE(made.error().message);
    CHECK(made.error().message.ends_with(row.told));
  }
  const auto secret = make("srt://joe:secret@host?passphrase=secret");
  REQUIRE_FALSE(secret);
  CHECK(secret.error().message.find("secret") == std::string::npos);
}
