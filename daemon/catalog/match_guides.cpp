// SPDX-License-Identifier: LGPL-2.1-or-later
// An index of all guides; each channel asks it.
#include "catalog/match_guides.hpp"

#include "lineup/guide.hpp"
#include "store/channels.hpp"
#include "store/guide.hpp"
#include "store/guide_reviews.hpp"

#include <limits>
#include <unordered_set>

namespace relevo::catalog {
namespace {

using lineup::Verdict;
using model::Channel;
using model::GuideLink;

class Matching {
 public:
  Matching(sqlite::Database& database, const gx::CancelToken& token) : database_(database), token_(token) {}

  Result<GuideMatchReport> run(std::span<const model::ChannelId> wanted) {
    const std::unordered_set<model::ChannelId> ids(wanted.begin(), wanted.end());
    sqlite::Transaction transaction(database_);
    const auto index = make_index();
    for (auto& channel : store::load_channels(database_)) {
      if (!ids.empty() && !ids.contains(channel.id)) continue;
      if (token_.cancelled()) return fail("cancelled");
      ++report_.channels;
      if ((channel.guide && channel.guide->manual) || channel.has_settled(model::Field::Guide))
        leave(channel);
      else
        take(channel, lineup::match(wanted_of(channel), index));
    }
    transaction.commit();
    return report_;
  }

 private:
  lineup::GuideIndex make_index() {
    std::vector<lineup::GuideChannel> all;
    for (const auto& source : store::load_guide_sources(database_)) {
      if (!source.enabled) continue;
      store::GuideQuery query;
      query.source = source.id;
      query.page.limit = std::numeric_limits<std::int64_t>::max();
      for (auto& channel : store::list_guide_channels(database_, query).items) {
        links_.push_back({source.id, channel.channel});
        all.push_back({std::move(channel.channel), std::move(channel.names), source.priority});
      }
    }
    return lineup::GuideIndex(all);
  }

  static lineup::Wanted wanted_of(const Channel& channel) {
    lineup::Wanted wanted = {{channel.name}, channel.tvg_id, channel.group, {}};
    if (!channel.provided.name.empty() && channel.provided.name != channel.name)
      wanted.names.push_back(channel.provided.name);
    if (channel.number) wanted.number = lineup::write(*channel.number);
    return wanted;
  }

  void leave(const Channel& channel) {
    ++report_.decided;
    store::erase_guide_review(database_, channel.id);
  }

  void take(Channel& channel, const lineup::Match& match) {
    std::vector<GuideLink> found;
    for (const auto& candidate : match.candidates) {
      const auto& link = links_[candidate.guide];
      found.push_back({link.source, link.channel, false, candidate.score, candidate.reason});
    }
    if (match.verdict == Verdict::Accepted) return link(channel, found.front());
    // What was found once stays while it is possible, with what is known of it now.
    for (const auto& one : found)
      if (channel.guide && one.source == channel.guide->source && one.channel == channel.guide->channel)
        return keep(channel);
    if (channel.guide) {
      channel.guide.reset();
      writer_.save(channel);
      ++report_.unlinked;
    }
    if (match.verdict == Verdict::None) {
      store::erase_guide_review(database_, channel.id);
      ++report_.none;
      return;
    }
    store::save_guide_review(database_, {channel.id, match.reason, found});
    ++report_.review;
  }

  void link(Channel& channel, const GuideLink& found) {
    if (channel.guide == found) return keep(channel);
    channel.guide = found;
    writer_.save(channel);
    store::erase_guide_review(database_, channel.id);
    ++report_.linked;
  }

  void keep(const Channel& channel) {
    store::erase_guide_review(database_, channel.id);
    ++report_.unchanged;
  }

  sqlite::Database& database_;
  const gx::CancelToken& token_;
  store::ChannelWriter writer_{database_};
  std::vector<GuideLink> links_; // by the place in the index
  GuideMatchReport report_;
};

} // namespace

Result<GuideMatchReport> match_guides(sqlite::Database& database, std::span<const model::ChannelId> channels,
                                      const gx::CancelToken& token) {
  return Matching(database, token).run(channels);
}

} // namespace relevo::catalog
