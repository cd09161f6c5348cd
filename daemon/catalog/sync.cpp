// SPDX-License-Identifier: LGPL-2.1-or-later
// What is there is loaded, streams are placed, channels drafted and numbered, and what differs is written.
#include "catalog/sync.hpp"

#include "base/text.hpp"
#include "maker.hpp"
#include "placement.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace relevo::catalog {
namespace {

using model::Channel;
using model::ChannelId;
using model::ChannelStream;
using model::Field;
using model::StreamId;
using store::SyncStream;
using Streams = std::vector<ChannelStream>;

/// A channel as it is going to be.
struct Draft {
  Channel channel;
  Streams streams;
  const Channel* before = nullptr; // null: it is new
  const SyncStream* lead = nullptr;
};

bool has_hand_of_user(const Channel& channel, const Streams& streams) {
  return !channel.settled.empty() || std::ranges::any_of(streams, &ChannelStream::manual);
}

void provide(Channel& channel, model::Provided provided) {
  if (!channel.has_settled(Field::Name)) channel.name = provided.name;
  if (!channel.has_settled(Field::Group)) channel.group = provided.group;
  if (!channel.has_settled(Field::Logo)) channel.logo = provided.logo;
  if (!channel.has_settled(Field::TvgId)) channel.tvg_id = provided.tvg_id;
  channel.provided = std::move(provided);
}

bool differs(const Channel& a, const Channel& b) {
  return a.name != b.name || a.group != b.group || a.logo != b.logo || a.tvg_id != b.tvg_id ||
         a.number != b.number || a.provided != b.provided;
}

class Sync {
 public:
  Sync(sqlite::Database& database, const SyncOptions& options, const gx::CancelToken& token)
      : database_(database), options_(options), token_(token) {}

  Result<SyncReport> run() {
    sqlite::Transaction transaction(database_);
    if (auto loaded = load(); !loaded) return tl::unexpected(loaded.error());
    if (token_.cancelled()) return fail("cancelled");
    const auto placed = place(candidates_, {channels_, memberships_, store::load_separations(database_)});
    for (const auto& one : placed)
      if (auto drafted = draft(one); !drafted) return tl::unexpected(drafted.error());
    sort_out_the_rest();
    number();
    if (token_.cancelled()) return fail("cancelled");
    write();
    if (!options_.dry_run) transaction.commit();
    return std::move(report_);
  }

 private:
  Result<void> load() {
    for (const auto& account : store::load_accounts(database_))
      for (const auto& group : store::load_groups(database_, account.id)) {
        if (!group.sync || !group.wanted) continue;
        auto maker = Maker::compile(group);
        if (!maker) return tl::unexpected(maker.error());
        makers_.emplace(group.id, *std::move(maker));
      }
    streams_ = store::load_sync_streams(database_);
    for (const auto& stream : streams_) {
      const auto& maker = makers_.at(stream.group);
      const auto takes = maker.takes(stream.name);
      if (!takes) return tl::unexpected(takes.error());
      if (*takes)
        candidates_.push_back(
            {&stream, maker.group().name, maker.rule().merge ? model::AccountId{} : maker.group().account});
    }
    channels_ = store::load_channels(database_);
    for (const auto& channel : channels_)
      by_id_.emplace(channel.id, &channel);
    memberships_ = store::load_memberships(database_);
    for (const auto& [channel, stream] : memberships_)
      streams_of_[channel].push_back(stream);
    return {};
  }

  Result<void> draft(const Placed& placed) {
    auto& made = drafts_.emplace_back();
    made.lead = lead_of(placed);
    auto provided = makers_.at(made.lead->group).describe(*made.lead);
    if (!provided) return tl::unexpected(provided.error());
    if (placed.channel) {
      made.before = by_id_.at(placed.channel);
      made.channel = *made.before;
      seen_.insert(placed.channel);
    }
    made.channel.automatic = true;
    provide(made.channel, *std::move(provided));
    made.streams = arrange(placed, made.channel);
    report_.streams += placed.members.size();
    return {};
  }

  /// What the channel is called after: of the preferred account, and in its list.
  [[nodiscard]] const SyncStream* lead_of(const Placed& placed) const {
    const auto rank = [this](const Placed::Member& member) {
      return std::pair(candidates_[member.candidate].stream->resting, member.candidate);
    };
    return candidates_[std::ranges::min_element(placed.members, {}, rank)->candidate].stream;
  }

  /// In the order of quality, and then of preference; but where the user settled it, what is new comes last.
  [[nodiscard]] Streams arrange(const Placed& placed, const Channel& channel) const {
    const auto& before = streams_before(channel.id);
    Streams members;
    for (const auto& member : placed.members) {
      const auto id = candidates_[member.candidate].stream->id;
      const auto known = std::ranges::find(before, id, &ChannelStream::stream);
      if (known != before.end() && (known->manual || member.evidence == lineup::Evidence::User))
        members.push_back(*known);
      else
        members.push_back({id, false, member.confidence, std::string(lineup::describe(member.evidence))});
    }
    const auto is_in = [](const Streams& list, StreamId id) {
      return std::ranges::find(list, id, &ChannelStream::stream) != list.end();
    };
    Streams all;
    if (channel.has_settled(Field::Order)) {
      for (const auto& old : before)
        if (const auto now = std::ranges::find(members, old.stream, &ChannelStream::stream);
            now != members.end())
          all.push_back(*now);
        else if (old.manual)
          all.push_back(old);
      std::ranges::copy_if(members, std::back_inserter(all),
                           [&](const ChannelStream& one) { return !is_in(before, one.stream); });
      return all;
    }
    all = members;
    std::ranges::copy_if(before, std::back_inserter(all),
                         [&](const ChannelStream& old) { return old.manual && !is_in(members, old.stream); });
    return all;
  }

