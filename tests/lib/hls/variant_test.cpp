// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/variant.hpp"

#include <doctest/doctest.h>

using namespace relevo::hls;

namespace {

Variant variant(std::string uri, std::uint64_t bandwidth, std::uint32_t height, std::string codecs = "") {
  Variant v;
  v.uri = std::move(uri);
  v.bandwidth = bandwidth;
  if (height != 0) v.resolution = Resolution{height * 16 / 9, height};
  v.codecs = std::move(codecs);
  return v;
}

/// The address of the chosen one.
std::string choose(std::vector<Variant> variants, const VariantLimits& limits = {}) {
  MasterPlaylist master;
  master.variants = std::move(variants);
  const auto index = choose_variant(master, limits);
  return index ? master.variants.at(*index).uri : "none";
}

} // namespace

TEST_CASE("choose_variant takes the best inside the limits") {
  const std::vector<Variant> ladder = {variant("sd", 1'000'000, 480), variant("fhd", 6'000'000, 1080),
                                       variant("hd", 3'000'000, 720),
                                       variant("sound", 64'000, 0, "mp4a.40.2")};
  CHECK(choose(ladder) == "fhd");
  CHECK(choose(ladder, {.max_bandwidth = 6'000'000, .max_height = {}}) == "fhd");
  CHECK(choose(ladder, {.max_bandwidth = 5'999'999, .max_height = {}}) == "hd");
  CHECK(choose(ladder, {.max_bandwidth = {}, .max_height = 719}) == "sd");
  CHECK(choose(ladder, {.max_bandwidth = 2'000'000, .max_height = 720}) == "sd");
  CHECK(choose(ladder, {.max_bandwidth = 100'000, .max_height = {}}) == "sd"); // rather than sound alone
  CHECK(choose(ladder, {.max_bandwidth = {}, .max_height = 100}) == "sd");
}

TEST_CASE("choose_variant copes with what is not said") {
  CHECK(choose({}) == "none");
  CHECK(choose({variant("a", 0, 0), variant("b", 0, 0)}) == "a");
  CHECK(choose({variant("a", 5, 480), variant("b", 5, 720)}) == "b");
  CHECK(choose({variant("a", 9, 0), variant("b", 5, 720)}, {.max_bandwidth = {}, .max_height = 720}) == "a");
  CHECK(choose({variant("sound", 9, 0, "mp4a.40.2, ac-3"), variant("tv", 5, 0, "avc1.4d401f,mp4a.40.2")}) ==
        "tv");
  CHECK(choose({variant("radio-", 64, 0, "mp4a.40.2"), variant("radio+", 128, 0, "mp4a.40.2")}) == "radio+");
}

TEST_CASE("has_separate_audio tells playlists of sound from sound inside the variant") {
  MasterPlaylist master;
  master.renditions = {{RenditionType::Audio, "inside", "English", "en", "", true, true},
                       {RenditionType::Audio, "apart", "English", "en", "", true, true},
                       {RenditionType::Audio, "apart", "Español", "es", "es.m3u8", false, true},
                       {RenditionType::Subtitles, "text", "English", "en", "en.m3u8", false, true}};
  const auto separate = [&master](std::string group) {
    Variant v;
    v.audio = std::move(group);
    return has_separate_audio(master, v);
  };
  CHECK_FALSE(separate(""));
  CHECK_FALSE(separate("inside"));
  CHECK(separate("apart"));
  CHECK_FALSE(separate("text"));
  CHECK_FALSE(separate("unknown"));
}
