// SPDX-License-Identifier: LGPL-2.1-or-later
// What a guide holds: channels and programmes, as XMLTV names their parts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace relevo::xmltv {

// Texts are views of memory that belongs to somebody else. They are UTF-8 on one line, without control
// characters, and hold no blanks at their ends. "" is the same as a part that is not there.

/// A text and the language that it is written in.
struct Text {
  std::string_view text{};
  std::string_view lang{};

  bool operator==(const Text&) const = default;
};

struct Icon {
  std::string_view src{};
  std::optional<std::uint32_t> width{}, height{}; // pixels

  bool operator==(const Icon&) const = default;
};

struct Url {
  std::string_view address{};
  std::string_view system{};

  bool operator==(const Url&) const = default;
};

struct Image {
  std::string_view address{};
  std::string_view type{};   // poster, backdrop, still; person, character
  std::string_view size{};   // 1: small, 2: medium, 3: large
  std::string_view orient{}; // P: upright, L: across
  std::string_view system{};

  bool operator==(const Image&) const = default;
};

struct Channel {
  std::size_t line = 0; // where it begins; 1 is the first
  std::string_view id{};
  std::vector<Text> names{}; // the display names
  std::vector<Icon> icons{};
  std::vector<Url> urls{};

  bool operator==(const Channel&) const = default;
};

enum class Role : std::uint8_t {
  Director,
  Actor,
  Writer,
  Adapter,
  Producer,
  Composer,
  Editor,
  Presenter,
  Commentator,
  Guest,
};

struct Person {
  Role role = Role::Actor;
  std::string_view name{};
  std::string_view character{}; // that an actor plays
  bool guest = false;           // an actor of this episode only
  std::vector<Image> images{};
  std::vector<Url> urls{};

  bool operator==(const Person&) const = default;
};

struct EpisodeNumber {
  std::string_view number{};
  std::string_view system{}; // xmltv_ns, onscreen and others

  bool operator==(const EpisodeNumber&) const = default;
};

struct Video {
  std::optional<bool> present{}, colour{};
  std::string_view aspect{}, quality{};

  bool operator==(const Video&) const = default;
};

struct Audio {
  std::optional<bool> present{};
  std::string_view stereo{};

  bool operator==(const Audio&) const = default;
};

struct Showing {
  std::optional<std::chrono::sys_seconds> start{};
  std::string_view channel{};

  bool operator==(const Showing&) const = default;
};

struct Subtitles {
  std::string_view type{}; // teletext, onscreen, deaf-signed
  std::optional<Text> language{};

  bool operator==(const Subtitles&) const = default;
};

struct Rating {
  std::string_view value{};
  std::string_view system{};
  std::vector<Icon> icons{};

  bool operator==(const Rating&) const = default;
};

struct Review {
  std::string_view text{};
  std::string_view type{}; // text, url
  std::string_view source{}, reviewer{}, lang{};

  bool operator==(const Review&) const = default;
};

struct Programme {
  std::size_t line = 0; // where it begins; 1 is the first
  std::chrono::sys_seconds start{};
  std::optional<std::chrono::sys_seconds> stop{}; // after the start
  std::string_view channel{};                     // its id
  std::string_view catchup_id{};
  std::optional<std::chrono::sys_seconds> pdc_start{}, vps_start{};
  std::string_view showview{}, videoplus{};
  std::string_view clump{}; // "0/2": the first of two that share their time

  std::vector<Text> titles{}, sub_titles{}, descs{};
  std::vector<Person> credits{};
  std::string_view date{}; // of its production: YYYY, YYYYMM, YYYYMMDD
  std::vector<Text> categories{}, keywords{}, languages{};
  std::optional<Text> orig_language{};
  std::optional<std::chrono::seconds> length{}; // without advertisements
  std::vector<Icon> icons{};
  std::vector<Url> urls{};
  std::vector<Text> countries{};
  std::vector<EpisodeNumber> episodes{};
  std::optional<Video> video{};
  std::optional<Audio> audio{};
  std::optional<Showing> previously_shown{};
  std::optional<Text> premiere{}, last_chance{};
  bool is_new = false;
  bool live = false;
  std::vector<Subtitles> subtitles{};
  std::vector<Rating> ratings{}, star_ratings{};
  std::vector<Review> reviews{};
  std::vector<Image> images{};

  bool operator==(const Programme&) const = default;
};

} // namespace relevo::xmltv
