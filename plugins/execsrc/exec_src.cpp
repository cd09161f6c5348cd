// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-execsrc
 * @title: execsrc
 *
 * Reads the standard output of a command as an MPEG transport stream: what only a program can read (RTSP,
 * RTMP, DASH, HLS with fragmented MP4, a web page's player) becomes a source as any other. `relevo-worker
 * remux` is such a program, ffmpeg, streamlink and VLC are others.
 *
 * The command is split into its arguments with the quotes of a shell, but no shell runs it. `{streamUrl}`,
 * `{userAgent}` and `{channelId}` are then replaced inside the arguments, so that no value can become another
 * argument; a value that would be read as an option is refused. `\{` is a brace. The command is no child of a
 * terminal, reads nothing, inherits no descriptors, and dies with the application.
 *
 * When the element stops, the command and all that it has started are told to end (SIGTERM), and after the
 * grace time made to (SIGKILL); when it has stopped, they are gone. A command that ends with status 0 ends
 * the stream. Any other end is an error that says the status or the signal and what the command said last; so
 * is a command that cannot be run. Other failures: `not-a-transport-stream`, `first-byte-timeout` and
 * `stalled`.
 *
 * What the command says on standard error is kept in the last 20 lines of it, without passwords and tokens,
 * in the field `lines` of the statistics.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 execsrc command="ffmpeg -v error -user_agent {userAgent} -i {streamUrl} -map 0 -c copy -f
 * mpegts -" stream-url=http://127.0.0.1:8000/live/h264_1080p25.ts ! filesink location=out.ts
 * ]|
 */
#include "exec_reader.hpp"

#include "base/text.hpp"
#include "command/command_line.hpp"
#include "gstx/contract.hpp"

GST_DEBUG_CATEGORY_STATIC(exec_src_debug);
#define GST_CAT_DEFAULT exec_src_debug

namespace relevo::execsrc {
namespace {

using std::chrono::milliseconds;

struct Settings {
  std::string command;
  std::string stream_url;
  std::string user_agent = "Relevo/" RELEVO_VERSION;
  std::string channel_id;
  gstx::Pairs environment;
  milliseconds grace_time{1000};
  std::uint64_t memory_limit = 0;
  std::uint32_t open_files_limit = 1024;
  milliseconds first_byte_timeout{10'000};
  milliseconds silence_timeout{2000};
};

const gstx::Properties<Settings>& table() {
  using enum gstx::Mutable;
  using gstx::property;
  static const gstx::Properties<Settings> properties{
      property({"command", "Command",
                "What to run: a program and its arguments, with {streamUrl}, {userAgent} and {channelId}"},
               &Settings::command, Ready),
      property({"stream-url", "Stream URL", "The value of {streamUrl}"}, &Settings::stream_url, Ready),
      property({"user-agent", "User agent", "The value of {userAgent}"}, &Settings::user_agent, Ready),
      property({"channel-id", "Channel id", "The value of {channelId}"}, &Settings::channel_id, Ready),
      property({"environment", "Environment",
                "Variables of the command's environment, name to value, on top of those of the application"},
               &Settings::environment, Ready),
      property({"grace-time", "Grace time",
                "How long the command may take to end by itself when it is stopped, in milliseconds"},
               &Settings::grace_time, Ready),
      property({"memory-limit", "Memory limit",
                "Address space that each process of the command may use, in bytes; 0 sets no limit"},
               &Settings::memory_limit, Ready),
      property({"open-files-limit", "Open files limit",
                "Descriptors that each process of the command may have; 0 sets no limit"},
               &Settings::open_files_limit, Ready),
      property({"first-byte-timeout", "First byte timeout",
                "How long the command may run without a byte of output, in milliseconds; 0 waits for ever"},
               &Settings::first_byte_timeout, Ready),
      property({"silence-timeout", "Silence timeout",
                "How long no byte may come before the stream has failed, in milliseconds; 0 waits for ever"},
               &Settings::silence_timeout, Ready),
  };
  return properties;
}

gstx::SourceFailure refused(const std::string& message, const std::string& detail) {
  return {policy::Failure::Other, 0, message, detail};
}

tl::expected<Plan, gstx::SourceFailure> make_plan(const Settings& settings) {
  const auto line = command::parse_command(settings.command);
  if (!line)
    return tl::unexpected(refused(concat("The command is not right: ", line.error().message),
                                  concat("at byte ", line.error().offset, " of command")));
  auto arguments = command::fill(*line, {settings.stream_url, settings.user_agent, settings.channel_id});
  if (!arguments)
    return tl::unexpected(refused(concat("The command cannot be run: ", arguments.error().message),
                                  concat("argument ", arguments.error().offset, " of command")));
  return Plan{{std::move(*arguments),
               settings.environment,
               {settings.memory_limit, settings.open_files_limit},
               settings.grace_time},
              settings.first_byte_timeout,
              settings.silence_timeout};
}

class ExecSrc final : public gstx::ByteSource {
 public:
  static constexpr const char* kTypeName = "RelevoExecSrc";

  explicit ExecSrc(GstPushSrc* element) : ByteSource(element) {}

  static void set_up(GstPushSrcClass* klass) {
    set_up_source<ExecSrc>(klass);
    gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), "MPEG-TS of a command", "Source",
                                          "Reads the transport stream that a supervised command writes",
                                          "Relevo");
  }
  static const gstx::Properties<Settings>& properties() { return table(); }
  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }

  [[nodiscard]] gstx::Structure stats();

 private:
  [[nodiscard]] gstx::ReaderResult make_reader() override;

  gx::Guarded<Settings> settings_;
  gx::Guarded<std::shared_ptr<const process::Journal>> journal_; // of the last run
};

gstx::ReaderResult ExecSrc::make_reader() {
  journal_.lock()->reset();
  auto plan = make_plan(*settings_.lock());
  if (!plan) return tl::unexpected(std::move(plan.error()));
  const auto started = [this](std::shared_ptr<const process::Journal> journal) {
    GST_INFO_OBJECT(element(), "process %d runs", static_cast<int>(journal->pid()));
    *journal_.lock() = std::move(journal);
    gstx::post_message(element(), gstx::Structure(contract::kOpened));
  };
  return std::make_unique<ExecReader>(std::move(*plan), started);
}

gstx::Structure ExecSrc::stats() {
  gstx::Structure stats("execsrc-stats");
  stats.set("bytes", bytes_read());
  const auto journal = *journal_.lock();
  if (!journal) return stats;
  stats.set("pid", std::int32_t{journal->pid()});
  std::string lines;
  for (const std::string& line : journal->lines())
    lines += line + '\n';
  stats.set("lines", lines);
  const auto exit = journal->exit();
  if (exit && exit->how == process::Exit::How::Status) stats.set("exit-status", std::int32_t{exit->code});
  if (exit && exit->how == process::Exit::How::Signal) stats.set("exit-signal", std::int32_t{exit->code});
  stats.set("running", !exit);
  return stats;
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(exec_src_debug, "execsrc", 0, "MPEG-TS of a command");
  return gstx::ElementType<ExecSrc>::register_in(plugin, "execsrc");
}

} // namespace
} // namespace relevo::execsrc

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(execsrc, relevo::execsrc::register_element)
