// SPDX-License-Identifier: LGPL-2.1-or-later
#include "push.hpp"

#include "base/bytes.hpp"
#include "base/text.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <utility>

namespace relevo::tuner {
namespace {

constexpr std::size_t kDatagram = 7 * 188;
constexpr std::size_t kHeader = 12; // of RTP
constexpr std::size_t kAtOnce = 16; // datagrams
/// Behind a full block: what a stream begins with comes at once, and receivers have room for a tenth of a
/// second of it. So it leaves with 42 Mbit/s at most.
constexpr std::chrono::milliseconds kPause{4};

/// RTP (RFC 3550) as it carries transport streams (RFC 2250).
class RtpHeader {
 public:
  void write(std::byte* to) {
    constexpr unsigned kVersion = 2 << 6, kMpegTs = 33;
    store_u8(to, kVersion);
    store_u8(to + 1, kMpegTs);
    store_be16(to + 2, number_++);
    const auto time = std::chrono::steady_clock::now().time_since_epoch();
    using Ticks = std::chrono::duration<std::uint64_t, std::ratio<1, 90'000>>;
    store_be32(to + 4, static_cast<std::uint32_t>(std::chrono::duration_cast<Ticks>(time).count()));
    store_be32(to + 8, kSource);
  }

 private:
  static constexpr std::uint32_t kSource = 0x52656c76; // any would do: a target gets but one
  std::uint16_t number_ = 0;
};

/// Of the network: the others mean that this one datagram is lost.
bool is_final(int error) noexcept {
  return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EPERM;
}

/// Cuts a stream into datagrams.
class Sender {
 public:
  Sender(int datagrams, bool rtp) : datagrams_(datagrams), header_size_(rtp ? kHeader : 0) {}

  /// Where the next bytes are to be put.
  [[nodiscard]] std::span<std::byte> room() noexcept { return std::span(block_).subspan(filled_); }

  /// So many were. False: nobody takes them.
  [[nodiscard]] bool take(std::size_t size) {
    filled_ += size;
    std::size_t at = 0;
    for (; filled_ - at >= kDatagram; at += kDatagram)
      if (!send(Bytes(block_).subspan(at, kDatagram))) return false;
    std::memmove(block_.data(), block_.data() + at, filled_ - at);
    filled_ -= at;
    return true;
  }

 private:
  [[nodiscard]] bool send(Bytes packets) {
    std::array<std::byte, kHeader + kDatagram> datagram;
    if (header_size_ > 0) header_.write(datagram.data());
    std::memcpy(datagram.data() + header_size_, packets.data(), packets.size());
    const auto size = header_size_ + packets.size();
    return ::send(datagrams_, datagram.data(), size, MSG_NOSIGNAL) >= 0 || !is_final(errno);
  }

  const int datagrams_;
  const std::size_t header_size_;
  RtpHeader header_;
  std::array<std::byte, kAtOnce * kDatagram> block_;
  std::size_t filled_ = 0;
};

} // namespace

Result<gx::Descriptor> connect_datagrams(const Target& target) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(target.port);
  if (inet_pton(AF_INET, target.address.c_str(), &to.sin_addr) != 1)
    return fail("only IPv4 addresses get datagrams");
  gx::Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  setsockopt(socket.get(), IPPROTO_IP, IP_RECVERR, &yes, sizeof yes); // also that a host has gone
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    return fail(concat("no way to ", target.address, ": ", std::strerror(errno)));
  return socket;
}

Push::Push(gx::Descriptor stream, gx::Descriptor datagrams, bool rtp, std::function<void()> on_over)
    : stream_(std::move(stream)),
      datagrams_(std::move(datagrams)),
      on_over_(std::move(on_over)),
      thread_([this, rtp] { run(rtp); }) {}

Push::~Push() {
  ending_ = true;
  ::shutdown(stream_.get(), SHUT_RDWR);
  thread_.join();
}

void Push::run(bool rtp) {
  pthread_setname_np(pthread_self(), "tuner-push");
  Sender sender(datagrams_.get(), rtp);
  for (;;) {
    const auto room = sender.room();
    const auto size = ::recv(stream_.get(), room.data(), room.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0 || !sender.take(static_cast<std::size_t>(size))) break;
    if (static_cast<std::size_t>(size) == room.size()) std::this_thread::sleep_for(kPause);
  }
  ::shutdown(stream_.get(), SHUT_RDWR); // whoever fills it sees that
  if (!ending_) on_over_();
}

} // namespace relevo::tuner
