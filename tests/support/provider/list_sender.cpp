// SPDX-License-Identifier: LGPL-2.1-or-later
// Rows gather in blocks, so that a quarter of a million of them costs no time.
#include "provider/list_sender.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace relevo::provider {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr auto kTick = std::chrono::milliseconds{40};

class ListSender {
 public:
  ListSender(Exchange& exchange, const FaultPlan& faults, const ListText& list)
      : exchange_(exchange),
        faults_(faults),
        list_(list),
        chunked_(!exchange.request.get("chunked").empty() || faults.has(FaultKind::Truncate)) {
    if (const Fault* drip = active(FaultKind::Drip)) rate_ = std::max(1.0, drip->number);
  }

  void run() {
    if (!exchange_.begin_stream(list_.type, chunked_)) return;
    const Fault* empty = active(FaultKind::Empty);
    if (empty && empty->text == "body") return end();
    block_ = list_.head;
    if (!empty && !add_rows()) return;
    if (!active(FaultKind::Cut)) block_ += list_.tail;
    if (flush()) end();
  }

 private:
  [[nodiscard]] const Fault* active(FaultKind kind) const { return faults_.active(kind, Seconds{0}); }

  /// False when there is nothing more to be sent.
  bool add_rows() {
    const Fault* cut = active(FaultKind::Cut);
    const double share = cut ? std::clamp(cut->number, 0.0, 1.0) : 1;
    const auto last = static_cast<std::size_t>(std::llround(static_cast<double>(list_.rows) * share));
    bool first = true;
    for (std::size_t i = 0; i < list_.rows && i <= last; ++i) {
      if (i == list_.rows / 2 && !pass_middle()) return false;
      auto row = list_.row(i);
      if (row.empty()) continue;
      if (i == last) row.resize(row.size() / 2);
      if (!std::exchange(first, false)) block_ += list_.separator;
      block_ += row;
      if ((block_.size() >= kBlock || rate_ > 0) && !flush()) return false;
    }
    return true;
  }

  /// False when the answer breaks off here.
  bool pass_middle() {
    if (active(FaultKind::Stall)) return flush() && exchange_.wait_while([] { return true; });
    if (active(FaultKind::Reset)) {
      (void)flush();
      exchange_.connection.reset_on_close();
      return false;
    }
    if (!active(FaultKind::Truncate)) return true;
    if (flush()) (void)exchange_.connection.send("2f00\r\n,");
    return false;
  }

  /// Sends what has gathered, at the rate there is. False when the peer has gone.
  bool flush() {
    std::string_view rest = block_;
    while (!rest.empty()) {
      const auto step =
          rate_ > 0 ? static_cast<std::size_t>(std::ceil(rate_ * Seconds{kTick}.count())) : kBlock;
      const auto piece = rest.substr(0, step);
      if (rate_ > 0 && !exchange_.connection.wait_until(due(piece.size()))) return false;
      if (!send(piece)) return false;
      rest.remove_prefix(piece.size());
    }
    block_.clear();
    return true;
  }

  /// When so many more bytes may be out.
  Clock::time_point due(std::size_t bytes) {
    sent_ += bytes;
    return began_ + std::chrono::duration_cast<Clock::duration>(Seconds{static_cast<double>(sent_) / rate_});
  }

  bool send(std::string_view bytes) {
    Connection& connection = exchange_.connection;
    if (!chunked_) return connection.send(bytes);
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    return connection.send(concat(std::string_view{size.data(), end}, "\r\n", bytes, "\r\n"));
  }

  void end() {
    if (chunked_) (void)exchange_.connection.send("0\r\n\r\n");
  }

  Exchange& exchange_;
  const FaultPlan& faults_;
  const ListText& list_;
  bool chunked_;
  double rate_ = 0; // bytes a second; 0: as fast as they are taken
  Clock::time_point began_ = Clock::now();
  std::size_t sent_ = 0;
  std::string block_;
};

} // namespace

void send_list(Exchange& exchange, const FaultPlan& faults, const ListText& list) {
  ListSender{exchange, faults, list}.run();
}

} // namespace relevo::provider
