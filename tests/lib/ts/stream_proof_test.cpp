// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/stream_proof.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using ts::StreamProof;

namespace {

std::string packets(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i)
    bytes += "G\x1f\xff\x10" + std::string(184, '\xff');
  return bytes;
}

/// What it says of the bytes in chunks of this size, and of their end.
std::string_view verdict(std::string_view bytes, std::size_t chunk) {
  StreamProof proof;
  for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(chunk, rest.size())))
    if (const auto seen = proof.push(as_bytes(rest.substr(0, chunk))); !seen.empty()) return seen;
  const auto seen = proof.finish();
  CHECK(proof.proven() == seen.empty());
  return seen;
}

} // namespace

TEST_CASE("a transport stream is told from what comes in its place") {
  struct Row {
    std::string bytes;
    std::string_view expected;
  };
  const Row rows[] = {
      {packets(5), ""},
      {packets(1), ""}, // short, but whole
      {std::string(1000, 'x') + packets(20), ""},
      {std::string(60'000, 'x') + packets(20), ""},
      {"", "nothing"},
      {" \r\n", "other data"},
      {"usage: relevo", "other data"},
      {std::string(200'000, 'x'), "other data"},
      {std::string(66'000, 'x') + packets(20), "other data"}, // too late
      {std::string(66'000, 'G'), ""},                         // nobody could tell
      {"<!DOCTYPE html>", "a page of text"},
      {"\r\n  \t<html>" + packets(20), "a page of text"},
      {"x<html>", "other data"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes.substr(0, 20));
    for (const std::size_t chunk : {1U, 3U, 188U, 4096U, 65536U, 300'000U}) {
      CAPTURE(chunk);
      CHECK(verdict(row.bytes, chunk) == row.expected);
    }
  }
}

TEST_CASE("it is told before all of it has come") {
  StreamProof proof;
  CHECK(proof.push(as_bytes("<h")) == "a page of text");
  StreamProof stream;
  CHECK(stream.push(as_bytes(packets(4))).empty());
  CHECK_FALSE(stream.proven());
  CHECK(stream.push(as_bytes(packets(2))).empty());
  CHECK(stream.proven());
}
