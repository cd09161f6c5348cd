// SPDX-License-Identifier: LGPL-2.1-or-later
// Census, comparison, judgement; then a second reading that writes what is new.
#include "catalog/refresh.hpp"

#include "catalog/fingerprint.hpp"
#include "note.hpp"
#include "store/streams.hpp"

#include <map>
#include <set>

namespace relevo::catalog {
namespace {

using model::Found;
using sources::Got;
using OnProgress = std::function<void(const Progress&)>;

struct KnownGroup {
  model::GroupId id{};
  bool wanted = true;
};
using KnownGroups = std::map<GroupKey, KnownGroup>;

KnownGroups load_groups(sqlite::Database& database, model::AccountId account) {
  KnownGroups groups;
  for (auto& group : store::load_groups(database, account))
    groups[{group.kind, std::move(group.name)}] = {group.id, group.wanted};
  return groups;
}

/// One refresh under way.
class Refresh {
 public:
  Refresh(sqlite::Database& database, const model::Account& account, const sources::Listing& listing,
          const RefreshOptions& options, const OnProgress& on_progress, const gx::CancelToken& token)
      : database_(database),
        account_(account),
        listing_(listing),
        options_(options),
        on_progress_(on_progress),
        token_(token) {}

  Got<RefreshReport> run() {
    const auto sieve = Sieve::compile(account_.filters);
    if (!sieve) return sources::fail(sources::Cause::Filter, sieve.error().message);
    groups_ = load_groups(database_, account_.id);
    auto census = take_census(
        listing_, *sieve, [this](const GroupKey& key) { return wants(key); },
        [this](std::size_t done) {
          on_progress_({Phase::Parse, done, 0});
        },
        token_);
    if (!census) return tl::unexpected(census.error());
    census_ = *std::move(census);
    stored_ = store::load_fingerprints(database_, account_.id);
    diff_ = compare(stored_, census_.listed, account_.likenesses);
    report();
    if (!options_.accept_losses) report_.objection = judge();
    if (options_.dry_run || report_.objection != Objection::Nothing) return show();
    return apply();
  }

 private:
  [[nodiscard]] bool wants(const GroupKey& key) const {
    const auto known = groups_.find(key);
    return known == groups_.end() ? account_.new_groups : known->second.wanted;
  }

  [[nodiscard]] bool is_changed(const Match& match) const {
    const Stored& stored = stored_[match.stored];
    return stored.print != census_.listed[match.listed].print;
  }

  [[nodiscard]] Objection judge() const {
    const auto objection = catalog::judge(stored_, census_.listed, diff_, account_.shrink_percent);
    return objection == Objection::Nothing && census_.cut && !diff_.vanished.empty() ? Objection::Cut
                                                                                     : objection;
  }

  void report() {
    report_.listed = census_.listed.size();
    report_.filtered = census_.filtered;
    report_.unwanted = census_.unwanted;
    report_.duplicates = census_.duplicates;
    report_.faults = census_.faults;
    report_.notes = std::move(census_.notes);
    report_.added = diff_.added.size();
    report_.vanished = diff_.vanished.size();
    for (const auto& stored : stored_)
      if (!stored.missing) ++report_.present;
    for (const auto& match : diff_.matches) {
      ++report_.known_by[static_cast<std::size_t>(match.by)];
      if (stored_[match.stored].missing) ++report_.returned;
      if (is_changed(match)) ++report_.changed;
    }
    for (const auto& key : census_.groups)
      if (!groups_.contains(key)) ++report_.new_groups;
  }

  /// Reads the listing again: what is wanted of it, with its place among what is listed.
  Got<void> read_again(const std::function<void(std::uint32_t, const Found&)>& take) const {
    std::size_t entry = 0;
    std::uint32_t place = 0;
    const auto read = listing_.read({.on_found =
                                         [&](const Found& found) {
                                           if (census_.kept.at(entry++)) take(place++, found);
                                         },
                                     .on_fault = [](const sources::Fault&) {}},
                                    token_);
    if (!read) return tl::unexpected(unread(read.error(), token_));
    return {};
  }

  /// What would change, by name.
  Got<RefreshReport> show() {
    auto next = diff_.added.begin();
    const auto read = read_again([&](std::uint32_t place, const Found& found) {
      if (next == diff_.added.end() || *next != place) return;
      ++next;
      if (report_.added_examples.size() < kMaxNotes)
        report_.added_examples.push_back({std::string(found.name), std::string(found.group)});
    });
    if (!read) return tl::unexpected(read.error());
    for (const auto index : diff_.vanished) {
      if (report_.vanished_examples.size() == kMaxNotes) break;
      if (auto stream = store::find_stream(database_, stored_[index].id))
        report_.vanished_examples.push_back({std::move(stream->name), std::move(stream->group)});
    }
    return std::move(report_);
  }

  Got<RefreshReport> apply() {
    sqlite::Transaction transaction(database_);
    for (const auto& key : census_.groups)
      if (!groups_.contains(key))
        groups_[key] = {
            store::insert_group(database_, {{}, account_.id, key.kind, key.name, account_.new_groups}),
            account_.new_groups};
    if (report_.added != 0 || report_.changed != 0)
      if (auto written = write_entries(); !written) return tl::unexpected(written.error());
    mark();
    const auto horizon = options_.now - std::chrono::days(account_.stale_days);
    report_.expired = store::erase_streams_missing_since(database_, account_.id, horizon);
    transaction.commit();
    return std::move(report_);
  }

  Got<void> write_entries() {
    store::StreamWriter writer(database_, account_.id);
    auto match = diff_.matches.begin();
    return read_again([&](std::uint32_t place, const Found& found) {
      if (place % 1000 == 0) on_progress_({Phase::Apply, place, census_.listed.size()});
      const auto& print = census_.listed[place].print;
      if (match == diff_.matches.end() || match->listed != place) {
        writer.insert(found, group_of(found), place, print);
        return;
      }
      if (is_changed(*match)) writer.update(stored_[match->stored].id, found, group_of(found), place, print);
      ++match;
    });
  }

  model::GroupId group_of(const Found& found) {
    if (last_group_.name != found.group || last_group_.kind != found.kind || !last_group_id_) {
      last_group_ = {found.kind, std::string(found.group)};
      last_group_id_ = groups_.at(last_group_).id;
    }
    return last_group_id_;
  }

  /// What is new of the others: whether they are in the list, and where.
  void mark() {
    store::StreamWriter writer(database_, account_.id);
    for (const auto index : diff_.vanished)
      writer.set_missing(stored_[index].id, options_.now);
    for (const auto& match : diff_.matches) {
      const Stored& stored = stored_[match.stored];
      if (stored.missing) writer.set_missing(stored.id, std::nullopt);
      if (stored.position != match.listed) writer.set_position(stored.id, match.listed);
    }
  }

  sqlite::Database& database_;
  const model::Account& account_;
  const sources::Listing& listing_;
  const RefreshOptions& options_;
  const OnProgress& on_progress_;
  const gx::CancelToken& token_;
  KnownGroups groups_;
  Census census_;
  std::vector<Stored> stored_;
  Diff diff_;
  RefreshReport report_;
  GroupKey last_group_;
  model::GroupId last_group_id_;
};

} // namespace

sources::Got<RefreshReport> refresh(sqlite::Database& database, const model::Account& account,
                                    const sources::Listing& listing, const RefreshOptions& options,
                                    const OnProgress& on_progress, const gx::CancelToken& token) {
  return Refresh(database, account, listing, options, on_progress, token).run();
}

} // namespace relevo::catalog
