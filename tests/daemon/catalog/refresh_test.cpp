// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/refresh.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

using namespace relevo;
using catalog::Objection;
using catalog::RefreshOptions;
using catalog::RefreshReport;
using std::chrono::days;

namespace {

struct Entry {
  std::string name{};
  std::string url{};
  std::string group = "All";
  std::string tvg_id{};
};
using Entries = std::vector<Entry>;

class FixedListing final : public sources::Listing {
 public:
  explicit FixedListing(Entries entries) : entries_(std::move(entries)) {}

  /// The second reading fails after so many entries, as if the disk did.
  void break_second_reading_after(std::size_t entries) { breaks_after_ = entries; }

  void cut() { cut_ = true; }

  Result<void> read(const sources::Sink& sink, const gx::CancelToken& token) const override {
    ++readings_;
    std::size_t number = 0;
    for (const auto& entry : entries_) {
      if (token.cancelled()) return fail("cancelled");
      if (readings_ == 2 && number++ == breaks_after_) return fail("the disk is broken");
      if (entry.url.empty()) {
        sink.on_fault({number, "no address"});
        continue;
      }
      model::Found found;
      found.name = entry.name;
      found.url = entry.url;
      found.group = entry.group;
      found.tvg_id = entry.tvg_id;
      sink.on_found(found);
    }
    if (cut_ && sink.on_cut) sink.on_cut();
    return {};
  }

 private:
  Entries entries_;
  bool cut_ = false;
  std::size_t breaks_after_ = SIZE_MAX;
  mutable int readings_ = 0;
};

Entries channels(int number, const std::string& token = "1") {
  Entries entries;
  for (int i = 0; i < number; ++i)
    entries.push_back({"Channel " + std::to_string(i), "http://a/" + std::to_string(i) + "?token=" + token});
  return entries;
}

class Catalogue {
 public:
  Catalogue() {
    account.name = "Ours";
    store::save_account(database, account);
  }

  sources::Got<RefreshReport> refresh(const sources::Listing& listing, RefreshOptions options = {}) {
    options.now = now;
    return catalog::refresh(
        database, account, listing, options, [](const auto&) {}, token);
  }
  RefreshReport refresh(const Entries& entries, RefreshOptions options = {}) {
    const auto report = refresh(FixedListing(entries), options);
    REQUIRE(report);
    return *report;
  }

  /// The streams by name: id, and whether the list still has them.
  std::map<std::string, std::pair<std::int64_t, bool>> streams() {
    std::map<std::string, std::pair<std::int64_t, bool>> all;
    for (const auto& known : store::load_fingerprints(database, account.id)) {
      const auto stream = store::find_stream(database, known.id);
      REQUIRE(stream);
      CHECK(stream->missing_since.has_value() == known.missing);
      all[stream->name] = {known.id.value, !known.missing};
    }
    return all;
  }

  sqlite::Database database = *store::open_in_memory();
  model::Account account;
  model::Time now{std::chrono::seconds(1'000'000)};
  gx::CancelToken token;
};

} // namespace

TEST_CASE("a list becomes streams") {
  Catalogue catalogue;
  const auto report = catalogue.refresh({{"News", "http://a/1", "UK", "news.uk"}, {"Sport", "http://a/2"}});
  CHECK(report.added == 2);
  CHECK(report.new_groups == 2);
  const auto streams = catalogue.streams();
  REQUIRE(streams.size() == 2);
  const auto news = store::find_stream(catalogue.database, {streams.at("News").first});
  CHECK(news->url == "http://a/1");
  CHECK(news->group == "UK");
  CHECK(news->tvg_id == "news.uk");
}

TEST_CASE("the same list again changes nothing") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  const auto report = catalogue.refresh(channels(10));
  CHECK(report.added + report.changed + report.vanished + report.returned == 0);
  CHECK(report.known_by[0] + report.known_by[1] == 10);
  CHECK(catalogue.streams() == before);
}

TEST_CASE("streams keep their ids when their addresses change") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  const auto report = catalogue.refresh(channels(10, "2"));
  CHECK(report.changed == 10);
  CHECK(catalogue.streams() == before);
  CHECK(store::find_stream(catalogue.database, {before.at("Channel 3").first})->url == "http://a/3?token=2");
}

TEST_CASE("what the list no longer has stays for some days") {
  Catalogue catalogue;
  catalogue.account.stale_days = 7;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  auto report = catalogue.refresh(channels(8));
  CHECK(report.vanished == 2);
  CHECK(catalogue.streams().at("Channel 9") == std::pair(before.at("Channel 9").first, false));
  SUBCASE("and comes back as the same") {
    catalogue.now += days(6);
    report = catalogue.refresh(channels(9));
    CHECK(report.returned == 1);
    CHECK(catalogue.streams().at("Channel 8") == before.at("Channel 8"));
    catalogue.now += days(2);
    CHECK(catalogue.refresh(channels(9)).expired == 1);
    CHECK(catalogue.streams().size() == 9);
  }
  SUBCASE("and then goes") {
    catalogue.now += days(7) + std::chrono::seconds(1);
    report = catalogue.refresh(channels(8));
    CHECK(report.expired == 2);
    CHECK(catalogue.streams().size() == 8);
  }
}

