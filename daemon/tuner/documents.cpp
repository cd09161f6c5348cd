// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/documents.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "gx/handle.hpp"
#include "hdhr/ssdp.hpp"
#include "m3u/write.hpp"

#include <algorithm>
#include <glib.h>

namespace relevo::tuner {
namespace {

/// For between two tags. Stations have no control characters.
std::string escape(const std::string& text) {
  return gx::CString(g_markup_escape_text(text.data(), static_cast<gssize>(text.size()))).get();
}

std::string element(std::string_view name, const std::string& text) {
  return concat('<', name, '>', escape(text), "</", name, '>');
}

} // namespace

std::string write_discover(const Device& device, const std::string& base, unsigned tuners) {
  std::string out;
  JsonText json(out);
  json.begin('{');
  json.name("FriendlyName").text(device.name);
  json.name("Manufacturer").text("Relevo");
  json.name("ModelNumber").text(kModel);
  json.name("FirmwareName").text(kFirmwareName);
  json.name("FirmwareVersion").text(kFirmwareVersion);
  json.name("DeviceID").text(hdhr::write(device.id));
  json.name("DeviceAuth").text(device.auth);
  json.name("BaseURL").text(base);
  json.name("LineupURL").text(concat(base, "/lineup.json"));
  json.name("TunerCount").raw(std::to_string(tuners));
  json.end('}');
  return out;
}

std::string write_lineup_json(const Stations& stations, const std::string& base) {
  std::string out;
  JsonText json(out);
  json.begin('[');
  for (const auto& station : stations) {
    json.begin('{');
    json.name("GuideNumber").text(station.number);
    json.name("GuideName").text(station.name);
    json.name("URL").text(stream_url(base, station));
    json.end('}');
  }
  json.end(']');
  return out;
}

std::string write_lineup_xml(const Stations& stations, const std::string& base) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Lineup>\n";
  for (const auto& station : stations)
    out += concat("<Program>", element("GuideNumber", station.number), element("GuideName", station.name),
                  element("URL", stream_url(base, station)), "</Program>\n");
  return out += "</Lineup>\n";
}

std::string write_lineup_m3u(const Stations& stations, const std::string& base) {
  std::string out;
  m3u::write_head(out, {});
  for (const auto& station : stations) {
    auto name = station.name;
    std::ranges::replace(name, '"', '\'');
    const auto shown = concat(station.number, ' ', name), url = stream_url(base, station);
    m3u::Entry entry;
    entry.name = shown;
    entry.address.url = url;
    entry.attributes = {
        {"channel-id", station.number}, {"channel-number", station.number}, {"tvg-name", name}};
    m3u::write_entry(out, entry);
  }
  return out;
}

std::string_view lineup_status() noexcept {
  return R"({"ScanInProgress":0,"ScanPossible":1,"Source":"Cable","SourceList":["Antenna","Cable"]})";
}

std::string write_description(const Device& device, const std::string& base) {
  return concat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<root xmlns=\"urn:schemas-upnp-org:device-1-0\">\n"
      "<specVersion><major>1</major><minor>0</minor></specVersion>\n",
      element("URLBase", base), "\n<device>\n", element("deviceType", std::string(hdhr::kSsdpDeviceType)),
      '\n', element("friendlyName", device.name), '\n', element("manufacturer", "Relevo"), '\n',
      element("modelName", std::string(kModel)), '\n', element("modelNumber", std::string(kModel)), '\n',
      element("serialNumber", hdhr::write(device.id)), '\n', element("UDN", concat("uuid:", device.uuid)),
      '\n', element("presentationURL", base), "\n</device>\n</root>\n");
}

std::string write_status(std::span<const TunerState> tuners) {
  std::string out;
  JsonText json(out);
  json.begin('[');
  for (std::size_t i = 0; i < tuners.size(); ++i) {
    const auto& tuner = tuners[i];
    json.begin('{').name("Resource").text(concat("tuner", i));
    if (!tuner.number.empty()) {
      json.name("VctNumber").text(tuner.number);
      if (!tuner.name.empty()) json.name("VctName").text(tuner.name);
      for (const char* quality : {"SignalStrengthPercent", "SignalQualityPercent", "SymbolQualityPercent"})
        json.name(quality).raw("100");
      if (!tuner.target.empty()) json.name("TargetIP").text(tuner.target);
      json.name("NetworkRate").raw(std::to_string(tuner.bitrate));
    }
    json.end('}');
  }
  json.end(']');
  return out;
}

std::string stream_url(const std::string& base, const Station& station) {
  return concat(base, "/auto/v", station.number);
}

std::string_view station_in(std::string_view segment) noexcept {
  return segment.starts_with('v') ? segment.substr(1) : std::string_view();
}

} // namespace relevo::tuner
