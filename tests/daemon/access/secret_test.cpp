// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/secret.hpp"

#include "access/credentials.hpp"
#include "access/password.hpp"

#include <doctest/doctest.h>
#include <set>
#include <string>

using namespace relevo;
using namespace relevo::access;

TEST_CASE("tokens are text for URLs, and no two are the same") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto token = make_token();
    CHECK(token.size() == 22);
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          token.npos);
    CHECK(seen.insert(token).second);
  }
}

TEST_CASE("what is kept of a token") {
  CHECK(hash_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(csrf_token_of("abc").size() == 32);
  CHECK(csrf_token_of("abc") != hash_of("abc").substr(0, 32));
  CHECK(csrf_token_of("abc") != csrf_token_of("abd"));
  CHECK(same_secret("", ""));
  CHECK(same_secret("abc", "abc"));
  CHECK_FALSE(same_secret("abc", "abd"));
  CHECK_FALSE(same_secret("abc", "ab"));
}

TEST_CASE("passwords are kept as hashes") {
  const auto hash = hash_password("correct horse");
  CHECK(hash.starts_with("$y$"));
  CHECK(hash.find("horse") == hash.npos);
  CHECK(hash != hash_password("correct horse")); // salt
  CHECK(is_password("correct horse", hash));
  CHECK_FALSE(is_password("correct house", hash));
  CHECK_FALSE(is_password("", hash));
  CHECK_FALSE(is_password(std::string("correct horse\0more", 18), hash));
  CHECK_FALSE(is_password(std::string(100'000, 'x'), hash));
  for (const char* nobody : {"", "*", "!", "nonsense", "$y$"})
    CHECK_FALSE(is_password("correct horse", nobody));
  CHECK_FALSE(is_password("", ""));
}

TEST_CASE("what can be a password") {
  CHECK(check_password_form("12345678"));
  CHECK(check_password_form(std::string(256, 'x')));
  CHECK_FALSE(check_password_form("1234567"));
  CHECK_FALSE(check_password_form(std::string(257, 'x')));
  CHECK_FALSE(check_password_form(std::string("1234567") + '\0' + "8"));
}

TEST_CASE("names and passwords of headers") {
  CHECK(parse_basic("Basic YW5uOnNlY3JldA==") == Login({"ann", "secret"}));
  CHECK(parse_basic("basic  YW5uOnNlY3JldA") == Login({"ann", "secret"}));
  CHECK(parse_basic("Basic YW5uOmE6Yg==") == Login({"ann", "a:b"}));
  CHECK(parse_basic("Basic Og==") == Login({"", ""}));
  CHECK(parse_basic("Basic w7w6w7w=") == Login({"\u00fc", "\u00fc"}));
  for (const char* bad : {"", "Basic", "Basic ", "Bearer YW5uOnNlY3JldA==", "Basic YW5u",
                          "Basic YW5uO?NlY3JldA==", "Basic /////w==", "Basic YQA6Yg=="})
    CHECK_FALSE_MESSAGE(parse_basic(bad), bad);
}

TEST_CASE("names and passwords of requests") {
  const net::Fields ann{{"username", "ann"}, {"password", "a b"}}, bob{{"username", "bob"}, {"password", ""}};
  CHECK(find_login({.query = ann}) == Login{"ann", "a b"});
  CHECK(find_login({.query = bob}) == Login{"bob", ""});
  CHECK(find_login({.parameters = ann, .query = bob}) == Login{"ann", "a b"});
  CHECK(find_login({.query = ann, .headers = {{"Authorization", "Basic Ym9iOmI="}}}) == Login{"bob", "b"});
  CHECK(find_login({.query = ann, .headers = {{"Authorization", "Bearer x"}}}) == Login{"ann", "a b"});
  for (const net::Fields& none :
       {net::Fields{}, {{"username", "ann"}}, {{"password", "x"}}, {{"username", ""}, {"password", ""}}})
    CHECK_FALSE(find_login({.query = none}));
}

TEST_CASE("cookies of headers") {
  CHECK(find_cookie("a=1", "a") == "1");
  CHECK(find_cookie("b=2; a=1;c=3", "a") == "1");
  CHECK(find_cookie("b=2; aa=1", "a") == "");
  CHECK(find_cookie("a", "a") == "");
  CHECK(find_cookie("a=", "a") == "");
  CHECK(find_cookie("x=a=1; a=2=3", "a") == "2=3");
  CHECK(find_cookie("", "a") == "");
  CHECK(find_cookie(";;; ;", "a") == "");
}
