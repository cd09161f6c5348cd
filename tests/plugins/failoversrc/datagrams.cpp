// SPDX-License-Identifier: LGPL-2.1-or-later
// The sender of datagrams.
#include "datagrams.hpp"

#include "provider/media_loop.hpp"
#include "provider/pacer.hpp"

#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>

namespace relevo::failoversrc::test {
namespace {

constexpr std::chrono::milliseconds kTick{40};
constexpr std::size_t kDatagram = 7 * ts::kPacketSize;

sockaddr_in address(const std::string& host, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  if (::inet_pton(AF_INET, host.c_str(), &name.sin_addr) != 1)
    throw std::system_error(EINVAL, std::generic_category(), host);
  return name;
}

provider::Fd make_socket() {
  provider::Fd socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  if (socket.get() < 0) throw std::system_error(errno, std::generic_category(), "socket");
  return socket;
}

/// RFC 2250: 33 is a transport stream, on a clock of 90 kHz.
std::string rtp_header(std::uint16_t sequence, ts::Pcr time) {
  std::string header(12, '\0');
  auto* bytes = reinterpret_cast<std::byte*>(header.data());
  store_be16(bytes, 0x8000U | 33U);
  store_be16(bytes + 2, sequence);
  store_be32(bytes + 4, static_cast<std::uint32_t>(time / ts::kPcrPerTick));
  store_be32(bytes + 8, 0x52454c41); // the stream's name
  return header;
}

} // namespace

Datagrams::Datagrams(const std::string& clip, std::uint16_t port, Options options)
    : options_(std::move(options)), socket_(make_socket()) {
  const sockaddr_in name = address(options_.host, port);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
  thread_ = std::jthread([this, clip](const std::stop_token& stop) { play(stop, clip); });
}

void Datagrams::play(const std::stop_token& stop, const std::string& clip) {
  const std::filesystem::path folder = std::getenv("RELEVO_TEST_MEDIA");
  provider::MediaLoop loop({std::make_shared<provider::Clip>(folder / (clip + ".ts"))}, 1);
  std::vector<std::byte> bytes;
  const auto began = provider::Clock::now();
  for (auto tick = began; !stop.stop_requested(); tick += kTick) {
    std::this_thread::sleep_until(tick);
    const auto now = provider::to_pcr(provider::Clock::now() - began);
    if (loop.time() < now) loop.fill(bytes, now);
    send_all(bytes);
  }
}

/// What fills no datagram stays.
void Datagrams::send_all(std::vector<std::byte>& bytes) {
  std::size_t at = 0;
  for (; bytes.size() - at >= kDatagram; at += kDatagram)
    send(Bytes(bytes).subspan(at, kDatagram));
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void Datagrams::send(Bytes packets) {
  const std::uint16_t sequence = sequence_++;
  std::string datagram;
  if (options_.wrapping == Wrapping::Rtp)
    datagram = rtp_header(sequence, provider::to_pcr(provider::Clock::now().time_since_epoch()));
  datagram += as_text(packets);
  // Nobody listens, yet or any more: that is theirs to notice.
  const auto out = [this](const std::string& bytes) {
    (void)::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  };
  if (options_.disorder && sequence % 4 == 0 && held_.empty()) return held_.swap(datagram);
  out(datagram);
  if (options_.disorder && sequence % 5 == 0) out(datagram);
  if (!held_.empty()) out(std::exchange(held_, {}));
}

std::uint16_t free_udp_port() {
  const provider::Fd socket = make_socket();
  const sockaddr_in name = address("127.0.0.1", 0);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
    throw std::system_error(errno, std::generic_category(), "bind");
  return provider::port_of(socket);
}

} // namespace relevo::failoversrc::test
