// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/events.hpp"

#include "vocabulary.hpp"

#include <cassert>

namespace relevo::admin {
namespace {

using nlohmann::json;

std::string write(const json& event) {
  return event.dump(-1, ' ', false, json::error_handler_t::replace);
}

template <class I>
std::optional<I> read_id(const json& event, const char* name) {
  const auto found = event.find(name);
  if (found == event.end() || !found->is_number_integer()) return std::nullopt;
  return I{found->get<std::int64_t>()};
}

model::Moment read_moment(const json& event) {
  using std::chrono::milliseconds;
  const auto found = event.find("at_ms");
  if (found == event.end()) return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  return model::Moment(milliseconds(found->get<std::int64_t>()));
}

std::string read_subject(const json& event) {
  for (const char* name : {"channel_name", "account_name", "guide_name", "user", "key"})
    if (event.contains(name)) return event[name].get<std::string>();
  return {};
}

model::PastEvent make_past(const json& event, const std::string& summary) {
  model::PastEvent past;
  past.at = read_moment(event);
  past.kind = event.at("event").get<std::string>();
  assert(is_event_kind(past.kind)); // or no interface has words for it
  past.channel = read_id<model::ChannelId>(event, "channel");
  past.account = read_id<model::AccountId>(event, "account");
  past.stream = read_id<model::StreamId>(event, "stream");
  past.session = event.value("session", std::uint64_t{0});
  past.subject = read_subject(event);
  past.summary = summary;
  past.evidence = write(event);
  return past;
}

} // namespace

Events::~Events() {
  for (const auto& listener : listeners_)
    listener->on_closed({});
}

void Events::add(std::shared_ptr<net::WebSocket> listener) {
  listener->on_closed([this, gone = listener.get()] {
    std::erase_if(listeners_, [gone](const auto& one) { return one.get() == gone; });
  });
  listeners_.push_back(std::move(listener));
}

void Events::publish(json event, const std::string& summary) {
  if (!summary.empty() && keep_) keep_(make_past(event, summary));
  if (listeners_.empty()) return;
  if (!summary.empty()) event["summary"] = summary;
  const auto text = write(event);
  for (const auto& listener : listeners_)
    listener->send(text);
}

} // namespace relevo::admin
