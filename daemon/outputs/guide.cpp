// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel after the other, in blocks of text.
#include "outputs/guide.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "programme_view.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"
#include "xmltv/write.hpp"

namespace relevo::outputs {
namespace {

constexpr std::string_view kGenerator = "Relevo";

/// Counts up whenever the same programmes are written in another way.
constexpr int kFormat = 1;

void write_channel(std::string& out, const LineupChannel& one) {
  const auto& channel = one.channel;
  const auto number = channel.number ? lineup::write(*channel.number) : std::string();
  xmltv::Channel seen;
  seen.id = one.id;
  seen.names.push_back({channel.name, {}});
  if (!number.empty()) seen.names.push_back({number, {}});
  if (!channel.logo.empty()) seen.icons.push_back({channel.logo, {}, {}});
  xmltv::write_channel(out, seen);
}

class State {
 public:
  State& add(std::string_view text) {
    hash_.add(text);
    return *this;
  }
  State& add(std::int64_t number) { return add(std::to_string(number)); }
  State& add(model::Time time) { return add(time.time_since_epoch().count()); }

  [[nodiscard]] std::string text() const { return std::to_string(hash_.value()); }

 private:
  Hash hash_;
};

void add_rule(State& state, const model::DummyRule& rule) {
  state.add(rule.pattern).add(rule.zone.count()).add(rule.length.count());
  const auto& templates = rule.templates;
  state.add(templates.title).add(templates.description);
  state.add(templates.upcoming_title).add(templates.upcoming_description);
  state.add(templates.ended_title).add(templates.ended_description);
}

} // namespace

model::Channel guided(const model::ListedChannel& listed) {
  model::Channel channel;
  channel.id = listed.id;
  channel.name = listed.name;
  if (listed.guide_source) channel.guide = {*listed.guide_source, std::string(listed.guide_channel)};
  channel.guide_shift_minutes = listed.guide_shift_minutes;
  return channel;
}

GuideTime guide_time(model::Time now, std::chrono::hours past, std::chrono::days future) {
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  return {{hour - past, hour + future}, hour};
}

void write_guide(const Lineup& lineup, const catalog::Programmes& programmes, const GuideTime& time,
                 const Sink& sink) {
  Blocks blocks(sink);
  xmltv::write_head(blocks.text(), kGenerator);
  for (const auto& one : lineup) {
    write_channel(blocks.text(), one);
    blocks.pass_on_if_full();
  }
  for (const auto& [channel, id] : lineup)
    for (const auto& programme : programmes.of(guided(channel), time.window, time.now)) {
      const auto details = read_details(programme);
      xmltv::write_programme(blocks.text(), view(programme, details, id, channel.name));
      blocks.pass_on_if_full();
    }
  xmltv::write_tail(blocks.text());
  blocks.pass_on();
}

std::string guide_state(sqlite::Database& database, const Lineup& lineup, const GuideTime& time) {
  State state;
  state.add(kFormat).add(time.window.from).add(time.window.to);
  for (const auto& edition : store::load_editions(database))
    state.add(edition.source.value)
        .add(edition.edition.value)
        .add(edition.refreshed_at.value_or(model::Time{}));
  for (const auto& rule : store::load_dummy_rules(database))
    add_rule(state, rule);
  return state.add(state_of(lineup)).text();
}

} // namespace relevo::outputs
