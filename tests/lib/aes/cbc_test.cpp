// SPDX-License-Identifier: LGPL-2.1-or-later
#include "aes/cbc.hpp"

#include "aes_laws.hpp"
#include "hex.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::aes;
using relevo::test::encrypt;
using relevo::test::encrypt_blocks;

namespace {

// NIST SP 800-38A, F.2.1 and F.2.2.
constexpr Key kKey{0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                   0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
constexpr Vector kVector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
constexpr std::string_view kPlain = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                                    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
constexpr std::string_view kCipher = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                                     "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7";

struct Opened {
  std::vector<std::byte> bytes;
  Ending ending{};
};

Opened open(Bytes bytes, const Key& key = kKey) {
  CbcDecryptor decryptor(key, kVector);
  Opened opened;
  decryptor.push(bytes, opened.bytes);
  opened.ending = decryptor.finish(opened.bytes);
  return opened;
}

std::vector<std::byte> noise(std::size_t size) {
  std::minstd_rand random(7);
  std::vector<std::byte> bytes(size);
  for (auto& b : bytes)
    b = static_cast<std::byte>(random() >> 8);
  return bytes;
}

} // namespace

TEST_CASE("the vectors of NIST, which have no padding") {
  const Opened opened = open(test::from_hex(kCipher));
  CHECK(opened.bytes == test::from_hex(kPlain));
  CHECK(opened.ending == Ending::Unpadded);
  CHECK(encrypt_blocks(kKey, kVector, test::from_hex(kPlain)) == test::from_hex(kCipher));
}

TEST_CASE("padding of every size is taken off") {
  for (std::size_t size = 0; size <= 48; ++size) {
    CAPTURE(size);
    const auto plain = noise(size);
    const Opened opened = open(encrypt(kKey, kVector, plain));
    CHECK(opened.bytes == plain);
    CHECK(opened.ending == Ending::Padded);
  }
}

TEST_CASE("what only looks like padding is none") {
  for (const auto& end : {"0002", "0103", "1111", "00", "021101"}) {
    CAPTURE(end);
    auto plain = noise(32);
    const auto tail = test::from_hex(end);
    std::ranges::copy(tail, plain.end() - static_cast<std::ptrdiff_t>(tail.size()));
    const bool one = std::string_view(end).ends_with("01"); // which is padding of one byte
    const Opened opened = open(encrypt_blocks(kKey, kVector, plain));
    CHECK(opened.bytes.size() == plain.size() - (one ? 1 : 0));
    CHECK((opened.ending == Ending::Padded) == one);
  }
}

TEST_CASE("an input that is cut is told, and what was whole is given out") {
  const auto plain = noise(100);
  const auto whole = encrypt(kKey, kVector, plain);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const Opened opened = open(Bytes(whole).first(size));
    CHECK((opened.ending == Ending::Cut) == (size % kBlockSize != 0 || size == 0));
    CHECK(opened.bytes.size() == (size + kBlockSize - 1) / kBlockSize * kBlockSize -
                                     (opened.ending == Ending::Cut && size > 0 ? kBlockSize : 0));
    CHECK(std::ranges::equal(opened.bytes, Bytes(plain).first(opened.bytes.size())));
  }
}

TEST_CASE("another key opens nothing") {
  const auto plain = noise(64);
  Key other = kKey;
  other[15] ^= 1;
  CHECK(open(encrypt(kKey, kVector, plain), other).bytes != plain);
}

TEST_CASE("any split gives the same") {
  const auto plain = noise(200);
  const auto cipher = encrypt(kKey, kVector, plain);
  for (std::size_t step = 1; step < 70; ++step) {
    CAPTURE(step);
    CbcDecryptor decryptor(kKey, kVector);
    std::vector<std::byte> out;
    for (Bytes rest = cipher; !rest.empty(); rest = rest.subspan(std::min(step, rest.size())))
      decryptor.push(rest.first(std::min(step, rest.size())), out);
    CHECK(decryptor.finish(out) == Ending::Padded);
    CHECK(out == plain);
  }
}
