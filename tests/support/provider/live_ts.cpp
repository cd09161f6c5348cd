// SPDX-License-Identifier: LGPL-2.1-or-later
// Sends the media loop to one client, tick by tick, through the faults in force.
#include "provider/live_ts.hpp"

#include "provider/pacer.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace relevo::provider {
namespace {

// Coarse, so that many channels cost little; what is sent at once stays near 40 KiB at 8 Mbit/s.
constexpr auto kTick = std::chrono::milliseconds{40};
constexpr ts::Pcr kMostAtOnce = ts::kPcrPerSecond;

class LiveTs {
 public:
  LiveTs(Exchange& exchange, const StreamFaults& faults, const LiveTsOptions& options)
      : exchange_(exchange),
        faults_(faults),
        goes_on_(options.goes_on),
        began_(Clock::now()),
        speed_(std::max(0.0, options.speed)),
        pacer_(speed_, options.burst, began_),
        loop_(faults.content({began_}),
              static_cast<std::uint32_t>(std::abs(exchange.request.number("seed", 1))), first_pcr()),
        chunked_(!exchange.request.get("chunked").empty() || faults.in_url(FaultKind::Truncate)),
        piece_(static_cast<std::size_t>(std::max(0.0, exchange.request.number("piece", 0)))) {
    if (const auto begin = faults.active(FaultKind::Begin, {began_}))
      loop_.skip(to_pcr(Seconds{begin->number}));
  }

  void run() {
    if (!exchange_.begin_stream("video/mp2t", chunked_) || !hold()) return;
    while (tick())
      if (!(behind_ ? exchange_.connection.wait_until(Clock::now()) : wait_for_next_tick())) return;
  }

 private:
  std::optional<ts::Pcr> first_pcr() const {
    const double wanted = exchange_.request.number("pcr", -1);
    return wanted < 0 ? std::nullopt : std::optional{to_pcr(Seconds{wanted})};
  }

  Moment now() const {
    const auto wall = Clock::now();
    return {wall, pacer_.unpaced() ? to_seconds(loop_.time()) : Seconds{wall - began_} * speed_};
  }

  bool hold() {
    const auto fault = faults_.active(FaultKind::HoldBody, {began_});
    if (!fault) return true;
    const auto until = began_ + std::chrono::duration_cast<Clock::duration>(Seconds{fault->number});
    const bool peer_is_there = exchange_.connection.wait_until(until);
    (void)pacer_.advance(Clock::now(), 0);
    return peer_is_there;
  }

  /// False when the response is over.
  bool tick() {
    const Moment at = now();
    if (!goes_on_() || faults_.active(FaultKind::Close, at)) return false;
    if (faults_.active(FaultKind::Reset, at)) {
      exchange_.connection.reset_on_close();
      return false;
    }
    if (faults_.active(FaultKind::Truncate, at)) {
      (void)exchange_.connection.send(chunked_ ? "2f00\r\nG" : "G");
      return false;
    }
    const bool stalled = faults_.active(FaultKind::Stall, at).has_value();
    const auto slow = faults_.active(FaultKind::Slow, at);
    const ts::Pcr allowed = pacer_.advance(at.wall, stalled ? 0 : 1 - (slow ? slow->number / 100 : 0));
    const ts::Pcr until = std::min(allowed, loop_.time() + kMostAtOnce);
    behind_ = !stalled && (until < allowed || pacer_.unpaced());
    if (stalled || loop_.time() >= allowed) return true;
    loop_.set(faults_.content(at));
    block_.clear();
    const bool had_entry = loop_.entries() > 0;
    loop_.fill(block_, until);
    faults_.station().count_bytes(faults_.channel(), block_.size());
    if (!had_entry && loop_.entries() > 0) faults_.station().note_entry(faults_.channel(), Clock::now());
    return piece_ == 0 || behind_ ? send(block_) : send_in_pieces();
  }

  /// Spread over the tick, as those do who hand on what comes as it comes.
  bool send_in_pieces() {
    const auto began = Clock::now();
    const std::size_t count = (block_.size() + piece_ - 1) / piece_;
    Bytes rest = block_;
    for (std::size_t sent = 0; sent < count; ++sent) {
      const auto due = began + Clock::duration{kTick} * static_cast<int>(sent) / static_cast<int>(count);
      if (sent > 0 && !exchange_.connection.wait_until(due)) return false;
      const std::size_t size = std::min(piece_, rest.size());
      if (!send(rest.first(size))) return false;
      rest = rest.subspan(size);
    }
    return true;
  }

  bool send(Bytes bytes) {
    Connection& connection = exchange_.connection;
    if (!chunked_ || bytes.empty()) return connection.send(bytes);
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    return connection.send(std::string{size.data(), end} + "\r\n") && connection.send(bytes) &&
           connection.send("\r\n");
  }

  bool wait_for_next_tick() {
    next_tick_ = std::max(next_tick_ + kTick, Clock::now());
    return exchange_.connection.wait_until(next_tick_);
  }

  Exchange& exchange_;
  const StreamFaults& faults_;
  const std::function<bool()>& goes_on_;
  Clock::time_point began_;
  double speed_; // 0: unpaced
  Pacer pacer_;
  MediaLoop loop_;
  bool chunked_;
  std::size_t piece_; // 0: what there is, once in a tick
  Clock::time_point next_tick_ = began_;
  bool behind_ = false; // more may be sent at once
  std::vector<std::byte> block_;
};

} // namespace

void serve_live_ts(Exchange& exchange, const StreamFaults& faults, const LiveTsOptions& options) {
  LiveTs{exchange, faults, options}.run();
}

void serve_live_ts(Exchange& exchange, const StreamFaults& faults) {
  const Request& request = exchange.request;
  serve_live_ts(exchange, faults,
                {.speed = request.number("speed", 1), .burst = Seconds{request.number("burst", 0)}});
}

} // namespace relevo::provider
