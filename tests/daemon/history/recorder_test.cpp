// SPDX-License-Identifier: LGPL-2.1-or-later
#include "history/recorder.hpp"

#include "store/accounts.hpp"
#include "store/events.hpp"
#include "store/store.hpp"
#include "store/stream_past.hpp"
#include "store/streams.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <vector>

using namespace relevo;
using history::Recorder;
using history::RecorderSettings;
using model::PastEvent;
using relevo::test::TemporaryFolder;

namespace {

/// A log that keeps its lines. They come from the recorder's thread, and are read when that has ended.
struct Lines {
  std::vector<std::string> lines;
  Log log{LogLevel::Debug, [this](LogLevel, std::string_view line) { lines.emplace_back(line); }};
};

PastEvent event(const std::string& summary) {
  PastEvent event;
  event.at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  event.kind = "switched";
  event.subject = "News";
  event.summary = summary;
  return event;
}

/// As long as a test has: nothing is written before the end.
RecorderSettings slow() {
  RecorderSettings settings;
  settings.batch = std::chrono::minutes(10);
  return settings;
}

model::StreamId add_stream(sqlite::Database& database) {
  model::Account account;
  account.name = "Ours";
  store::save_account(database, account);
  const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "News", true});
  store::StreamWriter(database, account.id).insert({}, group, 0, {});
  return store::load_fingerprints(database, account.id).at(0).id;
}

std::vector<std::string> summaries(const std::string& file) {
  auto database = store::open_again(file);
  std::vector<std::string> found;
  for (const auto& one : store::list_events(database, {}).items)
    found.push_back(one.summary);
  return found;
}

} // namespace

TEST_CASE("what was recorded is there in the end, in its order") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  REQUIRE(store::open(file, lines.log));
  {
    Recorder recorder(file, lines.log, slow());
    recorder.record(event("one"));
    recorder.record(event("two"));
  }
  CHECK(summaries(file) == std::vector<std::string>{"two", "one"});
  CHECK(lines.lines.empty());
}

TEST_CASE("of a stream what came last is there") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  auto database = store::open(file, lines.log);
  REQUIRE(database);
  const auto stream = add_stream(*database);
  const auto now = event("").at;
  {
    Recorder recorder(file, lines.log, slow());
    for (const unsigned bits : {1U, 2U})
      recorder.record(model::Measured{stream, now, bits, {}, {}});
    for (const char* reason : {"it stalled", "it ended"})
      recorder.record(model::StreamFailure{stream, now, "ended", reason});
    recorder.record(model::StreamPenalty{stream, 2, now});
  }
  const auto past = store::StreamPasts(*database).find(stream);
  CHECK(past.measured == model::Measured{stream, now, 2, {}, {}});
  CHECK(past.failure == model::StreamFailure{stream, now, "ended", "it ended"});
  CHECK(past.penalty == model::StreamPenalty{stream, 2, now});
  CHECK(lines.lines.empty());
}

TEST_CASE("it is there soon, without an end") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  const auto database = store::open(file, lines.log);
  REQUIRE(database);
  Recorder recorder(file, lines.log);
  recorder.record(event("one"));
  const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (store::list_events(*database, {}).total == 0 && std::chrono::steady_clock::now() < late)
    std::this_thread::yield();
  CHECK(store::list_events(*database, {}).total == 1);
}

TEST_CASE("only so many wait") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  REQUIRE(store::open(file, lines.log));
  auto settings = slow();
  settings.queue = 2;
  {
    Recorder recorder(file, lines.log, settings);
    for (const char* name : {"one", "two", "three"})
      recorder.record(event(name));
    CHECK(recorder.lost() == 1);
  }
  CHECK(summaries(file) == std::vector<std::string>{"two", "one"});
}

TEST_CASE("only the newest stay, and not for ever") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  REQUIRE(store::open(file, lines.log));
  auto settings = slow();
  settings.most_events = 2;
  {
    Recorder recorder(file, lines.log, settings);
    for (const char* name : {"one", "two", "three"})
      recorder.record(event(name));
  }
  CHECK(summaries(file) == std::vector<std::string>{"three", "two"});
  settings.most_events = 100;
  {
    Recorder recorder(file, lines.log, settings);
    auto old = event("old");
    old.at -= settings.age + std::chrono::hours(1);
    recorder.record(old);
  }
  CHECK(summaries(file) == std::vector<std::string>{"three", "two"});
}

TEST_CASE("what cannot be written is counted, and told once") {
  const TemporaryFolder folder;
  Lines lines;
  std::uint64_t lost = 0;
  {
    RecorderSettings settings;
    settings.batch = std::chrono::milliseconds(1);
    Recorder recorder(folder.file("missing/a.db"), lines.log, settings);
    const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (std::uint64_t i = 1; i <= 3; ++i) {
      recorder.record(event("one"));
      while (recorder.lost() < i && std::chrono::steady_clock::now() < late)
        std::this_thread::yield();
    }
    lost = recorder.lost();
  }
  CHECK(lost == 3);
  REQUIRE(lines.lines.size() == 1);
  CHECK(lines.lines[0].starts_with("history cannot be written: "));
}
