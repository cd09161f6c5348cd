// SPDX-License-Identifier: LGPL-2.1-or-later
// The skin over TCP sockets.
#include "provider/connection.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cmath>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace relevo::provider {
namespace {

constexpr int kBacklog = 256;

timespec time_left(Clock::time_point deadline) {
  const auto left = std::max(deadline - Clock::now(), Clock::duration::zero());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  return {seconds.count(), std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds).count()};
}

/// The events that came, 0 at the deadline.
int poll_until(int fd, int events, Clock::time_point deadline) {
  pollfd entry{fd, static_cast<short>(events), 0};
  for (;;) {
    const timespec left = time_left(deadline);
    const int count = ::ppoll(&entry, 1, &left, nullptr);
    if (count > 0) return entry.revents;
    if (count == 0) return 0;
    if (errno != EINTR) return POLLERR;
  }
}

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Fd bind_to(const std::string& address, std::uint16_t port) {
  Fd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (socket.get() < 0) throw_errno("socket");
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &name.sin_addr) != 1)
    throw std::system_error(EINVAL, std::generic_category(), "address " + address);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) throw_errno("bind");
  return socket;
}

sockaddr_in name_of(int fd) {
  sockaddr_in name{};
  socklen_t size = sizeof name;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) != 0) throw_errno("getsockname");
  return name;
}

} // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

Connection::Connection(Fd socket) : socket_(std::move(socket)) {
  const int on = 1;
  ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool Connection::wait_until(Clock::time_point time) {
  // What a client sends while it is being served says nothing; only its going does.
  return (poll_until(socket_.get(), POLLRDHUP, time) & (POLLRDHUP | POLLHUP | POLLERR)) == 0;
}

bool Connection::send(Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(kSendTimeout);
    const int events = poll_until(socket_.get(), POLLOUT | POLLRDHUP, deadline);
    if (events == 0 || (events & (POLLRDHUP | POLLHUP | POLLERR)) != 0) return false;
  }
  return true;
}

bool Connection::receive(std::string& out, Clock::time_point deadline) {
  if (poll_until(socket_.get(), POLLIN, deadline) == 0) return false;
  std::array<char, 4096> block{};
  const ssize_t got = ::recv(socket_.get(), block.data(), block.size(), MSG_DONTWAIT);
  if (got <= 0) return false;
  out.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

void Connection::reset_on_close() noexcept {
  const linger now{1, 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void Connection::abort() noexcept {
  // Sends nothing, but makes poll() report POLLRDHUP to the thread that waits.
  ::shutdown(socket_.get(), SHUT_RD);
}

std::string Connection::local_address() const {
  const sockaddr_in name = name_of(socket_.get());
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &name.sin_addr, text.data(), text.size());
  return std::string{text.data()} + ":" + std::to_string(ntohs(name.sin_port));
}

Fd listen_on(const std::string& address, std::uint16_t port) {
  Fd socket = bind_to(address, port);
  if (::listen(socket.get(), kBacklog) != 0) throw_errno("listen");
  return socket;
}

Fd reserve_port(const std::string& address) {
  return bind_to(address, 0);
}

std::uint16_t port_of(const Fd& socket) {
  return ntohs(name_of(socket.get()).sin_port);
}

} // namespace relevo::provider