TEST_CASE("a list that lost too much changes nothing, until somebody wants it so") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  auto report = catalogue.refresh(channels(5));
  CHECK(report.objection == Objection::Shrunken);
  CHECK(report.vanished_examples.size() == 5);
  CHECK(report.vanished_examples.front().name == "Channel 5");
  CHECK(catalogue.streams() == before);
  report = catalogue.refresh(channels(5), {.accept_losses = true});
  CHECK(report.objection == Objection::Nothing);
  CHECK(report.vanished == 5);
  CHECK(catalogue.streams().at("Channel 7").second == false);
}

TEST_CASE("a list that was cut changes nothing when streams are missing") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  FixedListing listing(channels(9));
  listing.cut();
  const auto report = catalogue.refresh(listing);
  REQUIRE(report);
  CHECK(report->objection == Objection::Cut);
  FixedListing whole(channels(11));
  whole.cut();
  CHECK(catalogue.refresh(whole)->objection == Objection::Nothing);
}

TEST_CASE("a dry run tells what would change") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  Entries after = channels(9);
  after.push_back({"New", "http://a/new", "Films"});
  const auto report = catalogue.refresh(after, {.dry_run = true});
  CHECK(report.added == 1);
  CHECK(report.new_groups == 1);
  REQUIRE(report.added_examples.size() == 1);
  CHECK(report.added_examples[0].name == "New");
  CHECK(report.added_examples[0].group == "Films");
  REQUIRE(report.vanished_examples.size() == 1);
  CHECK(report.vanished_examples[0].name == "Channel 9");
  CHECK(catalogue.streams() == before);
}

TEST_CASE("filters and groups say what is taken") {
  Catalogue catalogue;
  catalogue.account.filters = {{model::Filter::Field::Name, "^UK: News", false},
                               {model::Filter::Field::Name, "uk:", true, false}};
  catalogue.account.new_groups = false;
  store::insert_group(catalogue.database,
                      {{}, catalogue.account.id, model::StreamKind::Live, "Wanted", true});
  const auto report = catalogue.refresh({{"UK: News", "http://a/1", "Wanted"},
                                         {"UK: Sport", "http://a/2", "Wanted"},
                                         {"FR: Sport", "http://a/3", "Wanted"},
                                         {"FR: News", "http://a/4", "Other"}});
  CHECK(report.filtered == 1);
  CHECK(report.unwanted == 1);
  CHECK(catalogue.streams().size() == 2);
  CHECK(store::load_groups(catalogue.database, catalogue.account.id).size() ==
        2); // seen, for the user to choose
}

TEST_CASE("a filter that is no regular expression stops the refresh, and is named") {
  Catalogue catalogue;
  catalogue.account.filters = {{model::Filter::Field::Name, "("}};
  const auto report = catalogue.refresh(FixedListing(channels(1)));
  REQUIRE_FALSE(report);
  CHECK(report.error().message.starts_with("filter 1: "));
  CHECK(report.error().cause == sources::Cause::Filter);
}

TEST_CASE("so does one that takes too long") {
  Catalogue catalogue;
  catalogue.account.filters = {{model::Filter::Field::Name, "(x+x+)+[yz]"}};
  const auto report = catalogue.refresh(FixedListing({{std::string(40, 'x'), "http://a/1"}}));
  REQUIRE_FALSE(report);
  CHECK(report.error().message.find("too expensive") != std::string::npos);
  CHECK(report.error().cause == sources::Cause::Filter);
}

TEST_CASE("duplicates and faults are counted and told") {
  Catalogue catalogue;
  Entries entries = channels(2);
  entries.push_back(entries[0]);
  entries.push_back({"Broken"});
  const auto report = catalogue.refresh(entries);
  CHECK(report.added == 2);
  CHECK(report.duplicates == 1);
  CHECK(report.faults == 1);
  REQUIRE(report.notes.size() == 2);
  CHECK(report.notes[0].message == "\"Channel 0\" is in the list more than once");
  CHECK(report.notes[1].message == "no address");
}

TEST_CASE("whatever breaks, nothing has changed") {
  Catalogue catalogue;
  catalogue.refresh(channels(10));
  const auto before = catalogue.streams();
  SUBCASE("the listing, while it is written") {
    FixedListing listing(channels(20));
    listing.break_second_reading_after(15);
    const auto report = catalogue.refresh(listing);
    REQUIRE_FALSE(report);
    CHECK(report.error().message == "the disk is broken");
    CHECK(report.error().cause == sources::Cause::Unreadable);
  }
  SUBCASE("the database is full") {
    catalogue.database.exec("PRAGMA max_page_count = 1"); // as small as it is now
    CHECK_THROWS_AS(catalogue.refresh(FixedListing(channels(5000))), sqlite::Failure);
    catalogue.database.exec("PRAGMA max_page_count = 1000000");
  }
  SUBCASE("somebody cancels") {
    catalogue.token.cancel();
    const auto report = catalogue.refresh(FixedListing(channels(20)));
    REQUIRE_FALSE(report);
    CHECK(report.error().cause == sources::Cause::Cancelled);
  }
  CHECK(catalogue.streams() == before);
}
