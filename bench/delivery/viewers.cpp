// SPDX-License-Identifier: LGPL-2.1-or-later
// The players of bench/delivery: many, who ask by HTTP and throw away what they get.
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr const char* kUsage = "Usage: bench-viewers PORT SECONDS VIEWERS PATH...\n"
                               "VIEWERS for each path. Says \"there\" when everybody has got something, and "
                               "after SECONDS the least and the "
                               "most bytes\nthat somebody got since then.\n";

using Clock = std::chrono::steady_clock;

[[noreturn]] void die(std::string_view what) {
  std::fprintf(stderr, "error: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

struct Viewer {
  int socket = -1;
  std::string head{}; // of the answer, as far as it has come
  bool there = false;
  std::size_t bytes = 0;
};

int ask(std::uint16_t port, const std::string& path) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    die(std::string("connect: ") + std::strerror(errno));
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n\r\n";
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    die("the request was not taken");
  return socket;
}

class Crowd {
 public:
  Crowd(std::uint16_t port, int count, int paths, const char* const* path) {
    for (int i = 0; i < count * paths; ++i) {
      Viewer& viewer = viewers_.emplace_back();
      viewer.socket = ask(port, path[i % paths]);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = static_cast<std::uint32_t>(i);
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, viewer.socket, &event);
    }
  }

  void wait_until_all_are_there() {
    const auto deadline = Clock::now() + std::chrono::seconds{30};
    while (there_ < viewers_.size()) {
      if (Clock::now() > deadline) die("not everybody got something");
      read(deadline);
    }
    for (Viewer& viewer : viewers_)
      viewer.bytes = 0;
  }

  void read_for(std::chrono::seconds time) {
    const auto end = Clock::now() + time;
    while (Clock::now() < end)
      read(end);
  }

  void report() const {
    const auto [least, most] = std::ranges::minmax(viewers_, {}, &Viewer::bytes);
    std::printf("%zu %zu\n", least.bytes, most.bytes);
  }

 private:
  void read(Clock::time_point until) {
    std::array<epoll_event, 64> events;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    const int count =
        ::epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(std::max(0L, left)));
    for (int i = 0; i < count; ++i) {
      Viewer& viewer = viewers_[events[static_cast<std::size_t>(i)].data.u32];
      if (viewer.there)
        skip(viewer);
      else
        read_head(viewer);
    }
  }

  void read_head(Viewer& viewer) {
    std::array<char, 2048> room;
    const auto got = ::recv(viewer.socket, room.data(), room.size(), MSG_DONTWAIT);
    if (got <= 0) die("an answer ended early");
    viewer.head.append(room.data(), static_cast<std::size_t>(got));
    const auto end = viewer.head.find("\r\n\r\n");
    if (end == std::string::npos) return;
    if (viewer.head.find(" 200 ") != 8) die(viewer.head.substr(0, end));
    viewer.there = true;
    ++there_;
  }

  /// Thrown away unseen (tcp(7)): what viewers cost is not to be measured.
  static void skip(Viewer& viewer) {
    const auto got = ::recv(viewer.socket, nullptr, 1 << 20, MSG_DONTWAIT | MSG_TRUNC);
    if (got <= 0) die("a stream ended");
    viewer.bytes += static_cast<std::size_t>(got);
  }

  const int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Viewer> viewers_;
  std::size_t there_ = 0;
};

} // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  Crowd crowd(static_cast<std::uint16_t>(std::atoi(argv[1])), std::atoi(argv[3]), argc - 4, argv + 4);
  crowd.wait_until_all_are_there();
  std::puts("there");
  std::fflush(stdout);
  crowd.read_for(std::chrono::seconds{std::atoi(argv[2])});
  crowd.report();
  return 0;
}
