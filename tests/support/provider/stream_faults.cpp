// SPDX-License-Identifier: LGPL-2.1-or-later
// Turns faults that are in force into content, or into a wrong answer.
#include "provider/stream_faults.hpp"

namespace relevo::provider {
namespace {

Clock::time_point after(Clock::time_point start, Seconds time) {
  return start + std::chrono::duration_cast<Clock::duration>(time);
}

Response redirect(const Exchange& exchange, int hop) {
  const Request& request = exchange.request;
  std::string location;
  for (const auto& part : request.path)
    location.append(1, '/').append(percent_encode(part));
  const std::string query = request.query_without("hop");
  location += query + (query.empty() ? "?hop=" : "&hop=") + std::to_string(hop);
  // Providers send both kinds; every second one is absolute.
  if (hop % 2 == 1) location = "http://" + exchange.connection.local_address() + location;
  return {302, "text/html", "<html><body>Moved</body></html>\n", {{"Location", location}}};
}

Response error_page(int status) {
  Response response{
      status, "text/html", "<html><body>Error " + std::to_string(status) + "</body></html>\n", {}};
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"provider\"");
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  return response;
}

/// `active(kind)`: the fault in force, or none.
template <class Active>
bool answer_with(Exchange& exchange, Clock::time_point now, Active&& active) {
  if (active(FaultKind::Refuse)) {
    exchange.connection.reset_on_close();
    exchange.hang_up();
    return true;
  }
  if (const auto hold = active(FaultKind::Hold))
    if (!exchange.connection.wait_until(after(now, Seconds{hold->number}))) {
      exchange.hang_up();
      return true;
    }
  if (const auto status = active(FaultKind::Status)) {
    exchange.respond(error_page(static_cast<int>(status->number)));
    return true;
  }
  if (const auto chain = active(FaultKind::Redirect)) {
    const int hop = static_cast<int>(exchange.request.number("hop", 0));
    if (chain->text == "loop" || hop < chain->number) {
      exchange.respond(redirect(exchange, chain->text == "loop" ? 1 - hop % 2 : hop + 1));
      return true;
    }
  }
  if (active(FaultKind::Html)) {
    exchange.respond(
        {200, "text/html", "<!DOCTYPE html><html><body>Your account is overdue.</body></html>\n", {}});
    return true;
  }
  return false;
}

} // namespace

std::optional<Fault> StreamFaults::active(FaultKind kind, Moment at) const {
  if (auto fault = station_.active_fault(channel_, kind, at.wall)) return fault;
  const Fault* fault = url_.active(kind, at.stream);
  return fault ? std::optional{*fault} : std::nullopt;
}

Content StreamFaults::content(Moment at) const {
  Content content{.clip = station_.clip_of_channel(channel_)};
  for (const FaultKind kind : {FaultKind::Clip, FaultKind::Silent, FaultKind::Frozen, FaultKind::Black})
    if (const auto fault = active(kind, at)) content.clip = station_.clip(clip_needed(*fault));
  const auto number = [&](FaultKind kind) {
    const auto fault = active(kind, at);
    return fault ? fault->number : 0;
  };
  content.corrupt = number(FaultKind::Corrupt);
  content.drop = number(FaultKind::Drop);
  content.jump = static_cast<ts::Pcr>(number(FaultKind::Jump) * static_cast<double>(ts::kTicksPerSecond)) *
                 ts::kPcrPerTick;
  content.other_pids = active(FaultKind::Pids, at).has_value();
  content.scrambled = active(FaultKind::Scrambled, at).has_value();
  content.no_video = active(FaultKind::NoVideo, at).has_value();
  return content;
}

bool answer_faultily(Exchange& exchange, const StreamFaults& faults, Moment now) {
  return answer_with(exchange, now.wall, [&](FaultKind kind) { return faults.active(kind, now); });
}

bool answer_faultily(Exchange& exchange, const FaultPlan& faults) {
  return answer_with(exchange, Clock::now(), [&](FaultKind kind) { return faults.active(kind, Seconds{0}); });
}

} // namespace relevo::provider
