// SPDX-License-Identifier: LGPL-2.1-or-later
// What a panel (Xtream Codes) says of channels, categories and programmes: JSON, an object at a time, so that
// a list of any length is written in blocks. Numbers that players know as text are text.
#pragma once

#include "model/guide.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::panel {

/// As JSON writes it. What is no UTF-8, and control characters, are mended.
void append_text(std::string& out, std::string_view text);

struct Category {
  std::int64_t id = 0;
  std::string name{};

  bool operator==(const Category&) const = default;
};
void append_category(std::string& out, const Category& category);

struct LiveStream {
  std::int64_t num = 0; // what players sort and dial by
  std::int64_t id = 0;  // stays for ever: players keep favourites by it
  std::string_view name{};
  std::string_view icon{};
  std::string_view guide_id{}; // in the XMLTV
  std::int64_t category = 0;
};
void append_stream(std::string& out, const LiveStream& stream);
/// With its key, as the list of everything (panel_api.php) has it.
void append_available(std::string& out, const LiveStream& stream, std::string_view category);

/// The zone in which times are written.
struct Zone {
  std::string name = "UTC"; // "Europe/London"
  std::chrono::seconds (*offset)(model::Time) = [](model::Time) { return std::chrono::seconds(0); };

  /// That of this machine, where it has a name.
  [[nodiscard]] static Zone here();
};
[[nodiscard]] std::string write_time(model::Time time, const Zone& zone); // "2026-11-20 15:00:00"

struct GuideRows {
  std::int64_t stream = 0;
  std::string_view guide_id{};
  model::Time now{};
  Zone zone{};
};
/// Title and description in Base64, as players expect them.
void append_programme(std::string& out, const model::Programme& programme, const GuideRows& rows);

} // namespace relevo::panel
