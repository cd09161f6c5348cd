// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/guide.hpp"
#include "sqlite/database.hpp"
#include "store/accounts.hpp"
#include "store/page.hpp"

#include <unordered_map>

namespace relevo::store {

[[nodiscard]] std::vector<model::GuideSource> load_guide_sources(sqlite::Database& database); // by name
[[nodiscard]] std::optional<model::GuideSource> find_guide_source(sqlite::Database& database,
                                                                  model::GuideSourceId id);
void save_guide_source(sqlite::Database& database, model::GuideSource& source); // new where it has no id
bool erase_guide_source(sqlite::Database& database, model::GuideSourceId id);
[[nodiscard]] RefreshState load_guide_state(sqlite::Database& database, model::GuideSourceId id);
void save_guide_state(sqlite::Database& database, model::GuideSourceId id, const RefreshState& state);

/// Channels of the editions in use.
struct GuideQuery {
  std::optional<model::GuideSourceId> source{};
  std::string text{}; // in its id or its names
  Page page{};
};
/// Sorted by channel or source; else by id.
[[nodiscard]] Slice<model::GuideChannel> list_guide_channels(const sqlite::Database& database,
                                                             const GuideQuery& query);
/// That are on at any time from `from` until before `until`, in their order.
[[nodiscard]] std::vector<model::Programme> load_programmes(const sqlite::Database& database,
                                                            model::GuideSourceId source,
                                                            const std::string& channel, model::Time from,
                                                            model::Time until);
/// What is in use of a guide.
struct Edition {
  model::GuideSourceId source{};
  model::EditionId edition{};
  std::optional<model::Time> refreshed_at{}; // a backup that was put back may give an old number anew

  bool operator==(const Edition&) const = default;
};
/// Of all guides that have one, in the order of their ids: as long as they are the same, so are all
/// programmes.
[[nodiscard]] std::vector<Edition> load_editions(sqlite::Database& database);
/// Of the edition in use.
[[nodiscard]] std::int64_t count_programmes(const sqlite::Database& database, model::GuideSourceId source);

/// A new edition of a guide while it is written: nobody sees it before publish(). Nothing of it is in one
/// transaction, so that others can write between; what never gets published is swept.
class EditionWriter {
 public:
  EditionWriter(sqlite::Database& database, model::GuideSourceId source);

  void add_channel(std::string_view channel, const std::vector<std::string>& names, std::string_view icon);
  /// A channel that was not added gets a place without a name.
  void add_programme(std::string_view channel, const model::Programme& programme);
  [[nodiscard]] std::int64_t programmes() const noexcept { return programmes_; }

  /// Takes the place of the edition that was in use. Inside a transaction of the caller, after finish().
  void publish();
  /// Writes what is left, and ends programmes that have no end where the next ones begin; the last ones get
  /// an hour.
  void finish();

 private:
  std::int64_t channel_id(std::string_view channel);
  void step();

  sqlite::Database& database_;
  model::GuideSourceId source_;
  model::EditionId edition_{};
  std::unordered_map<std::string, std::int64_t> channels_;
  std::string last_channel_;
  std::int64_t last_channel_id_ = 0;
  std::int64_t programmes_ = 0;
  std::size_t in_transaction_ = 0;
  bool endless_ = false; // there are programmes without an end
  std::optional<sqlite::Transaction> transaction_;
  sqlite::Statement insert_programme_;
};

/// Takes away a part of the editions of a source that are not in use, among them one that is being written;
/// false: there was nothing left to take.
bool sweep_editions(sqlite::Database& database, model::GuideSourceId source);

} // namespace relevo::store
