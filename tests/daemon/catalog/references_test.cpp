// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/fingerprint.hpp"
#include "catalog/references.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using catalog::StreamReference;

namespace {

constexpr model::Time kNow{std::chrono::seconds(1'000'000)};

StreamReference named(std::string name, std::string url, std::string group = "All") {
  return {model::StreamKind::Live, std::move(name), std::move(url), "", std::move(group), ""};
}

class Catalogue {
 public:
  Catalogue() {
    account.name = "Ours";
    store::save_account(database, account);
    group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "All", true});
  }

  model::StreamId add(const StreamReference& reference) {
    model::Found found;
    found.name = reference.name;
    found.url = reference.url;
    found.group = reference.group;
    store::StreamWriter(database, account.id).insert(found, group, 0, catalog::fingerprint(found));
    return {database.last_insert_id()};
  }

  catalog::Resolved resolve(const std::set<StreamReference>& references) {
    return catalog::resolve(database, account, references, kNow);
  }

  sqlite::Database database = *store::open_in_memory();
  model::Account account;
  model::GroupId group{};
};

} // namespace

TEST_CASE("streams that are there are known again as in a refresh") {
  Catalogue catalogue;
  const auto moved = catalogue.add(named("One", "http://a/1?token=1"));
  const auto renamed = catalogue.add(named("Two", "http://a/2"));
  const auto old = named("One", "http://a/1?token=2");
  const auto other_name = named("Two HD", "http://a/2");
  const auto resolved = catalogue.resolve({old, other_name});
  CHECK(resolved.waiting == 0);
  CHECK(resolved.streams.at(old) == moved);
  CHECK(resolved.streams.at(other_name) == renamed);
}

TEST_CASE("each finds the one that is nearest to it, and none is taken twice") {
  Catalogue catalogue;
  const auto first = catalogue.add(named("One", "http://a/1"));
  const auto a = named("One", "http://a/1");
  const auto b = named("One", "http://b/1");
  const auto resolved = catalogue.resolve({a, b});
  CHECK(resolved.streams.at(a) == first);
  CHECK(resolved.streams.at(b) != first);
  CHECK(resolved.waiting == 1);
}

TEST_CASE("streams that are not there wait for a refresh, in their group") {
  Catalogue catalogue;
  catalogue.account.new_groups = false;
  const auto here = named("One", "http://a/1");
  const auto elsewhere = named("Two", "http://a/2", "Sport");
  const auto resolved = catalogue.resolve({here, elsewhere});
  CHECK(resolved.waiting == 2);
  for (const auto& [reference, id] : resolved.streams) {
    const auto stream = store::find_stream(catalogue.database, id);
    REQUIRE(stream);
    CHECK(stream->name == reference.name);
    CHECK(stream->group == reference.group);
    CHECK(stream->missing_since == kNow);
  }
  const auto groups = store::load_groups(catalogue.database, catalogue.account.id);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].wanted);
  CHECK_FALSE(groups[1].wanted);
  CHECK(catalogue.resolve({here, elsewhere}).streams == resolved.streams);
}
