// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/documents.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace relevo;
using namespace relevo::tuner;

namespace {

const Stations kStations = {{"5.1", "Tom & \"Jerry\" <1>", "a"}, {"7", "Ä", "b"}};
constexpr const char* kBase = "http://192.0.2.1:8383";

Device device() {
  return {{0x10abcde1},
          "01234567-89ab-8def-8123-456789abcdef",
          "abcdefabcdefabcdefabcdef",
          "Relevo <Kids>",
          "Kids",
          0};
}

} // namespace

TEST_CASE("what a device says of itself") {
  const auto json = nlohmann::json::parse(write_discover(device(), kBase, 4));
  CHECK(json == nlohmann::json{{"FriendlyName", "Relevo <Kids>"},
                               {"Manufacturer", "Relevo"},
                               {"ModelNumber", "HDHR4-2US"},
                               {"FirmwareName", "hdhomerun4_atsc"},
                               {"FirmwareVersion", "20250101"},
                               {"DeviceID", "10ABCDE1"},
                               {"DeviceAuth", "abcdefabcdefabcdefabcdef"},
                               {"BaseURL", kBase},
                               {"LineupURL", "http://192.0.2.1:8383/lineup.json"},
                               {"TunerCount", 4}});
}

TEST_CASE("a lineup in three forms") {
  const auto json = nlohmann::json::parse(write_lineup_json(kStations, kBase));
  REQUIRE(json.size() == 2);
  CHECK(json[0] == nlohmann::json{{"GuideNumber", "5.1"},
                                  {"GuideName", "Tom & \"Jerry\" <1>"},
                                  {"URL", "http://192.0.2.1:8383/auto/v5.1"}});
  CHECK(write_lineup_json({}, kBase) == "[]");
  CHECK(write_lineup_xml(kStations, kBase) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Lineup>\n"
        "<Program><GuideNumber>5.1</GuideNumber><GuideName>Tom &amp; &quot;Jerry&quot; &lt;1&gt;</GuideName>"
        "<URL>http://192.0.2.1:8383/auto/v5.1</URL></Program>\n"
        "<Program><GuideNumber>7</GuideNumber><GuideName>Ä</GuideName><URL>http://192.0.2.1:8383/auto/v7</"
        "URL></Program>\n"
        "</Lineup>\n");
  CHECK(write_lineup_m3u(kStations, kBase) ==
        "#EXTM3U\n"
        "#EXTINF:-1 channel-id=\"5.1\" channel-number=\"5.1\" tvg-name=\"Tom & 'Jerry' <1>\",5.1 Tom & "
        "'Jerry' <1>\n"
        "http://192.0.2.1:8383/auto/v5.1\n"
        "#EXTINF:-1 channel-id=\"7\" channel-number=\"7\" tvg-name=\"Ä\",7 Ä\n"
        "http://192.0.2.1:8383/auto/v7\n");
}

TEST_CASE("what tuners do") {
  const TunerState tuners[] = {{"5.1", "News", "192.0.2.7", 8'000'000}, {}};
  CHECK(nlohmann::json::parse(write_status(tuners)) ==
        nlohmann::json::parse(
            R"([{"Resource":"tuner0","VctNumber":"5.1","VctName":"News","SignalStrengthPercent":100,
          "SignalQualityPercent":100,"SymbolQualityPercent":100,"TargetIP":"192.0.2.7","NetworkRate":8000000},
          {"Resource":"tuner1"}])"));
  CHECK(nlohmann::json::parse(lineup_status())["ScanInProgress"] == 0);
}

TEST_CASE("stations are asked for with a v") {
  CHECK(station_in("v5.1") == "5.1");
  for (const char* segment : {"", "v", "5.1", "ch14-1"})
    CHECK(station_in(segment).empty());
}
