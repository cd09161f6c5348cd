// SPDX-License-Identifier: LGPL-2.1-or-later
// tsfanoutsink in real pipelines: what viewers get, who goes and why, whose the descriptors are, starts and
// stops.
#include "gst/judge.hpp"
#include "gst/pipeline.hpp"
#include "provider/test_provider.hpp"

#include <array>
#include <atomic>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace relevo;
using namespace relevo::test;
using namespace std::chrono_literals;
using provider::TestProvider;

namespace {

enum class Over { Local, Tcp };

std::array<int, 2> connect_pair(Over over) {
  std::array<int, 2> ends{-1, -1};
  if (over == Over::Local) {
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    return ends;
  }
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(listener, name, size) == 0);
  REQUIRE(::listen(listener, 1) == 0);
  REQUIRE(::getsockname(listener, name, &size) == 0);
  ends[0] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(::connect(ends[0], name, size) == 0);
  ends[1] = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  ::close(listener);
  return ends;
}

/// Reads all that comes, in a thread, until the other side closes or it hangs up.
class Viewer {
 public:
  explicit Viewer(Over over) : ends_(connect_pair(over)), thread_([this] { read(); }) {}
  Viewer(const Viewer&) = delete;
  Viewer& operator=(const Viewer&) = delete;
  ~Viewer() {
    hang_up();
    thread_.join();
    ::close(ends_[0]);
  }

  /// To be handed over; once.
  [[nodiscard]] int socket() const noexcept { return ends_[1]; }
  void hang_up() { ::shutdown(ends_[0], SHUT_RDWR); }
  [[nodiscard]] std::string seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  [[nodiscard]] bool sees(std::size_t size) {
    return eventually([&] { return seen().size() >= size; });
  }
  [[nodiscard]] bool sees_the_end() {
    return eventually([&] { return ended_.load(); });
  }

 private:
  void read() {
    std::array<char, 65536> room;
    for (ssize_t got = 0; (got = ::recv(ends_[0], room.data(), room.size(), 0)) > 0;) {
      const std::lock_guard lock(mutex_);
      seen_.append(room.data(), static_cast<std::size_t>(got));
    }
    ended_ = true;
  }

  std::array<int, 2> ends_;
  std::mutex mutex_;
  std::string seen_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

/// The element named "sink" of a pipeline, and who has gone from it.
class Sink {
 public:
  explicit Sink(const Pipeline& pipeline) : element_(pipeline.find("sink")) {
    connection_ = gx::SignalConnection::connect<void(guint64, const gchar*, GstStructure*)>(
        element_.get(), "viewer-gone", [log = log_](guint64 id, const gchar* reason, GstStructure*) {
          {
            const std::lock_guard lock(log->mutex);
            log->gone.emplace_back(id, reason);
          }
          if (log->on_gone) log->on_gone();
        });
  }

  guint64 add(int socket, const char* options = nullptr) {
    const gx::Handle<GstStructure, gst_structure_free> structure(
        options ? gst_structure_new_from_string(options) : nullptr);
    REQUIRE((options == nullptr || structure));
    return add(socket, structure.get());
  }
  guint64 add(int socket, GstStructure* options) {
    guint64 id = 0;
    g_signal_emit_by_name(element_.get(), "add-viewer", socket, options, &id);
    return id;
  }
  bool remove(guint64 id) {
    gboolean known = FALSE;
    g_signal_emit_by_name(element_.get(), "remove-viewer", id, &known);
    return known != FALSE;
  }
  /// Why that viewer has gone; "" when it does not.
  [[nodiscard]] std::string why(guint64 id) {
    std::string reason;
    [[maybe_unused]] const bool gone = eventually([&] {
      const std::lock_guard lock(log_->mutex);
      for (const auto& departure : log_->gone)
        if (departure.first == id) reason = departure.second;
      return !reason.empty();
    });
    return reason;
  }
  [[nodiscard]] std::size_t count_gone() {
    const std::lock_guard lock(log_->mutex);
    return log_->gone.size();
  }
  [[nodiscard]] gx::Handle<GstStructure, gst_structure_free> stats() const {
    GstStructure* stats = nullptr;
    g_object_get(element_.get(), "stats", &stats, nullptr);
    return gx::Handle<GstStructure, gst_structure_free>(stats);
  }

  /// For before the first viewer.
  void on_gone(std::function<void()> fn) { log_->on_gone = std::move(fn); }

 private:
  /// The signal's handler may still run in the sending thread when the test is over: it shares this.
  struct Log {
    std::mutex mutex;
    std::vector<std::pair<guint64, std::string>> gone;
    std::function<void()> on_gone;
  };

