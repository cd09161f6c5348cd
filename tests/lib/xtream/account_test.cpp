// SPDX-License-Identifier: LGPL-2.1-or-later
#include "xtream/account.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xtream;
using namespace std::chrono_literals;

namespace {

const std::string kClassic =
    R"({"user_info":{"username":"demo","password":"demo","message":"","auth":1,"status":"Active",
  "exp_date":"1893456000","is_trial":"0","active_cons":"0","created_at":"1700000000","max_connections":"2",
  "allowed_output_formats":["m3u8","ts","rtmp"]},
 "server_info":{"url":"tv.example","port":"80","https_port":"443","server_protocol":"http","rtmp_port":"8880",
  "timezone":"Europe/London","timestamp_now":1795180000,"time_now":"2026-11-20 13:06:40","process":true}})";

AccountInfo classic() {
  AccountInfo account;
  account.user = "demo";
  account.standing = Standing::Active;
  account.status = "Active";
  account.expires = std::chrono::sys_seconds{1893456000s};
  account.created = std::chrono::sys_seconds{1700000000s};
  account.active_connections = 0;
  account.max_connections = 2;
  account.formats = {"m3u8", "ts", "rtmp"};
  account.server = {
      "tv.example",         80, 443, 8880, "http", "Europe/London", std::chrono::sys_seconds{1795180000s},
      "2026-11-20 13:06:40"};
  return account;
}

AccountInfo user(const std::string& members) {
  const auto account = parse_account(R"({"user_info":{"auth":1,)" + members + "}}");
  REQUIRE(account);
  return *account;
}

ServerInfo server(const std::string& members) {
  const auto account = parse_account(R"({"user_info":{"auth":1},"server_info":{)" + members + "}}");
  REQUIRE(account);
  return account->server;
}

/// "kind: text"; "" where it is not refused.
std::string refused(std::string_view text) {
  const auto account = parse_account(text);
  return account ? "" : concat(name_of(account.error().kind), ": ", account.error().text);
}

} // namespace

TEST_CASE("the account of a classic panel") {
  CHECK(parse_account(kClassic).value() == classic());
}

TEST_CASE("what stands around the answer changes nothing") {
  for (const char* before : {"\xef\xbb\xbf", "\r\n \t",
                             "<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/a[0]</b><br />\n",
                             "PHP Notice: Array {0} [to] string {\n"}) {
    CAPTURE(before);
    CHECK(parse_account(before + kClassic).value() == classic());
    CHECK(parse_account(before + kClassic + "\n<!-- 3 ms -->{").value() == classic());
  }
}

TEST_CASE("numbers, flags and moments in every spelling") {
  for (const char* none : {"null", R"("")", R"("Unlimited")", R"("0")", "0", "-5", "{}", R"("never")"}) {
    CAPTURE(none);
    CHECK_FALSE(user(concat(R"("exp_date":)", none)).expires);
  }
  CHECK_FALSE(user(R"("status":"Active")").expires);
  for (const char* date : {"1893456000", R"("1893456000")", R"(" 1893456000 ")", "1893456000.0"}) {
    CAPTURE(date);
    CHECK(user(concat(R"("exp_date":)", date)).expires == std::chrono::sys_seconds{1893456000s});
  }
  for (const char* flag : {"1", R"("1")", "true", R"("true")"})
    CHECK(user(concat(R"("is_trial":)", flag)).trial);
  for (const char* flag : {"0", R"("0")", "false", R"("")", "null", "[]"})
    CHECK_FALSE(user(concat(R"("is_trial":)", flag)).trial);
  CHECK(user(R"("max_connections":3,"active_cons":"1")").max_connections == 3);
  CHECK(user(R"("max_connections":3,"active_cons":"1")").active_connections == 1);
  CHECK_FALSE(user(R"("max_connections":null)").max_connections);
  CHECK_FALSE(user(R"("max_connections":"-1")").max_connections);
  CHECK_FALSE(user(R"("max_connections":18446744073709551615)").max_connections);
  CHECK(user(R"("username":123)").user == "123");
  CHECK(user(R"("message":" Hello\nyou ")").message == "Hello you");
}

TEST_CASE("formats in an array, in a text, or none") {
  using Texts = std::vector<std::string>;
  CHECK(user(R"("allowed_output_formats":["ts",5,""," m3u8 "])").formats == Texts{"ts", "m3u8"});
  CHECK(user(R"("allowed_output_formats":"ts, m3u8,")").formats == Texts{"ts", "m3u8"});
  CHECK(user(R"("allowed_output_formats":null)").formats.empty());
}

