// SPDX-License-Identifier: LGPL-2.1-or-later
// Sending without waiting.
#include "socket.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <system_error>

namespace relevo::fanout {
namespace {

/// What the kernel may hold for a viewer: it would let this grow to 4 MB, which is seconds of a channel that
/// no skip can take back.
constexpr int kSendBuffer = 512 * 1024;
/// Of it, what may wait to be sent for the first time.
constexpr int kUnsentLimit = 128 * 1024;

[[noreturn]] void fail(int error, const char* call) {
  throw std::system_error(error, std::generic_category(), call);
}

template <class Call>
Socket::Sent without_interruption(Call call) noexcept {
  for (;;) {
    const ssize_t sent = call();
    if (sent >= 0) return {static_cast<std::size_t>(sent), 0};
    if (errno != EINTR) return {0, errno};
  }
}

} // namespace

Socket::Socket(gx::Descriptor socket) : socket_(std::move(socket)) {
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(get(), SOL_SOCKET, SO_TYPE, &type, &size) != 0) fail(errno, "getsockopt(SO_TYPE)");
  if (type != SOCK_STREAM) fail(EPROTOTYPE, "getsockopt(SO_TYPE)");
  const int flags = ::fcntl(get(), F_GETFL);
  if (flags < 0 || ::fcntl(get(), F_SETFL, flags | O_NONBLOCK) != 0) fail(errno, "fcntl(F_SETFL)");
  if (::setsockopt(get(), SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer) != 0)
    fail(errno, "setsockopt(SO_SNDBUF)");
  // TCP has it, others do not.
  if (::setsockopt(get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsentLimit, sizeof kUnsentLimit) != 0 &&
      errno != EOPNOTSUPP && errno != ENOPROTOOPT)
    fail(errno, "setsockopt(TCP_NOTSENT_LOWAT)");
}

Socket::~Socket() {
  if (get() < 0) return;
  ::shutdown(get(), SHUT_WR);
  // With bytes that nobody read, the kernel would reset the connection and drop what is on its way to the
  // viewer.
  std::array<std::byte, 4096> unwanted;
  for (int i = 0; i < 16 && ::recv(get(), unwanted.data(), unwanted.size(), MSG_DONTWAIT) > 0; ++i) {
  }
}

Socket::Sent Socket::send(Bytes bytes) noexcept {
  return without_interruption([&] { return ::send(get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); });
}

Socket::Sent Socket::send_file(int file, std::uint64_t offset, std::size_t size) noexcept {
  auto at = static_cast<off_t>(offset);
  return without_interruption([&] { return ::sendfile(get(), file, &at, size); });
}

} // namespace relevo::fanout
