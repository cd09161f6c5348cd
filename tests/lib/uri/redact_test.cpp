// SPDX-License-Identifier: LGPL-2.1-or-later
#include "uri/redact.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace relevo::uri;

namespace {

struct Row {
  std::string_view given;
  std::string_view expected;
};

} // namespace

TEST_CASE("redact_url hides what opens an account and keeps the rest") {
  static constexpr Row kRows[] = {
      // Nothing to hide.
      {"http://host/list.m3u", "http://host/list.m3u"},
      {"https://host:8443/a/b/c.ts?type=m3u_plus&output=ts",
       "https://host:8443/a/b/c.ts?type=m3u_plus&output=ts"},
      {"", ""},
      {"http://", "http://"},
      {"http://host", "http://host"},
      {"not a url", "not a url"},
      // Userinfo.
      {"http://joe:pw@host/x", "http://***@host/x"},
      {"http://joe@host", "http://***@host"},
      {"http://joe:p@w@host:80/x", "http://***@host:80/x"},
      {"joe:pw@host", "***@host"},
      // Query parameters.
      {"http://h/get.php?username=joe&password=pw&type=m3u",
       "http://h/get.php?username=***&password=***&type=m3u"},
      {"http://h/?USERNAME=joe&Pass=pw", "http://h/?USERNAME=***&Pass=***"},
      {"http://h/?access_token=a&api-key=b&sig=c&play_token=d",
       "http://h/?access_token=***&api-key=***&sig=c&play_token=***"},
      {"http://h/?signature=c&auth=x&token=", "http://h/?signature=***&auth=***&token="},
      {"http://h/load.php?type=stb&sn=123&device_id2=AB&mac=00:1A:79:00:00:01",
       "http://h/load.php?type=stb&sn=***&device_id2=***&mac=***"},
      {"http://h/?u=http%3A%2F%2Fjoe%3Apw%40other%2F", "http://h/?u=***"},
      {"http://h/?next=http://joe:pw@other/", "http://h/?next=***"},
      {"http://h/x#token=abc", "http://h/x#token=***"},
      {"http://h?password=pw", "http://h?password=***"},
      // Xtream Codes paths.
      {"http://h:8080/live/joe/pw/123.ts", "http://h:8080/live/***/***/123.ts"},
      {"http://h/movie/joe/pw/9.mkv", "http://h/movie/***/***/9.mkv"},
      {"http://h/series/joe/pw/9.mkv", "http://h/series/***/***/9.mkv"},
      {"http://h/timeshift/joe/pw/60/2024-01-01:10-00/5.ts",
       "http://h/timeshift/***/***/60/2024-01-01:10-00/5.ts"},
      {"http://h/panel/live/joe/pw/123.m3u8", "http://h/panel/live/***/***/123.m3u8"},
      {"http://h/hlsr/tok/joe/pw/1/2/3.ts", "http://h/hlsr/***/***/***/1/2/3.ts"},
      {"http://h/joe/pw/123", "http://h/***/***/123"},
      {"http://h/joe/pw/123.ts", "http://h/***/***/123.ts"},
      {"http://h/a/b/news.ts", "http://h/a/b/news.ts"},
      {"/live/joe/pw/123.ts", "/live/***/***/123.ts"},
      // MAC addresses and opaque tokens.
      {"http://h/live/00:1A:79:AA:BB:CC/0f/1", "http://h/live/***/***/1"},
      {"http://h/c/00%3a1A%3A79%3Aaa%3abb%3acc/x", "http://h/c/***/x"},
      {"http://h/c/00-1A-79-AA-BB-CC/x", "http://h/c/***/x"},
      {"http://h/ch/9f2c0a1b2c3d4e5f60718293a4b5c6d7/x.ts", "http://h/ch/***/x.ts"},
      {"http://h/a-readable-name-of-a-channel/index.m3u8",
       "http://h/a-readable-name-of-a-channel/index.m3u8"},
      // Headers that players take behind a bar.
      {"http://h/x.ts|User-Agent=a&Cookie=b", "http://h/x.ts|***"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.given);
    CHECK(redact_url(row.given) == row.expected);
  }
}

TEST_CASE("redact_header hides credential headers whole") {
  CHECK(redact_header("Authorization", "Bearer abc") == "***");
  CHECK(redact_header("proxy-authorization", "Basic abc") == "***");
  CHECK(redact_header("COOKIE", "mac=00:1A:79:00:00:01") == "***");
  CHECK(redact_header("Set-Cookie", "a=b") == "***");
  CHECK(redact_header("X-Api-Key", "abc") == "***");
  CHECK(redact_header("User-Agent", "VLC/3.0") == "VLC/3.0");
  CHECK(redact_header("Referer", "http://joe:pw@h/") == "http://***@h/");
}

TEST_CASE("redact_text finds secrets in prose") {
  static constexpr Row kRows[] = {
      {"Could not connect to host: Connection refused", "Could not connect to host: Connection refused"},
      {"GET http://joe:pw@h/x failed", "GET http://***@h/x failed"},
      {"(http://h/?token=a) and <https://h/joe/pw/1>", "(http://h/?token=*** and <https://h/***/***/1>"},
      {"box 00:1A:79:AA:BB:CC is unknown", "box *** is unknown"},
      {"sent Authorization: Bearer abc\nHost: h", "sent Authorization: ***\nHost: h"},
      {"cookie: mac=1; token=2", "cookie: ***"},
      {"00:1A:79:AA:BB:CC:DD", "***:DD"},
      {"://", "://"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.given);
    CHECK(redact_text(row.given) == row.expected);
  }
}

TEST_CASE("any bytes are taken, and redacting twice changes nothing more") {
  static constexpr std::string_view kAlphabet = "ab1:/?#&=@|%3A .-_\"\n\x80";
  std::mt19937 random(7);
  for (int run = 0; run < 20'000; ++run) {
    std::string text;
    for (auto length = random() % 40; length > 0; --length)
      text += kAlphabet[random() % kAlphabet.size()];
    if (random() % 2 == 0) text.insert(0, "http://joe:sesame@h/");
    CAPTURE(text);
    const auto once = redact_url(text);
    CHECK(redact_url(once) == once);
    CHECK(once.find("sesame") == std::string::npos);
    CHECK(redact_text(text).find("sesame") == std::string::npos);
  }
}