TEST_CASE("the standing is told by the panel's word") {
  struct Row {
    const char* status;
    Standing standing;
  };
  for (const auto& test : {Row{"Active", Standing::Active},
                           {"TRIAL", Standing::Trial},
                           {"Expired", Standing::Expired},
                           {"banned", Standing::Banned},
                           {"Disabled", Standing::Disabled},
                           {"", Standing::Unknown},
                           {"Frozen", Standing::Unknown}}) {
    CAPTURE(test.status);
    const auto account = user(concat(R"("status":")", test.status, '"'));
    CHECK(account.standing == test.standing);
    CHECK(account.status == test.status);
  }
}

TEST_CASE("what the server says of itself") {
  CHECK(server(R"("url":"https://tv.example:8443/x")").host == "tv.example");
  CHECK(server(R"("port":8080)").port == 8080);
  CHECK_FALSE(server(R"("port":"0")").port);
  CHECK_FALSE(server(R"("port":"65536")").port);
  CHECK_FALSE(server(R"("port":"")").port);
  CHECK_FALSE(server(R"("timestamp_now":"soon")").now);
}

TEST_CASE("a damaged part costs only itself") {
  const auto account =
      parse_account(R"({"server_info":{"url":"a"b"},"user_info":{"auth":"1","username":"u"}})").value();
  CHECK(account.user == "u");
  CHECK(account.server == ServerInfo{});
  CHECK(parse_account(R"({"user_info":{"auth":1,"username":"u"},"server_info":{"url":)").value().user == "u");
  CHECK(parse_account(R"({"user_info":{"username":"u"}})").value().user == "u");
}

TEST_CASE("wrong logins are told apart from what is no panel") {
  struct Row {
    const char* text;
    const char* refused;
  };
  for (const auto& test : {
           Row{R"({"user_info":{"auth":0}})", "bad-login: the panel does not know this login"},
           {R"({"user_info":{"auth":"0","message":"Gone"},"server_info":{}})",
            R"(bad-login: the panel does not know this login: "Gone")"},
           {R"({"user_info":{"auth":null}})", "bad-login: the panel does not know this login"},
           {R"({"user_info":{"auth":false,"status":"Active"}})",
            "bad-login: the panel does not know this login"},
           {R"({"user_info":[]})", "bad-login: the panel does not know this login"},
           {R"({"user_info":null})", "bad-login: the panel does not know this login"},
           {R"({"error":"Unauthorized"})", R"(bad-login: the panel refuses this login: "Unauthorized")"},
           {R"({"message":"INVALID CREDENTIALS"})",
            R"(bad-login: the panel refuses this login: "INVALID CREDENTIALS")"},
           {R"({"error":"too many requests"})",
            R"(malformed: an object with "error" instead of the account: "too many requests")"},
           {"{}", "malformed: nothing instead of the account"},
           {"[]", "malformed: nothing instead of the account"},
           {R"([{"user_info":{"auth":1}}])", "malformed: nothing instead of the account"},
           {R"({"user_info":{"auth":1,"username":"u")", "truncated: the account breaks off"},
           {R"({"user_info":{"auth":1,)", "truncated: the account breaks off"},
           {"", "empty: an empty answer: there is no panel, or it does not know the login"},
           {" \r\n", "empty: an empty answer: there is no panel, or it does not know the login"},
           {"null", "empty: null instead of the account"},
           {"<!DOCTYPE html><html><script>var a={\"b\":1}</script>",
            "no-panel: this is a web page and no answer of a panel: \"<!DOCTYPE html><html><script>var a=\""},
           {"Not Found", "no-panel: this is other text and no answer of a panel: \"Not Found\""},
           {"Access denied [code 5] {x}",
            "no-panel: this is other text and no answer of a panel: \"Access denied [code 5] {x}\""},
       }) {
    CAPTURE(test.text);
    CHECK(refused(test.text) == test.refused);
  }
}

TEST_CASE("some refusals are told by the HTTP status") {
  const auto kind = [](int status) {
    const auto refusal = refusal_of_status(status);
    return refusal ? name_of(refusal->kind) : "";
  };
  CHECK(kind(200) == "");
  CHECK(kind(206) == "");
  CHECK(kind(401) == "bad-login");
  CHECK(kind(403) == "bad-login");
  CHECK(kind(404) == "no-panel");
  CHECK(kind(302) == "unavailable");
  CHECK(kind(429) == "unavailable");
  CHECK(kind(503) == "unavailable");
  CHECK(refusal_of_status(403)->text == "the panel does not let this login in (HTTP status 403)");
}
