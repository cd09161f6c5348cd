// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts with streams, and the channels that are made of them.
#pragma once

#include "base/text.hpp"
#include "catalog/sync.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

namespace relevo {

struct SyncFixture {
  sqlite::Database database = *store::open_in_memory();
  std::map<std::string, model::Account> accounts;
  std::map<std::string, model::GroupId> groups; // "account/group"
  std::uint32_t position = 0;

  /// With a group "UK" that has the rule.
  void add_account(const std::string& name, int priority, const model::SyncRule& rule = {}) {
    auto& account = accounts[name];
    account.name = name;
    account.priority = priority;
    store::save_account(database, account);
    add_group(name, "UK", rule);
  }

  void add_group(const std::string& account, const std::string& name,
                 const std::optional<model::SyncRule>& rule) {
    const auto id =
        store::insert_group(database, {{}, accounts.at(account).id, model::StreamKind::Live, name, true});
    groups[concat(account, '/', name)] = id;
    store::set_group_sync(database, id, rule);
  }

  model::StreamId add(const std::string& account, std::string_view name, std::string_view tvg_id = "",
                      std::string_view number = "", const std::string& group = "UK") {
    model::Found found;
    found.name = name;
    found.tvg_id = tvg_id;
    found.number = number;
    store::StreamWriter(database, accounts.at(account).id)
        .insert(found, groups.at(concat(account, '/', group)), position++, {});
    return {database.last_insert_id()};
  }

  void rename(model::StreamId id, std::string_view name) {
    sqlite::Statement(database, "UPDATE stream SET name = ? WHERE id = ?").run(name, id.value);
  }
  void erase(model::StreamId id) {
    sqlite::Statement(database, "DELETE FROM stream WHERE id = ?").run(id.value);
  }

  catalog::SyncReport sync(bool dry_run = false) {
    const auto report = catalog::sync_channels(database, {dry_run}, {});
    REQUIRE(report);
    return *report;
  }

  /// "1 News: a b | 2 Sport: c", in the order of the numbers; the streams by their names.
  std::string lineup() {
    auto channels = store::load_channels(database);
    std::ranges::stable_sort(channels, {}, [](const auto& channel) {
      return channel.number.value_or(model::ChannelNumber{lineup::kMostMajor, 0});
    });
    std::string out;
    for (const auto& channel : channels) {
      out += concat(out.empty() ? "" : " | ", channel.number ? lineup::write(*channel.number) : "-", ' ',
                    channel.name, ':');
      for (const auto& one : store::load_channel_streams(database, channel.id))
        out += concat(' ', store::find_stream(database, one.stream)->name);
    }
    return out;
  }

  /// The channel that has the stream.
  model::Channel channel_of(model::StreamId stream) {
    std::optional<model::Channel> found;
    for (const auto& one : store::load_memberships(database))
      if (one.stream.stream == stream) found = store::find_channel(database, one.channel);
    REQUIRE(found);
    return *found;
  }

  std::vector<model::StreamId> streams_of(model::ChannelId channel) {
    std::vector<model::StreamId> streams;
    for (const auto& one : store::load_channel_streams(database, channel))
      streams.push_back(one.stream);
    return streams;
  }
};

} // namespace relevo
