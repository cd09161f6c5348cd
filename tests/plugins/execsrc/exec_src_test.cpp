// SPDX-License-Identifier: LGPL-2.1-or-later
// execsrc: what it brings, and how it says why a command stopped.
#include "exec_channel.hpp"
#include "gstx/structure.hpp"
#include "gx/error.hpp"

#include <fstream>
#include <iterator>

using namespace relevo;
using namespace relevo::test;

namespace {

std::string contents_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Ending {
  std::string failure;
  std::string text;
  std::string detail;
};

Ending next_error(ExecChannel& channel) {
  const auto error = channel.pipeline.wait_for(GST_MESSAGE_ERROR);
  gx::GlibError ignored;
  gchar* debug = nullptr;
  gst_message_parse_error(error.get(), ignored.out(), &debug);
  const gx::CString owned(debug);
  return {failure_in(error.get()), text_in(error.get()), debug};
}

/// The error that the stream ends with.
Ending ending_of(ExecChannel& channel) {
  channel.pipeline.play();
  return next_error(channel);
}

Ending ending_of(const std::string& command) {
  ExecChannel channel(command);
  return ending_of(channel);
}

} // namespace

TEST_CASE("it brings the output as it is, however slowly it comes, and ends with it") {
  const auto file = clip("h264_720p50");
  const auto script =
      "head -c 300000 " + file + "; sleep 0.2; tail -c +300001 " + file + " | head -c 2700000";
  ExecChannel channel(shell(script));
  channel.pipeline.play();
  channel.pipeline.wait_for_element("relevo-opened");
  channel.pipeline.wait_for(GST_MESSAGE_EOS);
  CHECK(channel.pipeline.bytes() == contents_of(file).substr(0, 3'000'000));
  CHECK(channel.stat("exit-status") == 0);
  CHECK(channel.stat("pid") > 1);
}

TEST_CASE("tokens become the properties of their names") {
  ExecChannel channel(
      R"(sh -c 'printf "%s|" "$@" >&2; exit 3' name {streamUrl} x{userAgent}x "{channelId}")");
  channel.set("stream-url", "http://host/a b")
      .set("user-agent", "It's \"me\"")
      .set("channel-id", "{streamUrl}");
  CHECK(ending_of(channel).text ==
        "The command ended with status 3: http://host/a b|xIt's \"me\"x|{streamUrl}|");
}

TEST_CASE("environment and limits are set") {
  ExecChannel channel(shell("echo $RELEVO_TEST $(ulimit -n) $(ulimit -v) >&2; exit 3"));
  gstx::Structure environment("environment");
  environment.set("RELEVO_TEST", "set");
  channel.set("environment", environment.get())
      .set("memory-limit", guint64{1} << 30)
      .set("open-files-limit", 99U);
  CHECK(ending_of(channel).text == "The command ended with status 3: set 99 1048576");
}

TEST_CASE("a command that fails says how, and what it said last") {
  const auto failed = ending_of(shell("echo first >&2; echo last >&2; exit 3"));
  CHECK(failed.failure == "other");
  CHECK(failed.text == "The command ended with status 3: last");
  CHECK(failed.detail.find("first\nlast") != std::string::npos);
  CHECK(ending_of(shell("exit 1")).text == "The command ended with status 1");
  CHECK(ending_of(shell("kill -KILL $$")).text == "The command was killed by signal 9 (Killed)");
  CHECK(ending_of("cat " + clip("nowhere")).text.starts_with("The command ended with status 1: cat: "));
  CHECK(ending_of("relevo-no-such-program").text == "There is no program relevo-no-such-program");
  CHECK(ending_of("/dev/null").text == "Cannot run /dev/null: Permission denied");
}