  gx::Ref<GstElement> element_;
  std::shared_ptr<Log> log_ = std::make_shared<Log>();
  gx::SignalConnection connection_;
};

std::uint64_t number_in(const GstStructure* structure, const char* field) {
  guint64 value = 0;
  CHECK(gst_structure_get_uint64(structure, field, &value));
  return value;
}

std::string channel(const std::string& url) {
  return "failoversrc uris=\"<\\\"" + url + "\\\">\" ! tsfanoutsink name=sink";
}

std::string file_of(const std::string& clip) {
  return "filesrc location=" + std::string(std::getenv("RELEVO_TEST_MEDIA")) + '/' + clip +
         ".ts ! tsfanoutsink name=sink";
}

} // namespace

TEST_CASE("viewers of a channel get a clean stream, whenever they come and over whatever socket") {
  TestProvider provider;
  Pipeline pipeline(channel(provider.url("/live/h264_720p50.ts?burst=2")));
  Sink sink(pipeline);
  pipeline.set_state(GST_STATE_PAUSED);
  Viewer early(Over::Tcp);
  const guint64 id = sink.add(early.socket(), R"(viewer, prefix="an answer: ")");
  REQUIRE(id != 0);
  pipeline.play();
  REQUIRE(early.sees(500'000));
  Viewer late(Over::Local);
  REQUIRE(sink.add(late.socket()) != 0);
  REQUIRE(late.sees(500'000));
  const auto stats = sink.stats();
  CHECK(number_in(stats.get(), "total-viewers") == 2);
  CHECK(number_in(stats.get(), "total-bytes") >= 1'000'000);
  const GValue* viewers = gst_structure_get_value(stats.get(), "viewers");
  REQUIRE(gst_value_array_get_size(viewers) == 2);
  const GstStructure* first = gst_value_get_structure(gst_value_array_get_value(viewers, 0));
  CHECK(number_in(first, "viewer") == id);
  CHECK(number_in(first, "skips") == 0);
  pipeline.stop();
  CHECK(sink.why(id) == "stopped");
  REQUIRE(early.sees_the_end());
  REQUIRE(late.sees_the_end());
  const std::string prefix = "an answer: ";
  REQUIRE(early.seen().starts_with(prefix));
  CHECK(violations_in(early.seen().substr(prefix.size())) == "");
  CHECK(violations_in(late.seen()) == "");
}

TEST_CASE("at the end of the stream everybody gets the rest, and goes") {
  Pipeline pipeline(file_of("h264_720p50") + " window-time=3600000 max-lag=3600000");
  Sink sink(pipeline);
  Viewer viewer(Over::Tcp);
  pipeline.set_state(GST_STATE_PAUSED);
  const guint64 id = sink.add(viewer.socket(), "viewer, burst-time=3600000");
  pipeline.play();
  pipeline.wait_for(GST_MESSAGE_EOS);
  CHECK(sink.why(id) == "ended");
  REQUIRE(viewer.sees_the_end());
  CHECK(violations_in(viewer.seen()) == "");
  const auto stats = sink.stats();
  CHECK(number_in(stats.get(), "total-bytes") == viewer.seen().size());
  CHECK(viewer.seen().size() > 1'000'000);
}

TEST_CASE("viewers go when they are removed or hang up, and nobody else does") {
  Pipeline pipeline("tsfanoutsink name=sink");
  Sink sink(pipeline);
  pipeline.set_state(GST_STATE_PAUSED);
  Viewer removed(Over::Local), leaving(Over::Tcp), staying(Over::Tcp);
  const guint64 first = sink.add(removed.socket());
  const guint64 second = sink.add(leaving.socket());
  const guint64 third = sink.add(staying.socket());
  CHECK(sink.remove(first));
  CHECK(sink.why(first) == "removed");
  CHECK_FALSE(sink.remove(first));
  REQUIRE(removed.sees_the_end());
  leaving.hang_up();
  CHECK(sink.why(second) == "hung-up");
  CHECK(sink.count_gone() == 2);
  pipeline.stop();
  CHECK(sink.why(third) == "stopped");
}

TEST_CASE("every descriptor is closed once, also where it is refused") {
  Pipeline pipeline("tsfanoutsink name=sink");
  Sink sink(pipeline);
  const int other = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  std::vector<int> taken;
  // Whoever closed it again would close what has its number now.
  const auto occupy = [&](int fd) {
    REQUIRE(::fcntl(fd, F_GETFD) == -1);
    REQUIRE(::dup2(other, fd) == fd);
    taken.push_back(fd);
  };
  Viewer stopped(Over::Local);
  CHECK(sink.add(stopped.socket()) == 0); // not in NULL
  occupy(stopped.socket());
  pipeline.set_state(GST_STATE_PAUSED);
  for (const char* options :
       {"viewer, nonsense=1", "viewer, burst-time=-1", "viewer, max-lag=soon", "viewer, prefix=1"}) {
    CAPTURE(options);
    Viewer viewer(Over::Local);
    CHECK(sink.add(viewer.socket(), options) == 0);
    occupy(viewer.socket());
  }
  CHECK(sink.add(::dup(other)) == 0); // no socket
  CHECK(sink.add(-1) == 0);
  Viewer removed(Over::Local), remaining(Over::Local);
  const guint64 id = sink.add(removed.socket());
  REQUIRE(sink.remove(id));
  CHECK(sink.why(id) == "removed");
  occupy(removed.socket());
  REQUIRE(sink.add(remaining.socket()) != 0);
  pipeline.stop();
  occupy(remaining.socket());
  CHECK(sink.count_gone() == 2);
  for (const int fd : taken)
    CHECK(::close(fd) == 0);
  ::close(other);
}

TEST_CASE("options may come as any integer, and the prefix as bytes") {
  Pipeline pipeline("tsfanoutsink name=sink");
  Sink sink(pipeline);
  pipeline.set_state(GST_STATE_PAUSED);
  Viewer viewer(Over::Local);
  const auto bytes = gx::Ref<GBytes>::adopt(g_bytes_new_static("a\0b", 3));
  const gx::Handle<GstStructure, gst_structure_free> options(gst_structure_new(
      "viewer", "burst-time", G_TYPE_INT, 100, "max-lag", G_TYPE_UINT, 100U, "burst-bytes", G_TYPE_UINT64,
      guint64{5}, "viewer-timeout", G_TYPE_INT64, gint64{0}, "prefix", G_TYPE_BYTES, bytes.get(), nullptr));
  CHECK(sink.add(viewer.socket(), options.get()) != 0);
  REQUIRE(viewer.sees(3));
  CHECK(viewer.seen() == std::string("a\0b", 3));
}

TEST_CASE("starts and stops leave nothing behind") {
  const auto descriptors = count_descriptors();
  const auto threads = count_threads();
  {
    Pipeline pipeline(file_of("radio_aac"));
    Sink sink(pipeline);
    const auto before = count_descriptors();
    for (int round = 0; round < 10; ++round) {
      CAPTURE(round);
      Viewer viewer(round % 2 == 0 ? Over::Local : Over::Tcp);
      pipeline.set_state(GST_STATE_PAUSED);
      const guint64 id = sink.add(viewer.socket());
      REQUIRE(id != 0);
      if (round % 3 != 0) pipeline.play();
      if (round % 3 == 1) REQUIRE(viewer.sees(10'000));
      if (round % 4 == 3) pipeline.set_state(GST_STATE_READY);
      pipeline.stop();
      CHECK_FALSE(sink.why(id).empty());
      CHECK(viewer.sees_the_end());
    }
    CHECK(eventually([&] { return count_descriptors() <= before; }));
  }
  CHECK(eventually([&] { return count_descriptors() <= descriptors && count_threads() <= threads; }));
}

TEST_CASE("one thread sends for all sinks") {
  Pipeline pipeline("tsfanoutsink name=sink  tsfanoutsink name=a  tsfanoutsink name=b");
  const auto threads = count_threads();
  pipeline.set_state(GST_STATE_PAUSED);
  CHECK(count_threads() == threads + 1);
}

TEST_CASE("who hears that a viewer has gone may add another") {
  Pipeline pipeline("tsfanoutsink name=sink");
  Sink sink(pipeline);
  pipeline.set_state(GST_STATE_PAUSED);
  Viewer first(Over::Local), second(Over::Local);
  const auto added = std::make_shared<std::atomic<guint64>>(0); // heard of again when `second` goes
  sink.on_gone([&, added] {
    if (*added == 0) *added = sink.add(second.socket(), R"(viewer, prefix="hello")");
  });
  const guint64 id = sink.add(first.socket());
  first.hang_up();
  CHECK(sink.why(id) == "hung-up");
  REQUIRE(second.sees(5));
  CHECK(eventually([&] { return *added != 0; }));
}

TEST_CASE("what is no transport stream is refused") {
  Pipeline pipeline("filesrc location=/dev/zero num-buffers=100 ! tsfanoutsink name=sink");
  pipeline.play();
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK(text_in(error.get()) == "What comes is no MPEG transport stream");
}
