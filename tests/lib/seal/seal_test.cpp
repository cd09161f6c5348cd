// SPDX-License-Identifier: LGPL-2.1-or-later
#include "seal/seal.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::seal;

namespace {

constexpr Key kKey{std::byte{7}, std::byte{1}};
constexpr Nonce kNonce{std::byte{9}};

} // namespace

TEST_CASE("what was sealed opens with its key, in its place") {
  for (const std::string& text : {std::string(), std::string("secret"), std::string(1000, '\0')}) {
    const auto sealed = seal::seal(kKey, kNonce, "login.password 7", text);
    CHECK(sealed.size() == text.size() + kOverhead);
    if (!text.empty()) CHECK(sealed.find(text) == std::string::npos);
    CHECK(seal::open(kKey, "login.password 7", sealed) == text);
    CHECK_FALSE(seal::open(kKey, "login.password 8", sealed));
    CHECK_FALSE(seal::open(kKey, "", sealed));
    CHECK_FALSE(seal::open(Key{std::byte{7}, std::byte{2}}, "login.password 7", sealed));
  }
}

TEST_CASE("a changed or cut one does not open") {
  const auto sealed = seal::seal(kKey, kNonce, "place", "secret");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    CAPTURE(i);
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(seal::open(kKey, "place", changed));
    CHECK_FALSE(seal::open(kKey, "place", sealed.substr(0, i)));
  }
  CHECK_FALSE(seal::open(kKey, "place", sealed + '\0'));
  CHECK_FALSE(seal::open(kKey, "place", "plain text that is long enough to be one"));
}

TEST_CASE("it is the cipher of RFC 8439, section 2.8.2") {
  Key key;
  for (std::size_t i = 0; i < key.size(); ++i)
    key[i] = static_cast<std::byte>(0x80 + i);
  const Nonce nonce{std::byte{7},    std::byte{0},    std::byte{0},    std::byte{0},
                    std::byte{0x40}, std::byte{0x41}, std::byte{0x42}, std::byte{0x43},
                    std::byte{0x44}, std::byte{0x45}, std::byte{0x46}, std::byte{0x47}};
  const std::string place("\x50\x51\x52\x53\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7", 12);
  const auto sealed =
      seal::seal(key, nonce, place,
                 "Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                 "for the future, sunscreen would be it.");
  const auto hex = [](std::string_view text) {
    std::string out;
    for (const char c : text)
      for (const int shift : {4, 0})
        out += "0123456789abcdef"[(static_cast<unsigned char>(c) >> shift) & 15];
    return out;
  };
  CHECK(hex(sealed.substr(13, 8)) == "d31a8d34648e60db");
  CHECK(hex(sealed.substr(sealed.size() - 16)) == "1ae10b594f09e26a7e902ecbd0600691");
}
