// SPDX-License-Identifier: LGPL-2.1-or-later
#include "scripted_server.hpp"

#include "gx/error.hpp"

#include <arpa/inet.h>
#include <array>
#include <gio/gio.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace relevo::http::test {
namespace {

// Self-signed for secure.test and 127.0.0.1, made for these tests and good for nothing else.
constexpr const char* kIdentity = R"(-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUDX8FZM139xdF8YA6xbVJTSzioIMwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLc2VjdXJlLnRlc3QwIBcNMjYxMTIxMDM0MzQxWhgPMjEyNjEw
MjgwMzQzNDFaMBYxFDASBgNVBAMMC3NlY3VyZS50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAER0UfNJHc7+aXaywF44srGCTZTNnwtobW67g1edey7LoDTTDG
PyMmy7hCuNMOHtDBjiEhWh+uGlendSq+6t1dCqNxMG8wHQYDVR0OBBYEFJg+Ql8N
hiGUjtsa4oWqaGdPS3AlMB8GA1UdIwQYMBaAFJg+Ql8NhiGUjtsa4oWqaGdPS3Al
MA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4ILc2VjdXJlLnRlc3SHBH8AAAEw
CgYIKoZIzj0EAwIDSQAwRgIhANA2slSvQS6Go5+YRAdeF7satEF/VPJPzKFE2Tp5
s9StAiEAq9el6sUD+skCk0EL4T6ihPGcdtevT2MVA0CpOKYbam4=
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGXlSmujLdk5tXTvV
UY8KkMM5hASYCUZ8BUDTaZfvcYWhRANCAARHRR80kdzv5pdrLAXjiysYJNlM2fC2
htbruDV517LsugNNMMY/IybLuEK40w4e0MGOISFaH64aV6d1Kr7q3V0K
-----END PRIVATE KEY-----
)";

sockaddr_in loopback(unsigned port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::pair<int, unsigned> bind_anywhere() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t length = sizeof address;
  const bool ok = fd >= 0 && bind(fd, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  if (!ok) g_error("cannot bind to loopback");
  return {fd, ntohs(address.sin_port)};
}

/// Copies what is there from one socket to the other; false at the end.
bool copy_once(int from, int to) {
  std::array<char, 16384> block;
  const auto got = recv(from, block.data(), block.size(), 0);
  return got > 0 && ::send(to, block.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

} // namespace

std::size_t Peer::receive(char* at, std::size_t count) {
  const gssize got =
      tls_ ? g_input_stream_read(g_io_stream_get_input_stream(tls_.get()), at, count, nullptr, nullptr)
           : recv(fd_, at, count, 0);
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

std::string Peer::read_head() {
  std::string head;
  char c = 0;
  while (!head.ends_with("\r\n\r\n")) {
    if (receive(&c, 1) == 0) return {};
    head += c;
  }
  return head;
}

std::string Peer::read_exactly(std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const auto got = receive(bytes.data() + have, count - have);
    if (got == 0) break;
    have += got;
  }
  bytes.resize(have);
  return bytes;
}

bool Peer::send(std::string_view bytes) {
  if (tls_)
    return g_output_stream_write_all(g_io_stream_get_output_stream(tls_.get()), bytes.data(), bytes.size(),
                                     nullptr, nullptr, nullptr) != FALSE;
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Peer::wait_until_closed() {
  std::array<char, 4096> block;
  while (receive(block.data(), block.size()) > 0) {
  }
}

void Peer::reset() {
  const linger hard{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

void Peer::start_tls() {
  gx::GlibError error;
  const auto identity =
      gx::Ref<GTlsCertificate>::adopt(g_tls_certificate_new_from_pem(kIdentity, -1, error.out()));
  if (!identity) g_error("%s", error.text().c_str());
  // GSocket closes what it was made of, and so does the server.
  const auto socket = gx::Ref<GSocket>::adopt(g_socket_new_from_fd(dup(fd_), nullptr));
  const auto plain =
      gx::Ref<GSocketConnection>::adopt(g_socket_connection_factory_create_connection(socket.get()));
  tls_ = gx::Ref<GIOStream>::adopt(
      g_tls_server_connection_new(G_IO_STREAM(plain.get()), identity.get(), nullptr));
}

void Peer::relay_to(unsigned port) {
  const int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(port);
  if (connect(other, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::array<pollfd, 2> both{{{fd_, POLLIN, 0}, {other, POLLIN, 0}}};
    bool open = true;
    while (open && poll(both.data(), both.size(), -1) > 0) {
      if (both[0].revents != 0) open = copy_once(fd_, other);
      if (open && both[1].revents != 0) open = copy_once(other, fd_);
    }
  }
  close(other);
}

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  std::tie(listener_, port_) = bind_anywhere();
  if (listen(listener_, 64) != 0) g_error("cannot listen");
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  std::vector<std::thread> threads;
  {
    auto open = open_.lock();
    for (const int fd : open->fds)
      shutdown(fd, SHUT_RDWR);
    threads.swap(open->threads);
  }
  for (auto& thread : threads)
    thread.join();
}

std::string ScriptedServer::url(std::string_view path, std::string_view host) const {
  return "http://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
}

void ScriptedServer::accept_all() {
  for (;;) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    *connections_.lock() += 1;
    auto open = open_.lock();
    open->fds.insert(fd);
    open->threads.emplace_back([this, fd] { serve(fd); });
  }
}

void ScriptedServer::serve(int fd) {
  {
    Peer peer(fd);
    script_(peer);
  }
  auto open = open_.lock();
  open->fds.erase(fd);
  close(fd);
}

ScriptedServer::Script always(std::string answer) {
  return [answer = std::move(answer)](Peer& peer) {
    while (!peer.read_head().empty())
      peer.send(answer);
  };
}

std::string ok(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

unsigned closed_port() {
  const auto [fd, port] = bind_anywhere();
  close(fd);
  return port;
}

} // namespace relevo::http::test
