// SPDX-License-Identifier: LGPL-2.1-or-later
#include "panel/listing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace relevo;
using namespace relevo::panel;
using nlohmann::json;

namespace {

/// Channels by number; without one where it is empty.
Listing make_listing() {
  Listing listing;
  listing.groups = {{"News", 3}, {"Sport", 4}, {"nobody's", 5}};
  std::int64_t id = 100;
  const auto add = [&](const char* name, std::optional<lineup::ChannelNumber> number, const char* group) {
    model::ListedChannel channel;
    channel.id = {++id};
    channel.number = number;
    channel.name = name;
    channel.group = group;
    listing.lineup.channels.push_back({channel, "guide"});
  };
  add("one", lineup::ChannelNumber{1}, "Sport");
  add("five", lineup::ChannelNumber{5}, "News");
  add("five b", lineup::ChannelNumber{5, 1}, "Sport");
  add("nine", lineup::ChannelNumber{9}, "");
  add("last", {}, "News");
  return listing;
}

template <class Write, class... More>
json written(Write write, const Listing& listing, More... more) {
  std::string text;
  write(listing, more..., [&text](std::string_view block) { text += block; });
  return json::parse(text);
}

} // namespace

TEST_CASE("groups of channels are categories, with numbers that stay") {
  const auto listing = make_listing();
  CHECK(categories_of(listing) == std::vector<Category>{{4, "Sport"}, {3, "News"}, {kNoGroup, "Other"}});
  CHECK(written(&write_categories, listing).at(1).at("category_id") == "3");
  CHECK(written(&write_categories, Listing{}) == json::array());
}

TEST_CASE("players dial whole numbers; the others follow the greatest") {
  const auto rows = written(&write_streams, make_listing(), std::nullopt);
  REQUIRE(rows.size() == 5);
  std::vector<int> nums, ids;
  for (const auto& row : rows) {
    nums.push_back(row.at("num"));
    ids.push_back(row.at("stream_id"));
  }
  CHECK(nums == std::vector{1, 5, 10, 9, 11});
  CHECK(ids == std::vector{101, 102, 103, 104, 105});
}

TEST_CASE("streams of one category") {
  const auto listing = make_listing();
  const auto names = [&](std::int64_t category) {
    std::vector<std::string> found;
    for (const auto& row : written(&write_streams, listing, std::optional(category)))
      found.push_back(row.at("name"));
    return found;
  };
  CHECK(names(3) == std::vector<std::string>{"five", "last"});
  CHECK(names(kNoGroup) == std::vector<std::string>{"nine"});
  CHECK(names(5).empty());
  const auto last = written(&write_streams, listing, std::optional<std::int64_t>(3)).at(1);
  CHECK(last.at("num") == 11); // as among all
}

TEST_CASE("everything in one") {
  const auto all =
      written(&write_everything, make_listing(), std::string_view(R"({"user_info":{"auth":1}})"));
  CHECK(all.at("user_info").at("auth") == 1);
  CHECK(all.at("categories").at("movie") == json::array());
  CHECK(all.at("categories").at("live").size() == 3);
  CHECK(all.at("available_channels").size() == 5);
  CHECK(all.at("available_channels").at("104").at("category_name") == "Other");
  CHECK(written(&write_everything, Listing{}, std::string_view(R"({"a":1})")).at("available_channels") ==
        json::object());
}
