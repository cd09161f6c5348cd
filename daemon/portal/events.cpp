// SPDX-License-Identifier: LGPL-2.1-or-later
// The guide, in the portions in which boxes want it.
#include "base/text.hpp"
#include "calls.hpp"
#include "catalog/programmes.hpp"
#include "gx/local_time.hpp"
#include "outputs/blocks.hpp"
#include "outputs/guide.hpp"
#include "outputs/lineup.hpp"
#include "stalker/date.hpp"
#include "store/users.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

namespace relevo::portal {
namespace {

using Json = nlohmann::json;
using std::chrono::days;
using std::chrono::hours;

constexpr std::size_t kDayItems = 10; // of a page of a day
constexpr std::size_t kUsualNext = 5, kMostNext = 50;
constexpr hours kNextWindow{48}; // in which the next ones are looked for
constexpr int kUsualHours = 3, kMostHours = 7 * 24;
constexpr int kWeek = 7;
constexpr int kFormat = 1; // counts up whenever the same programmes are written in another way

/// Of a list of pairs, as the guide keeps what has a language or a role; `second`: of those alone.
std::string join_first(const Json& details, const char* name, std::string_view second = {}) {
  std::string all;
  const auto list = details.find(name);
  if (list == details.end() || !list->is_array()) return all;
  for (const auto& item : *list) {
    const auto text_at = [&item](std::size_t at) {
      if (!item.is_array()) return at == 0 && item.is_string() ? item.get<std::string>() : std::string();
      return at < item.size() && item[at].is_string() ? item[at].get<std::string>() : std::string();
    };
    const bool roles = !second.empty();
    if (roles && text_at(0) != second) continue;
    const auto text = text_at(roles ? 1 : 0);
    if (!text.empty()) all += concat(all.empty() ? "" : ", ", text);
  }
  return all;
}

/// One without a title has the name of its channel, as in the guide of all players.
void write_event(std::string& out, const model::Channel& channel, const model::Programme& programme) {
  auto details = Json::parse(programme.details, nullptr, false);
  if (!details.is_object()) details = Json::object();
  const auto category = join_first(details, "category"),
             director = join_first(details, "credits", "director"),
             actor = join_first(details, "credits", "actor");
  write_row(out, stalker::Event{.channel = channel.id.value,
                                .start = programme.start.time_since_epoch().count(),
                                .stop = programme.stop.time_since_epoch().count(),
                                .utc_offset = gx::utc_offset(programme.start).count(),
                                .name = programme.title.empty() ? channel.name : programme.title,
                                .description = programme.description,
                                .category = category,
                                .director = director,
                                .actor = actor});
}

/// The one that is asked about.
std::optional<model::Channel> find_channel(const Call& call) {
  return store::find_seen_channel(call.database, call.user, parse_number<std::int64_t>(call.value("ch_id")));
}

std::vector<model::Programme> load(const Call& call, const model::Channel& channel, lineup::Window window) {
  return catalog::programmes_of(call.database, channel, window, call.now, gx::utc_offset);
}

/// The programmes of one channel are in memory at a time.
void write_events(const outputs::Lineup& lineup, const outputs::GuideTime& time, sqlite::Database& database,
                  const outputs::Sink& sink) {
  const catalog::Programmes programmes(database, gx::utc_offset);
  outputs::Blocks blocks(sink);
  blocks.text() += R"({"js":{"data":{)";
  std::string row, comma;
  for (const auto& one : lineup) {
    const auto channel = outputs::guided(one.channel);
    row = concat(std::exchange(comma, ","), '"', channel.id.value, "\":[");
    for (const auto& event : programmes.of(channel, time.window, time.now))
      write_event(row, channel, event);
    blocks.text().append(row).append("]");
    blocks.pass_on_if_full();
  }
  blocks.text() += R"(}},"text":""})";
  blocks.pass_on();
}

/// On the clock of this machine's zone.
std::chrono::sys_days today(model::Time now) {
  return std::chrono::floor<days>(now + gx::utc_offset(now));
}

/// From midnight to midnight there.
lineup::Window window_of(std::chrono::sys_days day) {
  const auto midnight = [](std::chrono::sys_days date) { return model::Time(date) - gx::utc_offset(date); };
  return {midnight(day), midnight(day + days(1))};
}

} // namespace

std::string list_next_events(const Call& call) {
  const auto channel = find_channel(call);
  if (!channel) return stalker::write_answer("[]");
  const auto wanted = std::clamp<std::size_t>(
      parse_number<std::size_t>(call.value("size")).value_or(kUsualNext), 1, kMostNext);
  auto events = load(call, *channel, {call.now, call.now + kNextWindow});
  events.resize(std::min(events.size(), wanted));
  std::string js = "[";
  for (const auto& event : events)
    write_event(js, *channel, event);
  return stalker::write_answer(js + "]");
}

LongAnswer list_all_events(const Call& call) {
  const hours period(
      std::clamp(parse_number<int>(call.value("period")).value_or(kUsualHours), 1, kMostHours));
  // Portals have always given two hours more than they were asked for; and one, because it begins with the
  // hour, so that what is asked twice within it is the same.
  const auto hour = std::chrono::floor<hours>(call.now);
  const outputs::GuideTime time{{hour, hour + period + hours(3)}, hour};
  return {concat("events ", hour.time_since_epoch().count(), ' ', period.count()),
          [&user = call.user, time](sqlite::Database& database) {
            const auto lineup = std::make_shared<const outputs::Lineup>(load_lineup(database, user));
            return outputs::Edition{concat(kFormat, ' ', guide_state(database, *lineup, time)),
                                    [lineup, time](sqlite::Database& in_writing, const outputs::Sink& sink) {
                                      write_events(*lineup, time, in_writing, sink);
                                    }};
          }};
}

std::string list_day(const Call& call) {
  const auto channel = find_channel(call);
  const auto window = window_of(stalker::parse_date(call.value("date")).value_or(today(call.now)));
  const auto events = channel ? load(call, *channel, window) : std::vector<model::Programme>();
  const auto page = stalker::cut_page(call.value("p"), events.size(), kDayItems);
  auto text = stalker::write_list_head(events.size(), kDayItems, page);
  for (const auto& event : std::span(events).subspan(page.first, page.size))
    write_event(text, *channel, event);
  return text.append(stalker::list_tail());
}

std::string list_week(const Call& call) {
  Json week = Json::array();
  const auto first = today(call.now);
  for (int i = 0; i < kWeek; ++i) {
    const auto date = stalker::write_date(first + days(i));
    week.push_back({{"f_human", date}, {"f_mysql", date}, {"today", i == 0 ? 1 : 0}});
  }
  return stalker::write_answer(week.dump());
}

} // namespace relevo::portal
