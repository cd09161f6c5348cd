// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/stream_proof.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using ts::Content;
using ts::StreamProof;

namespace {

std::string packets(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i)
    bytes += "G\x1f\xff\x10" + std::string(184, '\xff');
  return bytes;
}

/// What it says of the bytes in chunks of this size, and of their end; "" for a transport stream.
std::string_view verdict(std::string_view bytes, std::size_t chunk) {
  StreamProof proof;
  for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(chunk, rest.size())))
    if (const auto seen = proof.push(as_bytes(rest.substr(0, chunk)))) return describe(*seen);
  const auto seen = proof.finish();
  CHECK(proof.proven() == !seen);
  return seen ? describe(*seen) : "";
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
      {"#EXTM3U\n#EXT-X-VERSION:3\n", "an HLS playlist"},
      {"\xef\xbb\xbf#EXTM3U\n", "an HLS playlist"},
      {"\n#EXTM3U", "an HLS playlist"},
      {"# EXTM3U", "other data"},
      {std::string("\0\0\0\x20", 4) + "ftypisom", "MP4"},
      {std::string("\0\0\0\x18", 4) + "moof", "MP4"},
      {std::string("\0\0\0\x18", 4) + "mdat", "other data"},
      {"\x1a\x45\xdf\xa3", "Matroska"},
      {"FLV\x01", "FLV"},
      {"OggS", "Ogg"},
      {"ID3\x04", "sound behind an ID3 tag"},
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
  CHECK(proof.push(as_bytes("<h")) == Content::Page);
  StreamProof stream;
  CHECK_FALSE(stream.push(as_bytes(packets(4))));
  CHECK_FALSE(stream.proven());
  CHECK_FALSE(stream.push(as_bytes(packets(2))));
  CHECK(stream.proven());
}

TEST_CASE("what a demuxer makes a stream of") {
  for (const Content content :
       {Content::Mp4, Content::Matroska, Content::Flv, Content::Ogg, Content::TaggedAudio})
    CHECK(is_media(content));
  for (const Content content : {Content::Nothing, Content::Page, Content::Playlist, Content::Other})
    CHECK_FALSE(is_media(content));
}
