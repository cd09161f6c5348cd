// SPDX-License-Identifier: LGPL-2.1-or-later
// Connections, players and streams.
#include "audience.hpp"

#include "ts/check.hpp"

#include <array>
#include <cerrno>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace relevo::fanout::test {

Connection local_connection() {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  return {gx::Descriptor(ends[0]), gx::Descriptor(ends[1])};
}

Connection tcp_connection() {
  const gx::Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(listener.get(), name, size) == 0);
  REQUIRE(::listen(listener.get(), 1) == 0);
  REQUIRE(::getsockname(listener.get(), name, &size) == 0);
  gx::Descriptor viewer(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::connect(viewer.get(), name, size) == 0);
  return {std::move(viewer), gx::Descriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC))};
}

void Player::take() {
  take(std::size_t{1} << 40);
}

void Player::take(std::size_t size) {
  std::array<char, 65536> room;
  while (size > 0 && !ended_) {
    const auto got = ::recv(socket_.get(), room.data(), std::min(size, room.size()), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ended_ = got <= 0;
    if (ended_) return;
    seen_.append(room.data(), static_cast<std::size_t>(got));
    size -= static_cast<std::size_t>(got);
  }
}

Channel::OnGone Departures::on_gone() {
  return [this](const ViewerReport& report, Leaving why) {
    const std::lock_guard lock(mutex_);
    all_.push_back({report, why});
  };
}

std::vector<Departures::Departure> Departures::all() {
  const std::lock_guard lock(mutex_);
  return all_;
}

bool eventually(const std::function<bool()>& holds) {
  const auto end = Clock::now() + std::chrono::seconds{20};
  while (!holds()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

std::string television(int groups, std::size_t picture_size) {
  relevo::test::TsBuilder stream;
  for (int i = 0; i < groups * relevo::test::kGop; ++i) {
    const ts::Ticks dts = 10 * ts::kTicksPerSecond + i * relevo::test::kPicture;
    relevo::test::add_picture(stream, dts, i % relevo::test::kGop == 0, picture_size);
    relevo::test::add_sound(stream, dts);
  }
  return std::string(as_text(stream.bytes));
}

std::string violations_in(std::string_view stream) {
  std::string text;
  ts::Checker checker([&text](const ts::Violation& violation) { text += violation.text + '\n'; });
  checker.push(as_bytes(stream));
  checker.finish();
  return text;
}

} // namespace relevo::fanout::test
