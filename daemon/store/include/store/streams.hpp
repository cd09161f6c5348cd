// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams and their groups in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/past_event.hpp"
#include "model/stream.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

#include <map>

namespace relevo::store {

[[nodiscard]] std::vector<model::Group> load_groups(sqlite::Database& database, model::AccountId account);
/// Of each group, how many streams of it the list still has.
[[nodiscard]] std::map<model::GroupId, std::int64_t> count_streams(sqlite::Database& database,
                                                                   model::AccountId account);
[[nodiscard]] std::optional<model::Group> find_group(sqlite::Database& database, model::GroupId id);
model::GroupId insert_group(sqlite::Database& database, const model::Group& group);
/// False: there is none. The account's list is then read at the next refresh, though it may not have changed.
bool set_group_wanted(sqlite::Database& database, model::GroupId id, bool wanted);
/// How channels are made of it; empty: none are. False: there is no such group.
bool set_group_sync(sqlite::Database& database, model::GroupId id,
                    const std::optional<model::SyncRule>& rule);
/// A JSON object of the user's own properties. False: there is no such stream.
bool set_custom(sqlite::Database& database, model::StreamId id, const std::string& custom);
/// How it is read; empty: as the settings say. False: there is no such stream.
bool set_stream_profile(sqlite::Database& database, model::StreamId id,
                        std::optional<model::StreamProfileId> profile);

/// In the order of their ids.
[[nodiscard]] std::vector<model::KnownStream> load_fingerprints(sqlite::Database& database,
                                                                model::AccountId account);
[[nodiscard]] std::optional<model::Stream> find_stream(sqlite::Database& database, model::StreamId id);
/// That have properties of the user's own or a profile, in the order of their ids.
[[nodiscard]] std::vector<model::Stream> load_custom_streams(sqlite::Database& database);

/// Whether at least so many points of its penalty are left.
struct Penalised {
  bool wanted = true; // false: only those of which there are fewer
  double least = 0;
  model::Moment now{};
  std::chrono::milliseconds half_life{};
};
struct StreamQuery {
  std::optional<model::AccountId> account{};
  std::optional<model::GroupId> group{};
  std::optional<model::StreamKind> kind{};
  std::optional<bool> missing{};
  std::optional<bool> used{}; // by a channel
  std::string text{};         // in its name
  std::optional<bool> measured{};
  std::string codec{};                      // of its video, as it was measured; "": any
  std::optional<std::int64_t> min_height{}; // likewise
  std::optional<Penalised> penalised{};
  Page page{};
};
/// Sorted by name, number, position, group, account or score; else by id.
[[nodiscard]] Slice<model::Stream> list_streams(const sqlite::Database& database, const StreamQuery& query);

/// A stream that channels may be made of: live, in a group that is wanted and has a rule.
struct SyncStream {
  model::StreamId id{};
  model::GroupId group{};
  std::uint32_t position = 0; // in its list
  bool resting = false;       // its list no longer has it, or its account is not enabled
  std::string name{};
  std::string tvg_id{};
  std::string logo{};
  std::string number{};
};
/// Of all accounts, the preferred ones first; inside an account in the order of their ids.
[[nodiscard]] std::vector<SyncStream> load_sync_streams(sqlite::Database& database);

std::size_t erase_streams_missing_since(sqlite::Database& database, model::AccountId account,
                                        model::Time horizon);

/// Writes many streams of one account, inside a transaction of the caller.
class StreamWriter {
 public:
  StreamWriter(sqlite::Database& database, model::AccountId account);

  void insert(const model::Found& found, model::GroupId group, std::uint32_t position,
              const model::Fingerprint& print);
  void update(model::StreamId id, const model::Found& found, model::GroupId group, std::uint32_t position,
              const model::Fingerprint& print);
  void set_missing(model::StreamId id, std::optional<model::Time> since);
  void set_position(model::StreamId id, std::uint32_t position);

 private:
  model::AccountId account_;
  sqlite::Statement insert_;
  sqlite::Statement update_;
  sqlite::Statement set_missing_;
  sqlite::Statement set_position_;
};

} // namespace relevo::store
