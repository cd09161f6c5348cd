// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON by hand: lists have 50,000 rows, and no player waits for a tree of them.
#include "panel/rows.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "gx/handle.hpp"
#include "gx/local_time.hpp"

#include <glib.h>

namespace relevo::panel {
namespace {

/// ,"name":"value"
void append_member(std::string& out, std::string_view name, std::string_view value) {
  ((out += ",\"") += name) += "\":";
  append_text(out, value);
}

std::string base64(std::string_view text) {
  std::string clean;
  if (!is_utf8(text)) {
    append_clean(clean, text);
    text = clean;
  }
  const gx::CString encoded(g_base64_encode(reinterpret_cast<const guchar*>(text.data()), text.size()));
  return encoded.get();
}

std::string seconds_of(model::Time time) {
  return std::to_string(time.time_since_epoch().count());
}

} // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  const auto begin = out.size();
  if (is_plain(text))
    out += text;
  else
    append_clean(out, text);
  // Backslashes first. Both at once, find_first_of() asks anew at each character.
  for (const char special : {'\\', '"'})
    for (auto at = out.find(special, begin); at != std::string::npos; at = out.find(special, at + 2))
      out.insert(at, 1, '\\');
  out += '"';
}

void append_category(std::string& out, const Category& category) {
  out += concat("{\"category_id\":\"", category.id, '"');
  append_member(out, "category_name", category.name);
  out += ",\"parent_id\":0}";
}

void append_stream(std::string& out, const LiveStream& stream) {
  out += concat("{\"num\":", stream.num);
  append_member(out, "name", stream.name);
  out += concat(",\"stream_type\":\"live\",\"stream_id\":", stream.id);
  append_member(out, "stream_icon", stream.icon);
  append_member(out, "epg_channel_id", stream.guide_id);
  out += concat(",\"added\":\"0\",\"is_adult\":\"0\",\"category_id\":\"", stream.category,
                "\",\"category_ids\":[", stream.category,
                "],\"custom_sid\":\"\",\"tv_archive\":0,\"direct_source\":\"\",\"tv_archive_duration\":0,"
                "\"thumbnail\":\"\"}");
}

void append_available(std::string& out, const LiveStream& stream, std::string_view category) {
  out += concat('"', stream.id, "\":{\"num\":", stream.num);
  append_member(out, "name", stream.name);
  out += concat(",\"stream_type\":\"live\",\"type_name\":\"Live Streams\",\"stream_id\":\"", stream.id, '"');
  append_member(out, "stream_icon", stream.icon);
  append_member(out, "epg_channel_id", stream.guide_id);
  out += ",\"added\":\"0\"";
  append_member(out, "category_name", category);
  out += concat(",\"category_id\":\"", stream.category,
                "\",\"series_no\":null,\"live\":\"1\",\"container_extension\":null,\"custom_sid\":\"\","
                "\"tv_archive\":0,\"direct_source\":\"\",\"tv_archive_duration\":0}");
}

Zone Zone::here() {
  auto name = gx::zone_name();
  if (name.empty()) return {};
  return {std::move(name), &gx::utc_offset};
}

std::string write_time(model::Time time, const Zone& zone) {
  const auto local = time + zone.offset(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(local - day);
  const auto two = [](auto number) { return concat(number < 10 ? "0" : "", number); };
  return concat(static_cast<int>(date.year()), '-', two(static_cast<unsigned>(date.month())), '-',
                two(static_cast<unsigned>(date.day())), ' ', two(clock.hours().count()), ':',
                two(clock.minutes().count()), ':', two(clock.seconds().count()));
}

void append_programme(std::string& out, const model::Programme& programme, const GuideRows& rows) {
  const auto start = seconds_of(programme.start), stop = seconds_of(programme.stop);
  const auto end = write_time(programme.stop, rows.zone);
  const bool on = programme.start <= rows.now && rows.now < programme.stop;
  // A channel shows one thing at a time, so the start tells its programmes apart.
  out += concat("{\"id\":\"", start, "\",\"epg_id\":\"", rows.stream, '"');
  append_member(out, "title", base64(programme.title));
  append_member(out, "lang", "");
  append_member(out, "start", write_time(programme.start, rows.zone));
  append_member(out, "end", end);
  append_member(out, "stop", end); // as some players call it
  append_member(out, "description", base64(programme.description));
  append_member(out, "channel_id", rows.guide_id);
  append_member(out, "start_timestamp", start);
  append_member(out, "stop_timestamp", stop);
  out += concat(",\"now_playing\":", on ? 1 : 0, ",\"has_archive\":0,\"stream_id\":\"", rows.stream, "\"}");
}

} // namespace relevo::panel
