// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/fields_model.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using admin::Json;
using model::Account;
using model::Login;

namespace {

std::string refusal(const char* json) {
  Account account;
  const auto done = admin::patch(account, Json::parse(json));
  return done ? "" : done.error().message;
}

} // namespace

TEST_CASE("what is written reads as the same value") {
  Account account;
  account.name = "Ours";
  account.kind = model::AccountKind::Xtream;
  account.location = "http://panel/";
  account.enabled = false;
  account.requests = {"VLC", {{"X-A", "1"}, {"X-B", "2"}}, "http://proxy:1"};
  account.refresh = "30 4 * * *";
  account.stale_days = 3;
  account.priority = -2;
  account.connections = 5;
  account.server_group = "g";
  account.shrink_percent = 10;
  account.new_groups = false;
  account.likenesses = {model::Likeness::Title, model::Likeness::Url};
  account.filters = {{model::Filter::Field::Group, "^UK", false, false}};
  auto json = admin::write(account);
  CHECK(json.at("id") == 0);
  json.erase("id");
  CHECK(admin::Codec<Account>::read(json) == account);
}

TEST_CASE("what is not there stays as it is") {
  Account account;
  account.name = "Ours";
  REQUIRE(admin::patch(account, Json::parse(R"({"requests":{"proxy":"p"}})")));
  CHECK(account.name == "Ours");
  CHECK(account.requests.proxy == "p");
}

TEST_CASE("what is wrong is named, and where") {
  const std::pair<const char*, const char*> rows[] = {
      {R"([])", "must be an object"},
      {R"({"nam":"x"})", "there is no \"nam\""},
      {R"({"id":5})", "id: cannot be set"},
      {R"({"name":5})", "name: must be a string"},
      {R"({"enabled":"yes"})", "enabled: must be true or false"},
      {R"({"stale_days":1.5})", "stale_days: must be a whole number"},
      {R"({"stale_days":3000000000})", "stale_days: 3000000000 is out of range"},
      {R"({"stale_days":18446744073709551615})", "stale_days: 18446744073709551615 is out of range"},
      {R"({"kind":"stalker"})", "kind: must be one of m3u, xtream, database, manual"},
      {R"({"filters":[{},{"field":"x"}]})", "filters: [1]: field: must be one of name, group, url"},
      {R"({"requests":{"headers":[{"name":1}]}})", "requests: headers: [0]: name: must be a string"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CHECK(refusal(row.first) == row.second);
  }
}

TEST_CASE("a password can be set and is never shown") {
  Login login;
  REQUIRE(admin::patch(login, Json::parse(R"({"username":"joe","password":"secret","expires":1893456000})")));
  CHECK(login.password == "secret");
  CHECK(login.expires == model::Time(std::chrono::seconds(1893456000)));
  const auto json = admin::write(login);
  CHECK(json.at("username") == "joe");
  CHECK_FALSE(json.contains("password"));
  REQUIRE(admin::patch(login, Json::parse(R"({"expires":null})")));
  CHECK_FALSE(login.expires);
}

TEST_CASE("a type describes itself") {
  const Json schema = admin::Codec<Login>::schema();
  CHECK(schema.at("type") == "object");
  CHECK(schema.at("properties").at("id").at("readOnly") == true);
  CHECK(schema.at("properties").at("password").at("writeOnly") == true);
  CHECK(schema.at("properties").at("expires").at("nullable") == true);
  const Json kinds = admin::Codec<Account>::schema().at("properties").at("kind").at("enum");
  CHECK(kinds == Json::parse(R"(["m3u","xtream","database","manual"])"));
}
