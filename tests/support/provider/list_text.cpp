// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows of every kind of list.
#include "provider/list_text.hpp"

#include "base/text.hpp"
#include "provider/http_message.hpp"

#include <array>

namespace relevo::provider {
namespace {

constexpr std::string_view kWarning =
    "<br />\n<b>Warning</b>:  Undefined array key \"stream\" in <b>/home/panel/www/{api}[1].php</b> on line "
    "<b>7</b><br />\n";
constexpr std::uint64_t kAdded = 1'700'000'000; // of the first row

std::string padded(unsigned value, std::size_t digits) {
  auto text = std::to_string(value);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string xmltv_time(std::chrono::sys_seconds at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const auto seconds = static_cast<unsigned>((at - day).count());
  return concat(static_cast<int>(date.year()), padded(static_cast<unsigned>(date.month()), 2),
                padded(static_cast<unsigned>(date.day()), 2), padded(seconds / 3600, 2),
                padded(seconds / 60 % 60, 2), padded(seconds % 60, 2), " +0000");
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

std::string category_row(const Catalogue& catalogue, Types types, std::size_t category) {
  JsonObject row(types);
  row.numeric_text("category_id", category + 1);
  row.text("category_name", catalogue.category_name(category));
  row.integer("parent_id", 0);
  return row.write();
}

void add_categories(JsonObject& object, const Catalogue::Row& row) {
  object.numeric_text("category_id", row.category + 1);
  object.raw("category_ids", concat('[', row.category + 1, ']'));
}

std::string live_row(const Catalogue::Row& row, const std::string& logos, Types types) {
  const bool archive = row.noise % 5 == 0;
  JsonObject object(types);
  object.integer("num", row.index + 1);
  object.text("name", row.name);
  object.text("stream_type", "live");
  object.integer("stream_id", row.id);
  object.optional_text("stream_icon", concat(logos, row.index + 1, ".svg"));
  if (row.guide_id.empty())
    object.raw("epg_channel_id", "null");
  else
    object.optional_text("epg_channel_id", row.guide_id);
  object.numeric_text("added", kAdded + row.index);
  object.numeric_text("is_adult", row.noise % 97 == 0 ? 1 : 0);
  add_categories(object, row);
  object.optional_text("custom_sid", "");
  object.integer("tv_archive", archive ? 1 : 0);
  object.optional_text("direct_source", "");
  object.integer("tv_archive_duration", archive ? 7 : 0);
  return object.write();
}

/// What titles and series share.
void add_story(JsonObject& object, const Catalogue::Row& row) {
  object.numeric_text("rating", row.noise % 10);
  object.integer("rating_5based", row.noise % 10 / 2);
  object.optional_text("plot", concat("Somebody looks for \"", row.name, "\" and finds it."));
  object.optional_text("cast", "A. One, B. Two");
  object.optional_text("director", "C. Three");
  object.optional_text("genre", "Drama");
  object.optional_text("youtube_trailer", "");
  object.numeric_text("episode_run_time", 20 + row.noise % 100);
  add_categories(object, row);
}

std::string vod_row(const Catalogue::Row& row, Types types) {
  JsonObject object(types);
  object.integer("num", row.index + 1);
  object.text("name", row.name);
  object.text("title", row.name);
  object.numeric_text("year", 1950 + row.noise % 75);
  object.text("stream_type", "movie");
  object.integer("stream_id", row.id);
  object.optional_text("stream_icon", concat("http://icons.test/film", row.index + 1, ".jpg"));
  object.numeric_text("added", kAdded + row.index);
  object.text("container_extension", row.noise % 2 == 0 ? "mkv" : "mp4");
  object.optional_text("release_date", concat(1950 + row.noise % 75, "-05-17"));
  object.optional_text("custom_sid", "");
  object.optional_text("direct_source", "");
  add_story(object, row);
  return object.write();
}

std::string series_row(const Catalogue::Row& row, Types types) {
  JsonObject object(types);
  object.integer("num", row.index + 1);
  object.text("name", row.name);
  object.integer("series_id", row.id);
  object.optional_text("cover", concat("http://icons.test/series", row.index + 1, ".jpg"));
  object.optional_text("releaseDate", concat(1950 + row.noise % 75, "-05-17"));
  object.optional_text("release_date", concat(1950 + row.noise % 75, "-05-17"));
  object.numeric_text("last_modified", kAdded + row.index);
  object.raw("backdrop_path", R"(["http://icons.test/a.jpg"])");
  add_story(object, row);
  return object.write();
}

std::string panel_row(const Catalogue& catalogue, const PanelListSettings& settings, std::size_t position) {
  using enum PanelList;
  if (settings.list == LiveCategories || settings.list == VodCategories || settings.list == SeriesCategories)
    return category_row(catalogue, settings.types, position);
  const auto row = catalogue.row(position);
  if (settings.category && *settings.category != row.category) return {};
  if (settings.list == Vod) return vod_row(row, settings.types);
  return settings.list == Series ? series_row(row, settings.types)
                                 : live_row(row, settings.logos, settings.types);
}

} // namespace

void JsonObject::integer(std::string_view name, std::uint64_t value) {
  raw(name, types_ == Types::Strings ? concat('"', value, '"') : std::to_string(value));
}

void JsonObject::numeric_text(std::string_view name, std::uint64_t value) {
  raw(name, types_ == Types::Ints ? std::to_string(value) : concat('"', value, '"'));
}

void JsonObject::text(std::string_view name, std::string_view value) {
  raw(name, json_string(value));
}

void JsonObject::optional_text(std::string_view name, std::string_view value) {
  if (types_ == Types::Null)
    raw(name, "null");
  else
    text(name, types_ == Types::Blank ? "" : value);
}

void JsonObject::raw(std::string_view name, std::string_view value) {
  out_ += concat(out_.empty() ? "\"" : ",\"", name, "\":", value);
}

ListText panel_list(const Catalogue& catalogue, const PanelListSettings& settings) {
  using enum PanelList;
  const bool rows = settings.list == Live || settings.list == Vod || settings.list == Series;
  const auto row = [catalogue, settings](std::size_t position) {
    const auto text = panel_row(catalogue, settings, position);
    return settings.keyed && !text.empty() ? concat('"', position, "\":", text) : text;
  };
  return {"application/json",
          concat(settings.warning ? kWarning : "", settings.keyed ? "{" : "["),
          rows ? catalogue.size() : catalogue.categories(),
          row,
          ",",
          settings.keyed ? "}" : "]"};
}

ListText m3u_list(const Catalogue& catalogue, M3uSettings settings) {
  const std::string guide =
      settings.guide.empty() || !settings.plus ? "" : concat(" url-tvg=\"", settings.guide, '"');
  const auto row = [catalogue, settings = std::move(settings)](std::size_t position) {
    const auto entry = catalogue.row(position);
    std::string line = "#EXTINF:-1";
    if (settings.plus)
      line +=
          concat(" tvg-id=\"", entry.guide_id, "\" tvg-name=\"", entry.name, "\" tvg-logo=\"", settings.logos,
                 entry.index + 1, ".svg\" group-title=\"", catalogue.category_name(entry.category), '"');
    return concat(line, ',', entry.name, '\n', settings.before_id, entry.id, settings.after_id, '\n');
  };
  return {"audio/x-mpegurl", concat("#EXTM3U", guide, '\n'), catalogue.size(), row, "", ""};
}

ListText guide_text(const Catalogue& catalogue, const GuideSettings& settings) {
  // Channels first, then the programmes of each.
  const auto row = [catalogue, settings](std::size_t position) {
    const auto channel = catalogue.row(position % catalogue.size());
    if (channel.guide_id.empty()) return std::string();
    if (position < catalogue.size())
      return concat("<channel id=\"", channel.guide_id, "\"><display-name>", xml(channel.name),
                    "</display-name></channel>\n");
    std::string out;
    for (std::size_t i = 0; i < settings.programmes; ++i) {
      const auto begin = settings.start + std::chrono::hours{i};
      out += concat("<programme start=\"", xmltv_time(begin), "\" stop=\"",
                    xmltv_time(begin + std::chrono::hours{1}), "\" channel=\"", channel.guide_id,
                    "\"><title>Programme ", i + 1, " of ", xml(channel.name), "</title></programme>\n");
    }
    return out;
  };
  return {"application/xml",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tv generator-info-name=\"provider\">\n",
          2 * catalogue.size(),
          row,
          "",
          "</tv>\n"};
}

} // namespace relevo::provider
