// SPDX-License-Identifier: LGPL-2.1-or-later
// The life of a WebSocket.
#include "net/websocket.hpp"

#include "gx/error.hpp"

#include <array>
#include <utility>

namespace relevo::net {
namespace {

constexpr int kSilentIntervals = 3;

} // namespace

WebSocket::WebSocket(gx::Ref<GIOStream> stream, int descriptor, const Settings& settings)
    : stream_(std::move(stream)), descriptor_(descriptor), settings_(settings) {}

WebSocket::~WebSocket() {
  abort();
}

void WebSocket::start(OnClosed let_go) {
  let_go_ = std::move(let_go);
  readable_ = gx::Source::while_ready(nullptr, descriptor_, G_IO_IN, [this] { on_readable(); });
  ping_ = gx::Source::every(nullptr, settings_.ping_interval, [this] { on_ping_time(); });
}

void WebSocket::send(std::string_view text) {
  if (!open()) return;
  if (queued_ + text.size() > settings_.queue_limit) {
    forget_queue();
    close(CloseCode::PolicyViolation, "this client is too slow");
    return;
  }
  queue(write_frame(Opcode::Text, text));
}

void WebSocket::close(CloseCode code, std::string_view reason) {
  if (!open()) return;
  state_ = State::Closing;
  ping_.reset();
  linger_ = gx::Source::after(nullptr, settings_.farewell, [this] { abort(); });
  queue(write_close_frame(code, reason));
}

void WebSocket::abort() {
  if (state_ == State::Closed) return;
  const auto self = weak_from_this().lock(); // let_go_ may be the last to keep it
  state_ = State::Closed;
  for (auto* source : {&readable_, &writable_, &ping_, &linger_})
    source->reset();
  queue_.clear();
  g_io_stream_close(stream_.get(), nullptr, nullptr);
  if (let_go_) std::exchange(let_go_, nullptr)();
  if (on_closed_) std::exchange(on_closed_, nullptr)();
}

void WebSocket::on_readable() {
  const auto self = shared_from_this();
  auto* input = G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(stream_.get()));
  std::array<std::byte, 4096> block;
  gx::GlibError error;
  const auto size =
      g_pollable_input_stream_read_nonblocking(input, block.data(), block.size(), nullptr, error.out());
  if (error.is(G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) return;
  if (size <= 0) return abort();
  silent_intervals_ = 0;
  if (deaf_) return;
  const auto verdict =
      reader_.push({block.data(), static_cast<std::size_t>(size)},
                   [this](Opcode opcode, std::string_view payload) { on_control(opcode, payload); });
  if (verdict == CloseCode::Normal) return;
  deaf_ = true;
  close(verdict,
        verdict == CloseCode::TooBig ? "no messages are wanted here" : "a frame breaks the protocol");
}

void WebSocket::on_control(Opcode opcode, std::string_view payload) {
  if (opcode == Opcode::Ping && open() && queued_ <= settings_.queue_limit) {
    queue(write_frame(Opcode::Pong, payload));
  } else if (opcode == Opcode::Close) {
    deaf_ = true;
    end_when_sent_ = true;
    close(CloseCode::Normal, "");
    flush();
  }
}

void WebSocket::on_ping_time() {
  if (++silent_intervals_ > kSilentIntervals)
    close(CloseCode::PolicyViolation, "this client answers no pings");
  else
    queue(write_frame(Opcode::Ping, ""));
}

void WebSocket::queue(std::string frame) {
  queued_ += frame.size();
  queue_.push_back(std::move(frame));
  if (!writable_.active()) flush();
}

/// But a frame that was begun has to be ended.
void WebSocket::forget_queue() {
  queue_.resize(sent_ > 0 ? 1 : 0);
  queued_ = sent_ > 0 ? queue_.front().size() : 0;
}

void WebSocket::flush() {
  auto* output = G_POLLABLE_OUTPUT_STREAM(g_io_stream_get_output_stream(stream_.get()));
  while (!queue_.empty()) {
    const std::string& frame = queue_.front();
    gx::GlibError error;
    const auto size = g_pollable_output_stream_write_nonblocking(output, frame.data() + sent_,
                                                                 frame.size() - sent_, nullptr, error.out());
    if (error.is(G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
      if (!writable_.active())
        writable_ = gx::Source::while_ready(nullptr, descriptor_, G_IO_OUT, [this] { flush(); });
      return;
    }
    if (size < 0) return end_soon();
    sent_ += static_cast<std::size_t>(size);
    if (sent_ < frame.size()) continue;
    queued_ -= frame.size();
    sent_ = 0;
    queue_.pop_front();
  }
  writable_.reset();
  if (end_when_sent_) end_soon();
}

/// Not at once: who calls send() must not find everything changed under him.
void WebSocket::end_soon() {
  state_ = State::Closing;
  writable_.reset();
  linger_ = gx::Source::after(nullptr, std::chrono::milliseconds(0), [this] { abort(); });
}

} // namespace relevo::net