TEST_CASE("what it had brought before it failed is brought, and the statistics know") {
  ExecChannel channel(shell("head -c 500000 " + clip("h264_720p50") + "; echo oh no >&2; exit 7"));
  CHECK(ending_of(channel).text == "The command ended with status 7: oh no");
  CHECK(channel.pipeline.byte_count() == 500'000);
  CHECK(channel.stat("exit-status") == 7);
  channel.pipeline.stop();
  const auto stats = channel.stats();
  guint64 bytes = 0;
  gst_structure_get_uint64(stats.get(), "bytes", &bytes);
  CHECK(bytes == 500'000);
  CHECK(channel.lines() == "oh no\n");
  CHECK(gst_structure_has_field_typed(stats.get(), "running", G_TYPE_BOOLEAN));
}

TEST_CASE("secrets of what it said are not shown") {
  ExecChannel channel("sh -c 'echo cannot open $1 >&2; exit 1' name {streamUrl}");
  channel.set("stream-url", "http://user:secret@host/live/1.ts?token=secret");
  const auto ending = ending_of(channel);
  CHECK(ending.text == "The command ended with status 1: cannot open http://***@host/live/1.ts?token=***");
  CHECK(ending.detail.find("secret") == std::string::npos);
  CHECK(channel.lines().find("secret") == std::string::npos);
}

TEST_CASE("output that is no transport stream is refused") {
  const auto failed = ending_of(shell("echo hint >&2; cat /dev/zero"));
  CHECK(failed.failure == "not-a-transport-stream");
  CHECK(failed.text == "What the command wrote is no MPEG transport stream, but other data: hint");
  CHECK(ending_of(shell("echo \"<html>\"; exec sleep 1000")).failure == "not-a-transport-stream");
  CHECK(ending_of("true").text == "What the command wrote is no MPEG transport stream, but nothing");
  CHECK(ending_of("echo usage").text == "What the command wrote is no MPEG transport stream, but other data");
}

TEST_CASE("a silent command fails when that was asked for") {
  ExecChannel never("sleep 1000");
  never.set("first-byte-timeout", 50U);
  const auto nothing = ending_of(never);
  CHECK(nothing.failure == "first-byte-timeout");
  CHECK(nothing.text == "The command wrote nothing for 50 ms");

  ExecChannel stops(shell("head -c 500000 " + clip("h264_720p50") + "; echo waiting >&2; exec sleep 1000"));
  stops.set("silence-timeout", 200U);
  const auto stalled = ending_of(stops);
  CHECK(stalled.failure == "stalled");
  CHECK(stalled.text == "The command wrote nothing for 200 ms: waiting");
  CHECK(stops.pipeline.byte_count() == 500'000);

  ExecChannel closes(shell("head -c 500000 " + clip("h264_720p50") + "; exec >&-; exec sleep 1000"));
  closes.set("grace-time", 50U);
  CHECK(ending_of(closes).text == "The command closed its output and did not end by itself");
}

TEST_CASE("a command that is not right is refused at the start, with the place") {
  struct Row {
    const char* command;
    std::string_view text;
    std::string_view detail;
  };
  static constexpr Row kRows[] = {
      {"", "The command is not right: there is no command", "at byte 0 of command"},
      {"cat 'a", "The command is not right: this ' has no counterpart", "at byte 4 of command"},
      {"cat {url}", "The command is not right: there is no token {url}; written \\{url} it is text",
       "at byte 4 of command"},
      {"cat {streamUrl}",
       "The command cannot be run: the command has a {streamUrl}, but there is no address of a stream",
       "argument 1 of command"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.command);
    ExecChannel channel(row.command);
    CHECK(gst_element_set_state(channel.pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
    const auto refused = next_error(channel);
    CHECK(refused.text == row.text);
    CHECK(refused.detail.find(row.detail) != std::string::npos);
  }
}

TEST_CASE("megabytes of words hold nothing up") {
  const auto file = clip("h264_720p50");
  ExecChannel channel(
      shell("head -c 500000 " + file + "; seq 300000 >&2; tail -c +500001 " + file + " | head -c 500000"));
  channel.pipeline.play();
  channel.pipeline.wait_for(GST_MESSAGE_EOS);
  CHECK(channel.pipeline.byte_count() == 1'000'000);
  CHECK(channel.lines().ends_with("\n300000\n"));
}
