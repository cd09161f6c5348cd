// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers stand in quotes where portals have always had them so.
#include "stalker/answer.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "stalker/date.hpp"

#include <chrono>

namespace relevo::stalker {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Member {
  std::string_view name;
  std::string_view value;
};

void write_texts(JsonText& json, std::initializer_list<Member> members) {
  for (const auto& [name, value] : members)
    json.name(name).text(value);
}

/// On the clock of that offset.
struct WallTime {
  explicit WallTime(std::int64_t time, std::int64_t utc_offset) {
    const sys_seconds local{seconds(time + utc_offset)};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::hh_mm_ss hours(local - day);
    clock = concat(two_digits(static_cast<unsigned>(hours.hours().count())), ':',
                   two_digits(static_cast<unsigned>(hours.minutes().count())));
    text =
        concat(write_date(day), ' ', clock, ':', two_digits(static_cast<unsigned>(hours.seconds().count())));
  }

  std::string text;  // 2026-11-27 20:15:00
  std::string clock; // 20:15
};

} // namespace

std::string write_answer(std::string_view js) {
  return concat(R"({"js":)", js, R"(,"text":""})");
}

ListWriter::ListWriter(std::size_t items, std::size_t of_a_page, const Page& page) {
  JsonText json(text_);
  json.begin('{').name("js").begin('{');
  json.name("total_items").raw(std::to_string(items));
  json.name("max_page_items").raw(std::to_string(of_a_page));
  json.name("selected_item").raw("0");
  json.name("cur_page").raw(std::to_string(page.number));
  json.name("data").begin('[');
}

std::string ListWriter::finish() && {
  text_ += R"(]},"text":""})";
  return std::move(text_);
}

void write_row(std::string& out, const Genre& genre) {
  JsonText json(out);
  json.begin('{');
  write_texts(json, {{"id", genre.id}, {"title", genre.title}, {"alias", genre.title}});
  json.name("censored").raw("0").name("number").text(std::to_string(genre.number));
  json.name("modified").text("").end('}');
}

void write_row(std::string& out, const Channel& channel) {
  const auto id = std::to_string(channel.id), command = write_command(channel.id);
  JsonText json(out);
  json.begin('{');
  write_texts(json, {{"id", id},
                     {"number", std::to_string(channel.number)},
                     {"name", channel.name},
                     {"cmd", command},
                     {"tv_genre_id", channel.genre},
                     {"logo", channel.logo},
                     {"xmltv_id", channel.guide},
                     // Without it, some clients open the command as it is.
                     {"use_http_tmp_link", "1"},
                     {"use_load_balancing", "0"},
                     {"censored", "0"},
                     {"status", "1"}});
  json.name("open").raw("1").name("lock").raw("0").name("fav").raw("0").name("hd").raw("0");
  json.name("archive").raw("0").name("enable_tv_archive").raw("0").name("tv_archive_duration").raw("0");
  json.name("allow_pvr").raw("0").name("correct_time").raw("0").name("volume_correction").raw("0");
  json.name("cmds").begin('[').begin('{');
  write_texts(json, {{"id", id},
                     {"ch_id", id},
                     {"priority", "0"},
                     {"url", command},
                     {"status", "1"},
                     {"use_http_tmp_link", "1"},
                     {"use_load_balancing", "0"}});
  json.end('}').end(']').end('}');
}

void write_row(std::string& out, const Event& event) {
  const auto channel = std::to_string(event.channel), start = std::to_string(event.start);
  const WallTime from(event.start, event.utc_offset), to(event.stop, event.utc_offset);
  JsonText json(out);
  json.begin('{');
  const auto id = concat(channel, '_', start);
  write_texts(json, {{"id", id},
                     {"real_id", id},
                     {"ch_id", channel},
                     {"name", event.name},
                     {"descr", event.description},
                     {"category", event.category},
                     {"director", event.director},
                     {"actor", event.actor},
                     {"start_timestamp", start},
                     {"stop_timestamp", std::to_string(event.stop)},
                     {"time", from.text},
                     {"time_to", to.text},
                     {"t_time", from.clock},
                     {"t_time_to", to.clock},
                     {"duration", std::to_string(event.stop - event.start)}});
  json.name("mark_archive").raw("0").name("mark_memo").raw("0").name("mark_rec").raw("0").end('}');
}

std::string write_link(std::int64_t channel, std::string_view address, std::string_view error) {
  std::string js;
  JsonText json(js);
  json.begin('{').name("id").text(std::to_string(channel));
  json.name("cmd").text(address.empty() ? std::string() : concat("ffmpeg ", address));
  json.name("streamer_id").raw("0").name("link_id").raw("0").name("load").raw("0");
  json.name("error").text(error).end('}');
  return write_answer(js);
}

} // namespace relevo::stalker
