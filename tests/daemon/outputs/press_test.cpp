// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/press.hpp"

#include "base/text.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <doctest/doctest.h>
#include <unistd.h>

using namespace relevo;
using namespace relevo::outputs;

namespace {

struct Fixture {
  test::TemporaryFolder folder;
  sqlite::Database database =
      *store::open(folder.file("relevo.db"), Log(LogLevel::Error, [](LogLevel, std::string_view) {}));
  Press press{{folder.file("relevo.db"), folder.path(), 3}};
  int looks = 0, writings = 0;

  void add_channel(const char* name) {
    model::Channel channel;
    channel.name = name;
    store::save_channel(database, channel);
  }

  net::Response print(const std::string& wish, bool packed = false, const std::string& known = {}) {
    return press.print({wish, packed, known, [] { return false; }}, [&](sqlite::Database& seen) {
      ++looks;
      std::string names = wish;
      for (const auto& channel : store::load_channels(seen))
        names += concat(" ", channel.name);
      return Edition{names, [this, names](const Sink& sink) {
                       ++writings;
                       sink(names);
                     }};
    });
  }
  std::string text(const std::string& wish) {
    const auto response = print(wish);
    REQUIRE(response.file);
    std::array<char, 1000> bytes;
    const auto size = ::read(response.file->file.get(), bytes.data(), bytes.size());
    REQUIRE(size == static_cast<ssize_t>(response.file->size));
    return {bytes.data(), static_cast<std::size_t>(size)};
  }
};

} // namespace

TEST_CASE("a text is written once, and looked at again only when the database has changed") {
  Fixture fixture;
  fixture.add_channel("one");
  CHECK(fixture.text("a") == "a one");
  CHECK(fixture.text("a") == "a one");
  CHECK(fixture.looks == 1);
  CHECK(fixture.writings == 1);
  fixture.add_channel("two");
  CHECK(fixture.text("a") == "a one two");
  CHECK(fixture.writings == 2);
  CHECK(fixture.text("b") == "b one two");
  CHECK(fixture.text("a") == "a one two");
  CHECK(fixture.looks == 3);
  CHECK(fixture.writings == 3);
}

TEST_CASE("what is as it was before a change is not written again") {
  Fixture fixture;
  static_cast<void>(fixture.print("a"));
  fixture.database.exec("INSERT INTO channel_profile (name) VALUES ('x')");
  CHECK(fixture.text("a") == "a");
  CHECK(fixture.looks == 2);
  CHECK(fixture.writings == 1);
}

TEST_CASE("who has it already gets nothing, and nothing is written for him") {
  Fixture fixture;
  const auto first = fixture.print("a");
  CHECK_FALSE(fixture.print("a", false, concat("W/\"", first.etag, "\"")).file);
  CHECK(fixture.print("a", false, "\"other\"").file);
  Fixture other;
  CHECK(other.print("a", false, concat("\"", first.etag, "\"")).etag == first.etag);
  CHECK(other.writings == 0);
}

TEST_CASE("packed and plain are two files of one state") {
  Fixture fixture;
  const auto plain = fixture.print("a"), packed = fixture.print("a", true);
  CHECK(plain.etag == packed.etag);
  REQUIRE(packed.file);
  std::array<unsigned char, 2> magic{};
  CHECK(::read(packed.file->file.get(), magic.data(), 2) == 2);
  CHECK(magic == std::array<unsigned char, 2>{0x1f, 0x8b});
  CHECK(fixture.writings == 2);
}

TEST_CASE("of many texts the last ones are kept") {
  Fixture fixture;
  for (const char* wish : {"a", "b", "c", "a", "d"})
    static_cast<void>(fixture.print(wish));
  CHECK(fixture.writings == 4);
  CHECK(fixture.text("a") == "a");
  CHECK(fixture.writings == 4);
  CHECK(fixture.text("b") == "b");
  CHECK(fixture.writings == 5);
}

TEST_CASE("what nobody waits for is not written to its end, and what fails is not kept") {
  Fixture fixture;
  const auto begin = [](sqlite::Database&) { return Edition{"s", [](const Sink& sink) { sink("text"); }}; };
  CHECK_THROWS_AS(static_cast<void>(fixture.press.print({"a", false, "", [] { return true; }}, begin)),
                  Abandoned);
  const auto fail = [](sqlite::Database&) -> Edition {
    return {"s", [](const Sink&) { throw sqlite::Failure(sqlite::Problem::Other, "broken"); }};
  };
  CHECK_THROWS_AS(static_cast<void>(fixture.press.print({"a", false, "", [] { return false; }}, fail)),
                  sqlite::Failure);
  CHECK(fixture.text("a") == "a");
}
