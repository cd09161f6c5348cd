// SPDX-License-Identifier: LGPL-2.1-or-later
// Two streams for each connection: what the client says, and what it is told.
#include "tls_front.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/trampoline.hpp"

#include <algorithm>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace relevo::net {
namespace {

/// Of a client who takes nothing and does not even say so: then he has gone.
constexpr int kSilenceMs = 30'000;

/// GLib does a handshake in one of ten threads, which also read files: clients of one site who leave theirs
/// unfinished may not have them all.
constexpr std::size_t kGreetingsOfSite = 4;

gx::Ref<GSocketConnection> connection_of(int descriptor) {
  const auto socket = gx::Ref<GSocket>::adopt(g_socket_new_from_fd(descriptor, nullptr));
  if (socket)
    return gx::Ref<GSocketConnection>::adopt(g_socket_connection_factory_create_connection(socket.get()));
  ::close(descriptor);
  return {};
}

/// Null where there is no backend of TLS. Without a database: nobody is asked for a certificate, and each
/// connection would load its own copy of all the authorities that the system trusts.
gx::Ref<GIOStream> make_tls(GSocketConnection* client, GTlsCertificate* certificate) {
  return gx::Ref<GIOStream>::adopt(G_IO_STREAM(
      g_initable_new(g_tls_backend_get_server_connection_type(g_tls_backend_get_default()), nullptr, nullptr,
                     "base-io-stream", client, "certificate", certificate, "database", nullptr, nullptr)));
}

} // namespace

/// Lives in the front's thread.
class TlsFront::Relay {
 public:
  Relay(TlsFront& front, gx::Ref<GSocketConnection> client, const Network& site, gx::Ref<GIOStream> tls,
        gx::Ref<GSocketConnection> inner)
      : front_(front),
        client_(std::move(client)),
        site_(site),
        tls_(std::move(tls)),
        inner_(std::move(inner)) {}

  [[nodiscard]] const Network& site() const { return site_; }
  /// From then on the server can end it.
  void begin() {
    pass(tls_.get(), G_IO_STREAM(inner_.get()), [](Relay& self) { self.on_all_told(); });
  }
  /// From then on the client can ask.
  void greet() {
    ++pending_;
    const auto done = [](GObject* stream, GAsyncResult* result, gpointer data) noexcept {
      const bool well = g_tls_connection_handshake_finish(G_TLS_CONNECTION(stream), result, nullptr) != FALSE;
      gx::call_from_c("TLS", [data, well] { static_cast<Relay*>(data)->on_greeted(well); });
    };
    g_tls_connection_handshake_async(G_TLS_CONNECTION(tls_.get()), G_PRIORITY_DEFAULT, cancelled_.get(), done,
                                     this);
  }
  void cancel() { g_cancellable_cancel(cancelled_.get()); }

 private:
  using Then = void (*)(Relay&);
  struct Passage {
    Relay& relay;
    Then then;
  };

  void pass(GIOStream* to, GIOStream* from, Then then) {
    ++pending_;
    const auto done = [](GObject* stream, GAsyncResult* result, gpointer data) noexcept {
      g_output_stream_splice_finish(G_OUTPUT_STREAM(stream), result, nullptr);
      gx::call_from_c("TLS", [data] {
        const std::unique_ptr<Passage> passage(static_cast<Passage*>(data));
        passage->then(passage->relay);
        passage->relay.on_over();
      });
    };
    g_output_stream_splice_async(g_io_stream_get_output_stream(to), g_io_stream_get_input_stream(from),
                                 G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, cancelled_.get(), done,
                                 new Passage{*this, then});
  }

  void on_greeted(bool well) {
    greeted_ = well;
    if (well)
      pass(G_IO_STREAM(inner_.get()), tls_.get(), [](Relay& self) { self.on_client_silent(); });
    else
      on_client_silent();
    front_.on_greeted(site_);
    on_over();
  }

  /// He may still want to hear the answer.
  void on_client_silent() {
    g_socket_shutdown(g_socket_connection_get_socket(inner_.get()), FALSE, TRUE, nullptr);
  }

