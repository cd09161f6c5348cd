// SPDX-License-Identifier: LGPL-2.1-or-later
// What bench/elements/fanout.py measures: a server of channels made of elements, and many viewers who throw
// away what they get.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gio/gio.h>
#include <gst/gst.h>
#include <netinet/in.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr const char* kUsage = "Usage: bench-fanout serve PIPELINE CHANNELS VIEWERS SECONDS\n"
                               "       bench-fanout view PORT VIEWERS\n"
                               "serve prints its port, and ends SECONDS after all viewers are there.\n";

class Server {
 public:
  Server(const char* pipeline, int channels, int viewers, int seconds)
      : viewers_(viewers), seconds_(static_cast<guint>(seconds)) {
    for (int i = 0; i < channels; ++i)
      add_channel(pipeline);
  }

  void run() {
    GSocketService* service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(service), viewers_); // the crowd comes at once
    const guint16 port = g_socket_listener_add_any_inet_port(G_SOCKET_LISTENER(service), nullptr, nullptr);
    g_signal_connect(service, "incoming", G_CALLBACK(&on_connection), this);
    std::printf("%u\n", port);
    std::fflush(stdout);
    g_main_loop_run(loop_);
    for (GstElement* pipeline : pipelines_)
      gst_element_set_state(pipeline, GST_STATE_NULL);
  }

 private:
  void add_channel(const char* description) {
    GError* error = nullptr;
    GstElement* pipeline = gst_parse_launch(description, &error);
    GstElement* sink = pipeline ? gst_bin_get_by_name(GST_BIN(pipeline), "sink") : nullptr;
    if (!sink || gst_element_set_state(pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
      std::fprintf(stderr, "error: %s\n", error ? error->message : "the pipeline does not start");
      std::exit(1);
    }
    pipelines_.push_back(pipeline);
    sinks_.push_back(sink);
  }

  static gboolean on_connection(GSocketService*, GSocketConnection* connection, GObject*,
                                gpointer self) noexcept {
    static_cast<Server*>(self)->add(g_socket_connection_get_socket(connection));
    return TRUE;
  }

  /// One after the other to each channel.
  void add(GSocket* socket) {
    GstElement* sink = sinks_[static_cast<std::size_t>(added_++) % sinks_.size()];
    if (g_signal_lookup("add-viewer", G_OBJECT_TYPE(sink)) != 0) {
      guint64 id = 0;
      g_signal_emit_by_name(sink, "add-viewer", ::dup(g_socket_get_fd(socket)), nullptr, &id);
    } else {
      g_signal_emit_by_name(sink, "add", socket);
    }
    const auto quit = [](gpointer loop) -> gboolean {
      g_main_loop_quit(static_cast<GMainLoop*>(loop));
      return G_SOURCE_REMOVE;
    };
    if (added_ == viewers_) g_timeout_add_seconds(seconds_, quit, loop_);
  }

  int viewers_;
  guint seconds_;
  int added_ = 0;
  GMainLoop* loop_ = g_main_loop_new(nullptr, FALSE);
  std::vector<GstElement*> pipelines_;
  std::vector<GstElement*> sinks_;
};

int connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  return socket;
}

/// Reads until the server closes; prints the least and the most bytes that one got.
void view(std::uint16_t port, int viewers) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::size_t> bytes(static_cast<std::size_t>(viewers));
  std::vector<int> sockets;
  for (int i = 0; i < viewers; ++i) {
    sockets.push_back(connect_to(port));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = static_cast<std::uint32_t>(i);
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, sockets.back(), &event);
  }
  for (int left = viewers; left > 0;) {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const std::size_t viewer = events[static_cast<std::size_t>(i)].data.u32;
      // Thrown away unseen (tcp(7)): what viewers cost is not to be measured.
      const auto got = ::recv(sockets[viewer], nullptr, 1 << 20, MSG_DONTWAIT | MSG_TRUNC);
      if (got > 0) {
        bytes[viewer] += static_cast<std::size_t>(got);
      } else {
        ::close(sockets[viewer]);
        --left;
      }
    }
  }
  const auto [least, most] = std::ranges::minmax(bytes);
  std::printf("%zu %zu\n", least, most);
}

} // namespace

int main(int argc, char** argv) {
  if (argc == 6 && std::strcmp(argv[1], "serve") == 0) {
    gst_init(nullptr, nullptr);
    Server(argv[2], std::atoi(argv[3]), std::atoi(argv[4]), std::atoi(argv[5])).run();
    return 0;
  }
  if (argc == 4 && std::strcmp(argv[1], "view") == 0) {
    view(static_cast<std::uint16_t>(std::atoi(argv[2])), std::atoi(argv[3]));
    return 0;
  }
  std::fputs(kUsage, stderr);
  return 2;
}
