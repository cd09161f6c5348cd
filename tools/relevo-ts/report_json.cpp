// SPDX-License-Identifier: LGPL-2.1-or-later
// The report as JSON.
#include "json.hpp"
#include "report.hpp"

#include "ts/timeline.hpp"

namespace relevo::tool {
namespace {

using namespace relevo::ts;

[[nodiscard]] std::string_view role_name(Role role) {
  switch (role) {
  case Role::Video: return "video";
  case Role::Audio: return "audio";
  case Role::Teletext: return "teletext";
  case Role::Subtitle: return "subtitle";
  case Role::Splice: return "splice";
  case Role::Metadata: return "metadata";
  case Role::Data: return "data";
  }
  return "";
}

[[nodiscard]] double milliseconds(Ticks ticks) {
  return static_cast<double>(ticks) * 1000 / kTicksPerSecond;
}
[[nodiscard]] double pcr_milliseconds(Pcr pcr) {
  return static_cast<double>(pcr) * 1000 / kPcrPerSecond;
}

void write_rate(JsonWriter& json, const BitRate& rate) {
  json.field("bit_rate", rate.current);
  json.field("bit_rate_overall", rate.overall);
}

void write_ratio(JsonWriter& json, std::string_view name, const Rational& ratio) {
  json.field(name, std::to_string(ratio.num) + "/" + std::to_string(ratio.den));
}

void write_gop(JsonWriter& json, std::string_view name, const std::optional<GopLength>& gop) {
  if (!gop) return;
  json.key(name);
  json.begin_object();
  json.field("pictures", gop->pictures);
  json.field("ms", milliseconds(gop->duration));
  json.end_object();
}

void write_video(JsonWriter& json, const VideoReport& video) {
  json.key("video");
  json.begin_object();
  if (video.format) {
    const VideoFormat& format = *video.format;
    json.field("profile", profile_name(format));
    json.field("level", level_name(format));
    json.field("width", format.width);
    json.field("height", format.height);
    json.field("interlaced", format.interlaced);
    json.field("bit_depth", format.bit_depth);
    write_ratio(json, "declared_frame_rate", format.frame_rate);
  }
  write_ratio(json, "frame_rate", video.frame_rate);
  json.field("pictures", video.pictures);
  write_gop(json, "last_gop", video.last_gop);
  write_gop(json, "shortest_gop", video.shortest_gop);
  write_gop(json, "longest_gop", video.longest_gop);
  json.end_object();
}

void write_audio(JsonWriter& json, const AudioReport& audio) {
  json.key("audio");
  json.begin_object();
  if (audio.format) {
    json.field("profile", name_of(audio.format->profile));
    json.field("sample_rate", audio.format->sample_rate);
    json.field("channels", audio.format->channels);
    json.field("lfe", audio.format->lfe);
  }
  json.field("declared_bit_rate", audio.bit_rate);
  json.end_object();
}

void write_pages(JsonWriter& json, const PidReport& pid) {
  if (!pid.teletext.empty()) {
    json.key("teletext");
    json.begin_array();
    for (const TeletextPage& page : pid.teletext) {
      json.begin_object();
      json.field("language", ts::text_of(page.language));
      json.field("type", page.type);
      json.field("page", page.page);
      json.end_object();
    }
    json.end_array();
  }
  if (pid.subtitles.empty()) return;
  json.key("subtitles");
  json.begin_array();
  for (const SubtitlingEntry& entry : pid.subtitles) {
    json.begin_object();
    json.field("language", ts::text_of(entry.language));
    json.field("type", entry.type);
    json.field("page", entry.composition_page);
    json.end_object();
  }
  json.end_array();
}

void write_pid(JsonWriter& json, const PidReport& pid) {
  json.begin_object();
  json.field("pid", pid.pid);
  if (pid.programme != 0) {
    json.field("programme", pid.programme);
    json.field("stream_type", pid.stream_type);
    json.field("codec", name_of(pid.codec));
    json.field("role", role_name(pid.role));
    if (!pid.language.empty()) json.field("language", pid.language);
    json.field("units", pid.units);
    json.field("random_access_points", pid.random_access_points);
  }
  json.field("packets", pid.packets);
  write_rate(json, pid.rate);
  json.field("continuity_errors", pid.continuity_errors);
  json.field("transport_errors", pid.transport_errors);
  json.field("scrambled_packets", pid.scrambled_packets);
  if (pid.video) write_video(json, *pid.video);
  if (pid.audio) write_audio(json, *pid.audio);
  write_pages(json, pid);
  json.end_object();
}

void write_programme(JsonWriter& json, const ProgrammeReport& programme) {
  json.begin_object();
  json.field("number", programme.number);
  json.field("pmt_pid", programme.pmt_pid);
  json.field("provider", programme.provider);
  json.field("name", programme.name);
  json.key("pcr");
  json.begin_object();
  json.field("pid", programme.pcr.pid);
  json.field("count", programme.pcr.count);
  json.field("breaks", programme.pcr.breaks);
  json.field("shortest_ms", pcr_milliseconds(programme.pcr.shortest));
  json.field("longest_ms", pcr_milliseconds(programme.pcr.longest));
  json.field("mean_ms", pcr_milliseconds(programme.pcr.mean));
  json.field("position_jitter_ms", pcr_milliseconds(programme.pcr.position_jitter));
  json.end_object();
  json.key("streams");
  json.begin_array();
  for (const Pid pid : programme.streams)
    json.value(pid);
  json.end_array();
  json.end_object();
}

} // namespace

std::string json_of(const StreamReport& report) {
  JsonWriter json;
  json.begin_object();
  json.field("packet_size", report.packet_size);
  json.field("packets", report.packets);
  json.field("null_packets", report.null_packets);
  json.field("duration_ms", milliseconds(report.duration));
  write_rate(json, report.rate);
  json.field("sync_losses", report.sync_losses);
  json.field("skipped_bytes", report.skipped_bytes);
  json.field("transport_errors", report.transport_errors);
  json.field("continuity_errors", report.continuity_errors);
  json.field("scrambled_packets", report.scrambled_packets);
  json.field("broken_sections", report.broken_sections);
  json.key("programmes");
  json.begin_array();
  for (const ProgrammeReport& programme : report.programmes)
    write_programme(json, programme);
  json.end_array();
  json.key("pids");
  json.begin_array();
  for (const PidReport& pid : report.pids)
    write_pid(json, pid);
  json.end_array();
  json.end_object();
  return json.text() + "\n";
}

} // namespace relevo::tool
