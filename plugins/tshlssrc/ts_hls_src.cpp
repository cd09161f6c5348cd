// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-tshlssrc
 * @title: tshlssrc
 *
 * Plays an HLS stream with MPEG-TS segments, live or complete, as one transport stream. Nothing is demuxed:
 * the bytes of the segments leave as they are, decrypted where they came encrypted (AES-128), by the clock
 * that is in them, after a bounded burst at the start. The next segment is fetched ahead. Of a master
 * playlist the best variant inside max-bandwidth and max-height is played.
 *
 * Where bytes do not follow on those before (a discontinuity in the playlist, a missing segment, numbers that
 * began anew) their buffer is marked as discontinuous. One missing segment is left out; two in a row, a
 * playlist that cannot be had, and one that shows no new segment for two and a half of their durations end
 * the stream with an error, once what was fetched before has left. Its message says whether the playlist, a
 * segment or a key failed; its details are those of tshttpsrc.
 *
 * Fragmented MP4, packed audio, sound in playlists of its own, SAMPLE-AES and DASH are refused with an error
 * that says what was seen; where `relevo-worker` can read the address, `form` in its details is `container`,
 * and failoversrc and m3uprofilesel let it.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 tshlssrc location=http://127.0.0.1:8000/live/h264_1080p25.m3u8 ! filesink location=out.ts
 * ]|
 */
#include "session.hpp"

#include "base/text.hpp"
#include "gstx/contract.hpp"
#include "http/url.hpp"
#include "ip/reach.hpp"
#include "uri/redact.hpp"

GST_DEBUG_CATEGORY_STATIC(ts_hls_src_debug);
#define GST_CAT_DEFAULT ts_hls_src_debug

namespace relevo::tshlssrc {
namespace {

using std::chrono::nanoseconds;

const char* decision_of(hls::Incident incident) {
  switch (incident) {
  case hls::Incident::SegmentsLost: return "segments-lost";
  case hls::Incident::SegmentGivenUp: return "segment-given-up";
  case hls::Incident::SegmentAbsent: return "segment-absent";
  case hls::Incident::SequenceReset: return "sequence-reset";
  case hls::Incident::PlaylistFrozen: return "playlist-frozen";
  case hls::Incident::PlaylistLost: return "playlist-lost";
  }
  return "";
}

std::uint64_t in_nanoseconds(hls::Duration time) {
  return static_cast<std::uint64_t>(nanoseconds(time).count());
}

/// Since the start.
struct Counters {
  std::uint64_t playlists = 0;
  std::uint64_t segments = 0;
  std::uint64_t failures = 0;  // of requests for either, or for keys
  std::uint64_t holes = 0;     // segments that are missing
  std::uint64_t resets = 0;    // of the numbers
  std::uint64_t sequence = 0;  // of the newest segment
  std::uint64_t bandwidth = 0; // of the variant, as it says; 0: no variants
  hls::Duration target{};
};

class TsHlsSrc final : public gstx::ByteSource, private Host {
 public:
  static constexpr const char* kTypeName = "RelevoTsHlsSrc";

  explicit TsHlsSrc(GstPushSrc* element) : ByteSource(element) {}

  static void set_up(GstPushSrcClass* klass) {
    set_up_source<TsHlsSrc>(klass);
    gst_element_class_set_static_metadata(
        GST_ELEMENT_CLASS(klass), "MPEG-TS over HLS source", "Source/Network",
        "Plays an HLS stream as one transport stream, without demuxing it", "Relevo");
  }
  static const gstx::Properties<Settings>& properties() { return settings_table(); }
  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }

  [[nodiscard]] gstx::Structure stats() {
    const Counters counters = *counters_.lock();
    gstx::Structure stats("tshlssrc-stats");
    stats.set("bytes", bytes_read())
        .set("playlists", counters.playlists)
        .set("segments", counters.segments)
        .set("failures", counters.failures)
        .set("holes", counters.holes)
        .set("resets", counters.resets)
        .set("sequence", counters.sequence)
        .set("bandwidth", counters.bandwidth)
        .set("target-duration", in_nanoseconds(counters.target));
    return stats;
  }

 private:
  [[nodiscard]] gstx::ReaderResult make_reader() override {
    const Settings settings = *settings_.lock();
    if (!http::parse_url(settings.location))
      return tl::unexpected(gstx::SourceFailure{
          policy::Failure::Other, 0, "No address of a playlist is set: location must be an http or https URL",
          "location is \"" + uri::redact_url(settings.location) + '"'});
    if (const auto reach = ip::parse_reach(settings.reach); !reach)
      return tl::unexpected(
          gstx::SourceFailure{policy::Failure::Other, 0, concat("reach: ", reach.error().message), {}});
    *counters_.lock() = {};
    Host& host = *this;
    return std::make_unique<Session>(settings, host);
  }

  void on_opened() override { gstx::post_message(element(), gstx::Structure(contract::kOpened)); }

  void on_variant(const hls::Variant& variant) override {
    counters_.lock()->bandwidth = variant.bandwidth;
    const auto address = uri::redact_url(variant.uri);
    GST_INFO_OBJECT(element(), "variant %s, %" G_GUINT64_FORMAT " bit/s", address.c_str(), variant.bandwidth);
    gstx::Structure message = decision("variant");
    message.set("address", address).set("bandwidth", variant.bandwidth);
    if (variant.resolution) message.set("height", variant.resolution->height);
    gstx::post_message(element(), std::move(message));
  }

  void on_playlist(const hls::MediaPlaylist& playlist) override {
    const hls::Duration target = playlist.target_duration;
    bool changed = false;
    {
      const auto counters = counters_.lock();
      ++counters->playlists;
      changed = std::exchange(counters->target, target) != target;
    }
    if (!changed) return;
    gstx::Structure rhythm(contract::kRhythm);
    rhythm.set(contract::kSilence, in_nanoseconds(target * 5 / 2));
    gstx::post_message(element(), std::move(rhythm));
  }

  void on_segment(const hls::FetchSegment& segment) override {
    const auto counters = counters_.lock();
    ++counters->segments;
    counters->sequence = segment.sequence;
  }

  void on_trouble(const gstx::SourceFailure& failure) override {
    GST_WARNING_OBJECT(element(), "%s", failure.message.c_str());
    ++counters_.lock()->failures;
  }

  void on_incident(const hls::Report& report) override {
    count(report);
    const char* what = decision_of(report.incident);
    GST_INFO_OBJECT(element(), "%s: %" G_GUINT64_FORMAT " from %" G_GUINT64_FORMAT, what, report.count,
                    report.sequence);
    gstx::Structure message = decision(what);
    message.set("sequence", report.sequence).set("count", report.count);
    gstx::post_message(element(), std::move(message));
  }

  static gstx::Structure decision(const char* what) {
    gstx::Structure message(contract::kHlsSource);
    message.set(contract::kDecision, what);
    return message;
  }

  void count(const hls::Report& report) {
    using enum hls::Incident;
    const auto counters = counters_.lock();
    if (report.incident == SegmentsLost) counters->holes += report.count;
    if (report.incident == SegmentGivenUp || report.incident == SegmentAbsent) ++counters->holes;
    if (report.incident == SequenceReset) ++counters->resets;
  }

  gx::Guarded<Settings> settings_;
  gx::Guarded<Counters> counters_;
};

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(ts_hls_src_debug, "tshlssrc", 0, "MPEG-TS over HLS source");
  return gstx::ElementType<TsHlsSrc>::register_in(plugin, "tshlssrc");
}

} // namespace
} // namespace relevo::tshlssrc

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(tshlssrc, relevo::tshlssrc::register_element)