  void on_all_told() {
    ++pending_;
    cancel();
    // A farewell would begin with the handshake that he never came to. So that fails at once; to close the
    // descriptor would wake nobody who waits for it.
    if (!greeted_) g_socket_shutdown(g_socket_connection_get_socket(client_.get()), TRUE, TRUE, nullptr);
    const auto done = [](GObject* stream, GAsyncResult* result, gpointer self) noexcept {
      g_io_stream_close_finish(G_IO_STREAM(stream), result, nullptr);
      gx::call_from_c("TLS", [self] { static_cast<Relay*>(self)->on_over(); });
    };
    g_io_stream_close_async(tls_.get(), G_PRIORITY_DEFAULT, front_.hurry_.get(), done, this);
  }

  void on_over() {
    if (--pending_ == 0) front_.remove(this);
  }

  TlsFront& front_;
  const gx::Ref<GSocketConnection> client_;
  const Network site_;           // where he is
  const gx::Ref<GIOStream> tls_; // over his connection
  const gx::Ref<GSocketConnection> inner_;
  const gx::Ref<GCancellable> cancelled_ = gx::Ref<GCancellable>::adopt(g_cancellable_new());
  bool greeted_ = false; // the handshake went well
  int pending_ = 0;
};

TlsFront::TlsFront(gx::Ref<GTlsCertificate> certificate)
    : certificate_(std::move(certificate)),
      context_(gx::Ref<GMainContext>::adopt(g_main_context_new())),
      loop_(gx::Ref<GMainLoop>::adopt(g_main_loop_new(context_.get(), FALSE))),
      hurry_(gx::Ref<GCancellable>::adopt(g_cancellable_new())),
      thread_([this] {
        const gx::ThreadDefault ours(context_.get());
        g_main_loop_run(loop_.get());
      }) {}

TlsFront::~TlsFront() {
  gx::post(context_.get(), [this] { end(); });
  thread_.join();
}

void TlsFront::end() {
  ending_ = true;
  g_cancellable_cancel(hurry_.get());
  if (relays_.empty()) return g_main_loop_quit(loop_.get());
  for (const auto& relay : relays_)
    relay->cancel();
}

gx::Ref<GSocketConnection> TlsFront::receive(GSocketConnection* client, const Network& site) {
  const int descriptor = g_socket_get_fd(g_socket_connection_get_socket(client));
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &kSilenceMs, sizeof kSilenceMs);
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return {};
  auto outer = connection_of(ends[0]);
  auto inner = connection_of(ends[1]);
  if (!outer || !inner) return {};
  gx::post(context_.get(),
           [this, client = gx::Ref<GSocketConnection>::retain(client), site,
            inner = std::move(inner)]() mutable { add(std::move(client), site, std::move(inner)); });
  return outer;
}

void TlsFront::add(gx::Ref<GSocketConnection> client, const Network& site, gx::Ref<GSocketConnection> inner) {
  if (ending_) return;
  auto tls = make_tls(client.get(), certificate_.get());
  if (!tls) return;
  relays_.push_back(
      std::make_unique<Relay>(*this, std::move(client), site, std::move(tls), std::move(inner)));
  relays_.back()->begin();
  lines_[site].waiting.push_back(relays_.back().get());
  greet_next(site);
}

void TlsFront::greet_next(const Network& site) {
  Line& line = lines_[site];
  if (!line.waiting.empty() && line.greeting < kGreetingsOfSite) {
    ++line.greeting;
    line.waiting.front()->greet();
    line.waiting.pop_front();
  }
  if (line.greeting == 0 && line.waiting.empty()) lines_.erase(site);
}

void TlsFront::on_greeted(const Network& site) {
  --lines_[site].greeting;
  greet_next(site);
}

void TlsFront::remove(Relay* over) {
  if (const auto line = lines_.find(over->site()); line != lines_.end()) line->second.waiting.remove(over);
  std::erase_if(relays_, [over](const auto& relay) { return relay.get() == over; });
  if (ending_ && relays_.empty()) g_main_loop_quit(loop_.get());
}

Result<gx::Ref<GTlsCertificate>> load_certificate(const std::string& file) {
  gx::GlibError error;
  auto certificate =
      gx::Ref<GTlsCertificate>::adopt(g_tls_certificate_new_from_file(file.c_str(), error.out()));
  if (!certificate) return error.fail(concat("cannot use the certificate in ", file));
  GByteArray* key = nullptr;
  g_object_get(certificate.get(), "private-key", &key, nullptr);
  if (!key) return fail(concat(file, " has a certificate, but no key for it"));
  g_byte_array_unref(key);
  return certificate;
}

} // namespace relevo::net
