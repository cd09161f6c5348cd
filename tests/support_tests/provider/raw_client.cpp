// SPDX-License-Identifier: LGPL-2.1-or-later
// The client's side of the sockets.
#include "raw_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace relevo::provider::test {
namespace {

void parse_head(std::string_view head, Reply& reply) {
  reply.status = std::stoi(std::string{head.substr(9, 3)});
  for (auto at = head.find("\r\n"); at != std::string_view::npos;) {
    const auto next = head.find("\r\n", at + 2);
    const auto line = head.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
    at = next;
    const auto colon = line.find(": ");
    std::string name{line.substr(0, colon)};
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    reply.headers[name] = line.substr(colon + 2);
  }
}

} // namespace

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
}

void RawClient::send(std::string_view text) {
  if (::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
    throw std::system_error(errno, std::generic_category(), "send");
}

void RawClient::get(const std::string& target, const std::string& headers) {
  send("GET " + target + " HTTP/1.1\r\nHost: provider\r\n" + headers + "\r\n");
}

Reply RawClient::read(Seconds patience, std::size_t enough) {
  Reply reply;
  std::string& data = unread_;
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
  bool in_body = false;
  for (std::array<char, 65536> block{};;) {
    if (const auto end = data.find("\r\n\r\n"); !in_body && end != std::string::npos) {
      parse_head(std::string_view{data}.substr(0, end), reply);
      data.erase(0, end + 4);
      in_body = true;
      if (reply.headers.contains("content-length"))
        enough = std::min<std::size_t>(enough, std::stoul(reply.headers["content-length"]));
    }
    if (in_body && data.size() >= enough) {
      reply.end = End::Enough;
      break;
    }
    pollfd entry{socket_.get(), POLLIN, 0};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0 || ::poll(&entry, 1, static_cast<int>(left.count())) == 0) {
      reply.end = End::Deadline;
      break;
    }
    const ssize_t got = ::recv(socket_.get(), block.data(), block.size(), 0);
    if (got <= 0) {
      reply.end = got == 0 ? End::Eof : End::Reset;
      break;
    }
    data.append(block.data(), static_cast<std::size_t>(got));
    ++reply.wakes;
  }
  const std::size_t size = in_body ? std::min(enough, data.size()) : 0;
  reply.body = data.substr(0, size);
  data.erase(0, size);
  return reply;
}

void RawClient::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  socket_ = Fd{};
}

Reply fetch(std::uint16_t port, const std::string& target, const std::string& headers, Seconds patience,
            std::size_t enough) {
  RawClient client{port};
  client.get(target, headers);
  return client.read(patience, enough);
}

} // namespace relevo::provider::test