  [[nodiscard]] const Streams& streams_before(ChannelId channel) const {
    static const Streams kNone;
    const auto found = streams_of_.find(channel);
    return found == streams_of_.end() ? kNone : found->second;
  }

  /// Automatic channels that no stream was placed in.
  void sort_out_the_rest() {
    for (const auto& channel : channels_) {
      if (!channel.automatic || seen_.contains(channel.id)) continue;
      const auto& before = streams_before(channel.id);
      if (!has_hand_of_user(channel, before)) {
        removed_.push_back(&channel);
        continue;
      }
      Draft kept{channel, {}, &channel};
      std::ranges::copy_if(before, std::back_inserter(kept.streams), &ChannelStream::manual);
      kept_.push_back(std::move(kept));
    }
  }

  /// Those that have no number get one, of each rule in the order of its list.
  void number() {
    lineup::Reserved reserved;
    std::unordered_set<ChannelId> removed;
    for (const auto* channel : removed_)
      removed.insert(channel->id);
    for (const auto& channel : channels_)
      if (channel.number && !removed.contains(channel.id)) reserved.insert(*channel.number);
    std::vector<model::GroupId> order; // of the rules: the preferred accounts first
    std::map<model::GroupId, std::vector<Draft*>> waiting;
    for (const auto& candidate : candidates_)
      if (waiting.try_emplace(candidate.stream->group).second) order.push_back(candidate.stream->group);
    for (auto& made : drafts_)
      if (!made.channel.number && !made.channel.has_settled(Field::Number))
        waiting[made.lead->group].push_back(&made);
    for (const auto group : order)
      number(makers_.at(group).rule(), waiting.at(group), reserved);
  }

  void number(const model::SyncRule& rule, std::vector<Draft*>& drafts, lineup::Reserved& reserved) {
    std::ranges::sort(drafts, {},
                      [](const Draft* made) { return std::pair(made->lead->position, made->lead->id); });
    std::vector<std::optional<lineup::ChannelNumber>> own;
    for (const auto* made : drafts) {
      const auto number = lineup::parse_channel_number(made->lead->number);
      own.push_back(number ? std::optional(*number) : std::nullopt);
    }
    const auto given = lineup::assign_numbers(rule.numbering, own, {rule.first, rule.last}, reserved);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      drafts[i]->channel.number = given.numbers[i];
      if (given.numbers[i]) reserved.insert(*given.numbers[i]);
    }
    report_.exhausted += given.exhausted;
  }

  void write() {
    using Action = SyncChange::Action;
    std::vector<model::ChannelId> removed;
    for (const auto* channel : removed_) {
      removed.push_back(channel->id);
      tell(Action::Removed, *channel, {});
    }
    store::erase_channels(database_, removed);
    store::ChannelWriter writer(database_);
    for (auto& made : drafts_)
      if (save(writer, made))
        tell(made.before == nullptr ? Action::Created : Action::Updated, made.channel, made.streams);
      else
        ++report_.unchanged;
    for (auto& kept : kept_) {
      save(writer, kept);
      tell(Action::Kept, kept.channel, kept.streams);
    }
  }

  /// Whether there was anything to write.
  bool save(store::ChannelWriter& writer, Draft& made) const {
    const bool channel = made.before == nullptr || differs(*made.before, made.channel);
    const bool streams = made.before == nullptr || made.streams != streams_before(made.channel.id);
    if (channel) writer.save(made.channel);
    if (streams) writer.save_streams(made.channel.id, made.streams);
    return channel || streams;
  }

  void tell(SyncChange::Action action, const Channel& channel, const Streams& streams) {
    const std::array counts = {&report_.created, &report_.updated, &report_.removed, &report_.kept};
    if (++*counts.at(static_cast<std::size_t>(action)) > kMaxChanges) return;
    const bool exists = action != SyncChange::Action::Created || !options_.dry_run;
    report_.changes.push_back(
        {action, exists ? channel.id : ChannelId{}, channel.name, channel.number, streams});
  }

  sqlite::Database& database_;
  const SyncOptions& options_;
  const gx::CancelToken& token_;
  std::unordered_map<model::GroupId, Maker> makers_;
  std::vector<SyncStream> streams_;
  std::vector<Candidate> candidates_;
  std::vector<Channel> channels_;
  std::unordered_map<ChannelId, const Channel*> by_id_;
  std::vector<model::Membership> memberships_;
  std::unordered_map<ChannelId, Streams> streams_of_;
  std::vector<Draft> drafts_;
  std::unordered_set<ChannelId> seen_;
  std::vector<const Channel*> removed_;
  std::vector<Draft> kept_;
  SyncReport report_;
};

} // namespace

Result<SyncReport> sync_channels(sqlite::Database& database, const SyncOptions& options,
                                 const gx::CancelToken& token) {
  return Sync(database, options, token).run();
}

} // namespace relevo::catalog
