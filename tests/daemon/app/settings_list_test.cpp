// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/settings_list.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <utility>

using namespace relevo;
using namespace relevo::app;
using model::Setting;

namespace {

Setting find(const std::vector<Setting>& settings, std::string_view group, std::string_view name) {
  const auto found = std::ranges::find_if(
      settings, [&](const Setting& one) { return one.group == group && one.name == name; });
  REQUIRE(found != settings.end());
  return *found;
}

} // namespace

TEST_CASE("every setting is there once, with its default and what it is for") {
  std::set<std::pair<std::string, std::string>> names;
  for (const Setting& one : list_settings("")) {
    CAPTURE(one.group);
    CAPTURE(one.name);
    CHECK(names.emplace(one.group, one.name).second);
    CHECK_FALSE(one.about.empty());
    CHECK(one.about.find('#') == std::string::npos);
    CHECK(one.value == one.fallback);
    CHECK(one.origin == Setting::Origin::Default);
    CHECK(parse_config(concat("[", one.group, "]\n", one.name, " = ", one.value)) == Config{});
  }
  CHECK(names.size() > 30);
}

TEST_CASE("a comment is of the settings behind it, until the next one") {
  const auto settings = list_settings("");
  CHECK(find(settings, "server", "port").about == "0 lets the system choose; the log tells which.");
  CHECK(find(settings, "history", "days").about == find(settings, "history", "events").about);
  CHECK(find(settings, "log", "keep").about == "So many older files stay.");
}

TEST_CASE("what is written in a file holds") {
  const auto settings = list_settings("# mine\n[server]\n  port = 80 \n\n[log]\nlevel=debug");
  CHECK(find(settings, "server", "port").value == "80");
  CHECK(find(settings, "server", "port").fallback == "8383");
  CHECK(find(settings, "server", "port").origin == Setting::Origin::File);
  CHECK(find(settings, "server", "port").about == find(list_settings(""), "server", "port").about);
  CHECK(find(settings, "log", "level").value == "debug");
  CHECK(find(settings, "server", "address").origin == Setting::Origin::Default);
}

TEST_CASE("an option wins") {
  Options options;
  options.config_file = RELEVOD_CONF;
  options.address = "";
  options.port = 1;
  options.log_level = LogLevel::Error;
  const auto settings = list_settings(options);
  REQUIRE(settings);
  CHECK(settings->file == RELEVOD_CONF);
  CHECK(find(settings->all, "server", "address").value == "*");
  CHECK(find(settings->all, "server", "port").value == "1");
  CHECK(find(settings->all, "server", "port").origin == Setting::Origin::Option);
  CHECK(find(settings->all, "log", "level").value == "error");
  CHECK(find(settings->all, "log", "keep").origin == Setting::Origin::File);
  CHECK(find(settings->all, "state", "folder").value.empty());
  options.config_file = "/nowhere";
  CHECK_FALSE(list_settings(options));
}
