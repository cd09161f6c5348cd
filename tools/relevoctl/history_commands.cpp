// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened, as lines that people read.
#include "base/text.hpp"
#include "command.hpp"
#include "output.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <thread>

namespace relevo::ctl {
namespace {

using EventId = std::int64_t;
using Events = std::map<EventId, Json>; // the oldest first

constexpr std::chrono::milliseconds kLookAgain{300};
constexpr int kMostAtOnce = 1000;

/// By its number, else by its name: history knows channels that are no longer there.
std::string channel_filter(Api& api, const std::string& wanted) {
  std::string filter = concat("&subject=", percent_encode(wanted));
  api.each("/channels", [&](const Json& channel) {
    if (channel.at("number") == wanted || channel.at("uuid") == wanted)
      filter = concat("&channel=", channel.at("id").get<std::int64_t>());
  });
  return filter;
}

int read_limit(const Arguments& arguments) {
  constexpr int kUsual = 50;
  const auto text = arguments.value("--limit");
  if (!text) return kUsual;
  const auto limit = parse_number<int>(*text);
  if (!limit || *limit < 1 || *limit > kMostAtOnce)
    throw UsageError(concat("--limit needs a number from 1 to ", kMostAtOnce, ", not ", quote(*text)));
  return *limit;
}

/// Columns only become wider, so that lines which come later stand below each other, too.
class Lines {
 public:
  void write(const Events& events) {
    for (const auto& [id, event] : events)
      width_ = std::max(width_, event.at("subject").get_ref<const std::string&>().size());
    for (const auto& [id, event] : events)
      write_one(event);
  }

 private:
  void write_one(const Json& event) const {
    std::string subject = event.at("subject");
    subject.append(width_ - subject.size(), ' ');
    auto line = concat(write_moment(event.at("at_ms").get<std::int64_t>()), "  ", subject, "  ",
                       event.at("summary").get<std::string>());
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    print(line + '\n');
  }

  std::size_t width_ = 0;
};

/// What came after the last one that was seen.
Events later_than(Api& api, const std::string& filter, EventId last) {
  Events events;
  const auto path = concat("/history?after=", last, filter);
  // While pages are turned the list may grow at its front: what is seen twice is one.
  api.each(path, [&](const Json& event) { events.emplace(event.at("id").get<EventId>(), event); });
  return events;
}

/// A daemon that has gone may come back, and tell what happened.
[[noreturn]] void follow(Api& api, const std::string& filter, EventId last, Lines lines) {
  for (bool told = false;; std::this_thread::sleep_for(kLookAgain)) {
    try {
      const auto events = later_than(api, filter, last);
      lines.write(events);
      if (!events.empty()) last = events.rbegin()->first;
      told = false;
    } catch (const Failed& failure) {
      if (!std::exchange(told, true)) std::fprintf(stderr, "relevoctl: %s; waiting for it\n", failure.what());
    }
  }
}

int show_events(Api& api, Words words) {
  const Arguments arguments(words, {}, {"--channel", "--kind", "--limit"}, {"--follow"});
  const int limit = read_limit(arguments);
  std::string filter;
  if (const auto kind = arguments.value("--kind")) filter += concat("&kind=", percent_encode(*kind));
  if (const auto channel = arguments.value("--channel")) filter += channel_filter(api, *channel);
  Events events;
  const auto page = api.get(concat("/history?limit=", limit, filter));
  for (const auto& event : page.at("items"))
    events.emplace(event.at("id").get<EventId>(), event);
  Lines lines;
  lines.write(events);
  if (arguments.has("--follow")) follow(api, filter, events.empty() ? 0 : events.rbegin()->first, lines);
  return kGood;
}

} // namespace

std::vector<Command> history_commands() {
  return {{"events", "", show_events}};
}

} // namespace relevo::ctl
