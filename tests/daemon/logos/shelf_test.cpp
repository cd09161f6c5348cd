// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/shelf.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <iterator>

using namespace relevo::logos;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kBlock = 4096;

struct Fixture {
  relevo::test::TemporaryFolder folder;

  Shelf::Settings settings(std::uint64_t blocks) const {
    return {folder.file("logos"), folder.path(), blocks * kBlock};
  }
  std::size_t files() const {
    using Files = fs::directory_iterator;
    return static_cast<std::size_t>(std::distance(Files(folder.file("logos")), Files()));
  }
  /// As if what is there had been kept so much earlier.
  void age(std::chrono::hours time) const {
    for (const auto& file : fs::directory_iterator(folder.file("logos")))
      fs::last_write_time(file, file.last_write_time() - time);
  }
};

bool has(const Shelf& shelf, const std::string& url) {
  return shelf.find(url).has_value();
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "what is kept outlives the shelf, byte for byte") {
  const std::string bytes("\0\r\n\xFF", 4);
  {
    Shelf shelf(settings(10));
    CHECK_FALSE(has(shelf, "http://a/1.png"));
    REQUIRE(shelf.keep("http://a/1.png", bytes));
  }
  const Shelf again(settings(10));
  const auto kept = again.find("http://a/1.png");
  REQUIRE(kept);
  CHECK(kept->bytes == bytes);
  CHECK(fs::file_time_type::clock::now() - kept->since < std::chrono::minutes(1));
  CHECK_FALSE(has(again, "http://a/2.png"));
}

TEST_CASE_FIXTURE(Fixture, "a newer one takes the place of the one before") {
  Shelf shelf(settings(10));
  REQUIRE(shelf.keep("a", "longer than the other"));
  REQUIRE(shelf.keep("a", "short"));
  CHECK(shelf.find("a")->bytes == "short");
  CHECK(files() == 1);
}

TEST_CASE_FIXTURE(Fixture, "where there is no room the oldest go") {
  Shelf shelf(settings(8));
  for (int i = 1; i <= 8; ++i) {
    REQUIRE(shelf.keep(std::to_string(i), "x"));
    age(std::chrono::hours(1));
  }
  CHECK(files() == 8);
  REQUIRE(shelf.keep("9", std::string(kBlock, 'x'))); // two blocks
  CHECK(files() == 6);
  CHECK_FALSE(has(shelf, "3"));
  CHECK(has(shelf, "4"));
  CHECK(has(shelf, "9"));
}

TEST_CASE_FIXTURE(Fixture, "what was there before counts") {
  for (int i = 1; i <= 8; ++i) {
    REQUIRE(Shelf(settings(8)).keep(std::to_string(i), "x"));
    age(std::chrono::hours(1));
  }
  Shelf shelf(settings(8));
  REQUIRE(shelf.keep("9", "x"));
  CHECK(files() == 7);
  CHECK_FALSE(has(shelf, "2"));
}

TEST_CASE_FIXTURE(Fixture, "who empties the folder loses nothing but logos") {
  Shelf shelf(settings(8));
  for (int i = 1; i <= 8; ++i)
    REQUIRE(shelf.keep(std::to_string(i), "x"));
  for (const auto& file : fs::directory_iterator(folder.file("logos")))
    fs::remove(file);
  CHECK_FALSE(has(shelf, "1"));
  for (int i = 11; i <= 14; ++i)
    REQUIRE(shelf.keep(std::to_string(i), "x"));
  CHECK(files() == 4);
}

TEST_CASE_FIXTURE(Fixture, "a disk that takes nothing is told of") {
  Shelf shelf({folder.file("logos"), folder.file("nowhere"), kBlock});
  const auto kept = shelf.keep("a", "x");
  REQUIRE_FALSE(kept);
  CHECK(kept.error().message.find("nowhere") != std::string::npos);
}
