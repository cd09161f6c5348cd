// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows of a panel's lists.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relevo::xtream {

using Id = std::int64_t; // not negative; -1: none
using Moment = std::chrono::sys_seconds;

// Text is UTF-8 without control characters and without blanks at its ends; "" where there is none.

struct Category {
  Id id = -1;
  std::string name;
  std::optional<std::int64_t> parent;

  bool operator==(const Category&) const = default;
};

struct LiveStream {
  Id id = -1;
  std::optional<std::int64_t> number;
  std::string name;
  std::string type; // "live", "created_live", "radio_streams"
  std::string icon;
  std::string guide_id;
  std::vector<Id> categories; // each once
  std::optional<Moment> added;
  bool adult = false;
  bool archive = false;
  std::optional<std::int64_t> archive_days;
  std::string custom_sid;
  std::string direct_source;

  bool operator==(const LiveStream&) const = default;
};

struct VodTitle {
  Id id = -1;
  std::optional<std::int64_t> number;
  std::string name;
  std::string title;
  std::string year;
  std::string icon;
  std::string extension; // of its file
  std::vector<Id> categories;
  std::optional<Moment> added;
  std::optional<double> rating;
  std::optional<double> rating_of_five;
  bool adult = false;
  std::string plot;
  std::string cast;
  std::string director;
  std::string genre;
  std::string release_date;
  std::string trailer;
  std::optional<std::int64_t> minutes;
  std::string custom_sid;
  std::string direct_source;

  bool operator==(const VodTitle&) const = default;
};

struct Series {
  Id id = -1;
  std::optional<std::int64_t> number;
  std::string name;
  std::string cover;
  std::vector<std::string> backdrops;
  std::vector<Id> categories;
  std::optional<Moment> modified;
  std::optional<double> rating;
  std::optional<double> rating_of_five;
  std::string plot;
  std::string cast;
  std::string director;
  std::string genre;
  std::string release_date;
  std::string trailer;
  std::optional<std::int64_t> minutes; // of an episode

  bool operator==(const Series&) const = default;
};

} // namespace relevo::xtream
