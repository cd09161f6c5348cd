// SPDX-License-Identifier: LGPL-2.1-or-later
// make_source: the element that brings a URL's transport stream.
#pragma once

#include "gstx/property.hpp"
#include "gstx/source_failure.hpp"
#include "gx/ref.hpp"

#include <gst/gst.h>
#include <tl/expected.hpp>

namespace relevo::gstx {

/// What is to be read, and how to ask for it. What the source cannot use is left aside.
struct SourceRequest {
  std::string uri;
  std::string command;      // for execsrc, whatever the URI; "": by the URI
  std::string channel_id{}; // that the command may ask for
  std::optional<Form> form; // what is known of an http address beyond its path
  std::string user_agent;
  Pairs headers;
  std::string proxy;
  /// Where it may lead, as ip::parse_reach() reads it; "": anywhere. tshttpsrc and tshlssrc hold every
  /// address that they connect to against it; relevo-worker those of the name, before it opens it; for all
  /// others the URL alone is looked at.
  std::string reach{};
  std::chrono::milliseconds connect_timeout{4000};
  std::chrono::milliseconds first_byte_timeout{5000};
  std::chrono::milliseconds silence_timeout{0}; // zero: who asks judges silence
};

/// An element with one source pad "src" that gives MPEG-TS: for http what its form wants (a path that ends
/// with .m3u8, .m3u or .mpd is believed until an error says otherwise), acestreamsrc, stock elements for udp,
/// rtp, srt and file, execsrc for the rest. Of `udp://sender@group:port?options` only group and port count:
/// udpsrc of GStreamer 1.22 takes no more. Floating references are taken; an error names what is missing.
[[nodiscard]] tl::expected<gx::Ref<GstElement>, SourceFailure> make_source(const SourceRequest& request);

} // namespace relevo::gstx
