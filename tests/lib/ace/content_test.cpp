// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ace/content.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ace;

namespace {

const std::string kHash = "0123456789abcdef0123456789abcdef01234567";
const std::string kOther = "fedcba9876543210fedcba9876543210fedcba98";

/// "id HASH", "infohash HASH", or "message @offset".
std::string parsed(std::string_view text) {
  const auto content = parse_content(text);
  if (!content) return concat(content.error().message, " @", content.error().offset);
  return (content->kind == IdKind::ContentId ? "id " : "infohash ") + content->hash;
}

} // namespace

TEST_CASE("ids and URIs in every form that is in use") {
  CHECK(parsed(kHash) == "id " + kHash);
  CHECK(parsed("0123456789ABCDEF0123456789ABCDEF01234567") == "id " + kHash);
  CHECK(parsed(" \t" + kHash + "\r\n") == "id " + kHash);
  CHECK(parsed("acestream://" + kHash) == "id " + kHash);
  CHECK(parsed("AceStream://" + kHash) == "id " + kHash);
  CHECK(parsed("acestream://" + kHash + "/") == "id " + kHash);
  CHECK(parsed("acestream://" + kHash + "?name=News") == "id " + kHash);
  CHECK(parsed("acestream:" + kHash) == "id " + kHash);
  CHECK(parsed("acestream:?content_id=" + kHash) == "id " + kHash);
  CHECK(parsed("acestream:?id=" + kHash) == "id " + kHash);
  CHECK(parsed("acestream:?infohash=" + kHash) == "infohash " + kHash);
  CHECK(parsed("acestream://?infohash=" + kHash) == "infohash " + kHash);
  CHECK(parsed("acestream:?name=News&infohash=" + kHash + "&x#top") == "infohash " + kHash);
  CHECK(parsed("acestream:?infohash=" + kHash + "&content_id=" + kOther) == "id " + kOther);
}

TEST_CASE("what is no id is refused where it begins") {
  const std::string not_a_hash = "an AceStream id has 40 hexadecimal digits";
  const std::string no_name = "names neither content_id nor infohash";
  CHECK(parsed("") == "no AceStream id @0");
  CHECK(parsed(" \n") == "no AceStream id @0");
  CHECK(parsed("nonsense") == not_a_hash + " @0");
  CHECK(parsed("  " + kHash + "0") == not_a_hash + " @2");
  CHECK(parsed(kHash.substr(1)) == not_a_hash + " @0");
  CHECK(parsed("g" + kHash.substr(1)) == not_a_hash + " @0");
  CHECK(parsed("http://127.0.0.1:6878/ace/getstream?id=" + kHash) == not_a_hash + " @0");
  CHECK(parsed("acestream://") == not_a_hash + " @12");
  CHECK(parsed("acestream://" + kHash + kHash) == not_a_hash + " @12");
  CHECK(parsed("acestream:?infohash=12") == not_a_hash + " @20");
  CHECK(parsed("acestream:?") == no_name + " @11");
  CHECK(parsed("acestream:?url=http://a/b.torrent") == no_name + " @11");
  CHECK(parsed("acestream:?infohash") == no_name + " @11");
  CHECK(parsed("acestream:?xinfohash=" + kHash) == no_name + " @11");
}

TEST_CASE("what is written reads as the same") {
  for (const Content& content : {Content{IdKind::ContentId, kHash}, Content{IdKind::Infohash, kOther}})
    CHECK(parse_content(write_uri(content)) == content);
}
