// SPDX-License-Identifier: LGPL-2.1-or-later
#include "control.hpp"

#include "base/text.hpp"
#include "discovery.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <utility>

namespace relevo::tuner {
namespace {

/// Programs keep theirs open for as long as they watch; when there are so many, the one that was silent for
/// longest makes room.
constexpr std::size_t kMostConnections = 64;

std::optional<ip::IpAddress> peer_of(GSocketConnection* connection) {
  const auto remote =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_remote_address(connection, nullptr));
  if (!remote) return std::nullopt; // it has gone
  auto* address = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(remote.get()));
  return ip::IpAddress::parse(gx::CString(g_inet_address_to_string(address)).get());
}

} // namespace

class Control::Connection {
 public:
  Connection(Control& control, GSocketConnection* connection, std::string from)
      : control_(control),
        connection_(gx::Ref<GSocketConnection>::retain(connection)),
        from_(std::move(from)),
        readable_(gx::Source::while_ready(nullptr, descriptor(), G_IO_IN, [this] { read(); })) {}

 private:
  [[nodiscard]] int descriptor() const {
    return g_socket_get_fd(g_socket_connection_get_socket(connection_.get()));
  }

  void read() {
    std::array<std::byte, 2048> block;
    const auto size = ::recv(descriptor(), block.data(), block.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    bool good = size > 0;
    if (good) {
      const auto pushed = reader_.push(Bytes(block).first(static_cast<std::size_t>(size)),
                                       [&](const hdhr::Packet& packet) { good = good && answer(packet); });
      good = good && pushed;
    }
    auto& all = control_.connections_;
    const auto self = std::ranges::find(all, this, &std::unique_ptr<Connection>::get);
    if (!good) {
      all.erase(self);
      return;
    }
    all.splice(all.end(), all, self);
  }

  /// False: it sends what nobody can answer, or does not take the answers.
  [[nodiscard]] bool answer(const hdhr::Packet& packet) {
    if (packet.type != hdhr::PacketType::GetSetRequest) return false;
    const auto request = hdhr::parse_get_set(packet.payload);
    if (!request) return false;
    const auto reply = control_.house_.answer(*request, from_);
    return ::send(descriptor(), reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(reply.size());
  }

  Control& control_;
  gx::Ref<GSocketConnection> connection_;
  const std::string from_;
  hdhr::PacketReader reader_;
  gx::Source readable_;
};

Result<gx::Ref<GSocketService>> Control::open(const std::string& address) {
  auto service = gx::Ref<GSocketService>::adopt(g_socket_service_new());
  auto* listener = G_SOCKET_LISTENER(service.get());
  gx::GlibError error;
  if (address.empty()) {
    g_socket_listener_add_inet_port(listener, kHdhrPort, nullptr, error.out());
  } else {
    const auto wanted =
        gx::Ref<GSocketAddress>::adopt(g_inet_socket_address_new_from_string(address.c_str(), kHdhrPort));
    g_socket_listener_add_address(listener, wanted.get(), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                  nullptr, nullptr, error.out());
  }
  if (error) return error.fail(concat("cannot listen on TCP port ", kHdhrPort));
  return service;
}

Control::Control(gx::Ref<GSocketService> service, House house)
    : house_(std::move(house)),
      service_(std::move(service)),
      incoming_(gx::SignalConnection::connect<gboolean(GSocketConnection*, GObject*)>(
          service_.get(), "incoming", [this](GSocketConnection* connection, GObject*) -> gboolean {
            take(connection);
            return TRUE;
          })) {}

Control::~Control() {
  g_socket_service_stop(service_.get());
  g_socket_listener_close(G_SOCKET_LISTENER(service_.get()));
}

void Control::take(GSocketConnection* connection) {
  const auto from = peer_of(connection);
  if (!from || !house_.welcomes(*from)) return; // closed with its last reference
  if (connections_.size() >= kMostConnections) connections_.pop_front();
  g_socket_set_keepalive(g_socket_connection_get_socket(connection), TRUE);
  connections_.push_back(std::make_unique<Connection>(*this, connection, from->text()));
}

} // namespace relevo::tuner
