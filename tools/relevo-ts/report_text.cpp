// SPDX-License-Identifier: LGPL-2.1-or-later
// The report as text.
#include "report.hpp"

#include "ts/timeline.hpp"

#include <algorithm>
#include <cstdio>

namespace relevo::tool {
namespace {

using namespace relevo::ts;

template <class... Values>
[[nodiscard]] std::string print(const char* format, Values... values) {
  char text[256];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

[[nodiscard]] unsigned long long wide(std::uint64_t number) {
  return number;
}

[[nodiscard]] std::string rate_of(const BitRate& rate) {
  return print("%.3f Mbit/s", static_cast<double>(rate.overall) / 1e6);
}

[[nodiscard]] std::string frame_rate_of(const Rational& rate) {
  return rate.num == 0 ? "?" : print("%.6g", static_cast<double>(rate.num) / rate.den);
}

[[nodiscard]] std::string gop_of(const GopLength& gop) {
  return print("%u pictures (%.2f s)", gop.pictures, static_cast<double>(gop.duration) / kTicksPerSecond);
}

[[nodiscard]] std::string video_of(const VideoReport& video) {
  std::string text;
  if (const auto& format = video.format) {
    text += print(" %s %s %ux%u%s", std::string(profile_name(*format)).c_str(), level_name(*format).c_str(),
                  format->width, format->height, format->interlaced ? " interlaced" : "");
    text += print(" %s fps declared", frame_rate_of(format->frame_rate).c_str());
  }
  text += ", " + frame_rate_of(video.frame_rate) + " fps by its time stamps";
  if (video.last_gop) text += ", GOP " + gop_of(*video.shortest_gop) + " to " + gop_of(*video.longest_gop);
  return text;
}

[[nodiscard]] std::string audio_of(const AudioReport& audio) {
  if (!audio.format) return {};
  const AudioFormat& format = *audio.format;
  std::string text;
  if (const auto profile = name_of(format.profile); !profile.empty()) text.append(1, ' ').append(profile);
  text += print(", %u Hz", format.sample_rate);
  if (format.channels > 0) text += print(", %u channels", format.channels);
  return text;
}

[[nodiscard]] std::string pages_of(const PidReport& pid) {
  std::string text;
  for (const TeletextPage& page : pid.teletext)
    text += print(", page %u %.3s", page.page, page.language.data());
  for (const SubtitlingEntry& entry : pid.subtitles)
    text += print(", %.3s", entry.language.data());
  return text;
}

[[nodiscard]] std::string errors_of(const PidReport& pid) {
  std::string text;
  if (pid.continuity_errors > 0) text += print(", %llu losses", wide(pid.continuity_errors));
  if (pid.transport_errors > 0) text += print(", %llu damaged packets", wide(pid.transport_errors));
  if (pid.scrambled_packets > 0) text += print(", %llu scrambled packets", wide(pid.scrambled_packets));
  return text;
}

[[nodiscard]] std::string line_of(const PidReport& pid) {
  std::string text = print("  0x%04x ", pid.pid);
  if (pid.programme != 0) {
    text += name_of(pid.codec);
    if (pid.video) text += video_of(*pid.video);
    if (pid.audio) text += audio_of(*pid.audio);
    if (!pid.language.empty()) text += ", " + pid.language;
    text += pages_of(pid);
    text += ", ";
  }
  text += rate_of(pid.rate);
  if (pid.random_access_points > 0)
    text += print(", %llu random access points", wide(pid.random_access_points));
  return text + errors_of(pid) + "\n";
}

[[nodiscard]] std::string lines_of(const ProgrammeReport& programme, const StreamReport& report) {
  const auto ms = [](Pcr pcr) { return static_cast<double>(pcr) * 1000 / kPcrPerSecond; };
  std::string text = print("programme %u", programme.number);
  if (!programme.name.empty()) text += " \"" + programme.name + "\"";
  if (!programme.provider.empty()) text += " of \"" + programme.provider + "\"";
  text += print(", PMT 0x%04x", programme.pmt_pid);
  if (programme.pcr.count > 1)
    text += print(", PCR 0x%04x every %.1f ms (%.1f to %.1f), jitter by position %.3f ms", programme.pcr.pid,
                  ms(programme.pcr.mean), ms(programme.pcr.shortest), ms(programme.pcr.longest),
                  ms(programme.pcr.position_jitter));
  if (programme.pcr.breaks > 0) text += print(", %llu breaks", wide(programme.pcr.breaks));
  text += "\n";
  for (const Pid pid : programme.streams) {
    const auto stream = std::ranges::find(report.pids, pid, &PidReport::pid);
    if (stream != report.pids.end()) text += line_of(*stream);
  }
  return text;
}

} // namespace

std::string text_of(const StreamReport& report) {
  std::string text = print("%llu packets of %zu bytes, %.2f s, %s, %llu null packets\n", wide(report.packets),
                           report.packet_size, static_cast<double>(report.duration) / kTicksPerSecond,
                           rate_of(report.rate).c_str(), wide(report.null_packets));
  for (const ProgrammeReport& programme : report.programmes)
    text += lines_of(programme, report);
  const auto unlisted = [](const PidReport& pid) { return pid.programme == 0; };
  if (std::ranges::any_of(report.pids, unlisted)) text += "tables, and PIDs that no PMT mentions\n";
  for (const PidReport& pid : report.pids)
    if (unlisted(pid)) text += line_of(pid);
  text +=
      print("errors: %llu sync losses, %llu bytes skipped, %llu packets damaged, %llu losses, %llu packets"
            " scrambled, %llu broken sections\n",
            wide(report.sync_losses), wide(report.skipped_bytes), wide(report.transport_errors),
            wide(report.continuity_errors), wide(report.scrambled_packets), wide(report.broken_sections));
  return text;
}

} // namespace relevo::tool
