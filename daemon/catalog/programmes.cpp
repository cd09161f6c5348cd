// SPDX-License-Identifier: LGPL-2.1-or-later
// A guide, a rule, or blocks.
#include "catalog/programmes.hpp"

#include "base/text.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"

#include <set>
#include <utility>

namespace relevo::catalog {
namespace {

using lineup::Captures;
using lineup::Window;
using model::DummyRule;
using model::Programme;

/// What the templates of a rule, and the time of its event, are made of.
std::set<std::string> capture_names(const lineup::EventTemplates& templates) {
  std::set<std::string> names = {"title", "date", "time", "day", "month", "year", "hour", "minute", "ampm"};
  for (const auto* text :
       {&templates.title, &templates.description, &templates.upcoming_title, &templates.upcoming_description,
        &templates.ended_title, &templates.ended_description})
    for (auto open = text->find('{'); open != std::string::npos; open = text->find('{', open + 1))
      if (const auto close = text->find('}', open); close != std::string::npos)
        names.insert(text->substr(open + 1, close - open - 1));
  return names;
}

/// Of the first match; empty where there is none, or none in time.
std::optional<Captures> capture(const DummyRule& rule, const gx::Regex& regex, const std::string& name) {
  std::optional<Captures> captures;
  const auto searched = regex.replace_all(name, [&](const gx::Regex::Match& match) {
    if (captures) return std::string();
    captures.emplace();
    for (const auto& one : capture_names(rule.templates))
      if (regex.has_group(one)) captures->emplace(one, match.group(one));
    return std::string();
  });
  return searched ? captures : std::nullopt;
}

lineup::UtcOffset always(std::chrono::minutes offset) {
  return [offset](lineup::Moment) { return std::chrono::seconds(offset); };
}

} // namespace

Result<void> check(const DummyRule& rule) {
  if (const auto regex = gx::Regex::compile(rule.pattern); !regex) return tl::unexpected(regex.error());
  constexpr std::chrono::hours kFarthestZone{14};
  if (std::chrono::abs(rule.zone) > kFarthestZone) return fail("no place is so far from UTC");
  if (rule.length < std::chrono::minutes(1) || rule.length > std::chrono::days(1))
    return fail("an event lasts from a minute to a day");
  return {};
}

Programmes::Programmes(sqlite::Database& database, lineup::UtcOffset place)
    : database_(database), place_(std::move(place)) {
  for (auto& rule : store::load_dummy_rules(database))
    if (auto regex = gx::Regex::compile(rule.pattern)) // or else it was refused when it was set
      rules_.push_back({std::move(rule), *std::move(regex)});
}

std::vector<Programme> Programmes::of(const model::Channel& channel, Window window, model::Time now) const {
  auto programmes = of_guide(channel, window);
  if (!programmes.empty()) return programmes;
  for (auto& one : invent(channel.name, window, now))
    programmes.push_back({one.start, one.end, std::move(one.title), {}, std::move(one.description)});
  return programmes;
}

std::vector<Programme> Programmes::of_guide(const model::Channel& channel, Window window) const {
  if (!channel.guide) return {};
  const std::chrono::minutes shift(channel.guide_shift_minutes);
  auto programmes = store::load_programmes(database_, channel.guide->source, channel.guide->channel,
                                           window.from - shift, window.to - shift);
  for (auto& programme : programmes) {
    programme.start += shift;
    programme.stop += shift;
  }
  return programmes;
}

std::vector<lineup::Programme> Programmes::invent(const std::string& name, Window window,
                                                  model::Time now) const {
  for (const auto& [rule, regex] : rules_) {
    const auto captures = capture(rule, regex, name);
    if (!captures) continue;
    lineup::EventRules rules;
    rules.templates = rule.templates;
    rules.length = rule.length;
    rules.block = kDummyBlock;
    rules.written = always(rule.zone);
    rules.shown = place_;
    if (auto event = lineup::make_event(*captures, rules, window, now); !event.empty()) return event;
  }
  return lineup::make_blocks(name, window, kDummyBlock, place_);
}

std::vector<Programme> programmes_of(sqlite::Database& database, const model::Channel& channel, Window window,
                                     model::Time now, const lineup::UtcOffset& place) {
  return Programmes(database, place).of(channel, window, now);
}

} // namespace relevo::catalog
