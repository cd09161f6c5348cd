// SPDX-License-Identifier: LGPL-2.1-or-later
// The house of a test.
#include "house.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace relevo::sessions::test {

std::string Visitor::faults() {
  const std::string seen = socket.seen();
  if (!seen.starts_with(kHead)) return "there is no head";
  return relevo::test::violations_in(seen.substr(kHead.size()));
}

Settings quick() {
  Settings settings;
  settings.linger = std::chrono::milliseconds{100};
  return settings;
}

House::House(Settings with) {
  relevo::test::init_gstreamer();
  Memory memory;
  memory.on_measured = [this](const model::Measured& one) { measured.push_back(one); };
  provider.set_login({"joe", "secret", 1});
  sessions.emplace(
      std::move(with), ledger,
      [this](std::string_view reference) -> std::optional<Plan> {
        if (broken) throw sqlite::Failure(sqlite::Problem::Other, "the disk has gone");
        const auto found = plans.find(std::string(reference));
        if (found == plans.end()) return std::nullopt;
        return found->second;
      },
      [this](const Event& event) { events.push_back(event); }, std::move(memory));
}

void House::add_channel(const std::string& name, const std::vector<std::string>& clips,
                        unsigned connections) {
  provider.set_login({"joe", "secret", connections});
  const auto number = static_cast<std::int64_t>(plans.size() + 1);
  Plan plan{{number}, concat("uuid of ", name), name, {}, {}, {}};
  for (const std::string& clip : clips) {
    Source source;
    source.stream = {number * 100 + static_cast<std::int64_t>(plan.sources.size())};
    source.candidate.id = clip;
    source.candidate.label = clip;
    source.candidate.uri = provider.url("/live/joe/secret/" + clip + ".ts?burst=1");
    source.candidate.slot_key = "joe";
    source.claim.login = {1};
    source.claim.account = {1};
    source.claim.limits.login = connections;
    plan.sources.push_back(std::move(source));
  }
  plans.emplace(name, std::move(plan));
}

Visitor& House::visit(const std::string& name, const std::string& channel, int priority) {
  Visitor& visitor = visitors.emplace_back(name);
  Guest guest;
  guest.who = visitor.who;
  guest.socket = visitor.socket.take_socket();
  guest.head = kHead;
  guest.priority = priority;
  guest.on_joined = [&visitor] { visitor.joined = true; };
  guest.on_refused = [&visitor](Refused refused) { visitor.refused = std::move(refused); };
  sessions->watch(channel, std::move(guest));
  return visitor;
}

void House::close() {
  for (Visitor& visitor : visitors)
    visitor.socket.hang_up();
  for (const auto& session : sessions->view())
    for (const auto& viewer : session.viewers)
      if (viewer.kind == ViewerKind::Hls) CHECK(sessions->kick(viewer.stats.id));
  REQUIRE(turn_until([&] { return sessions->view().empty(); }));
  CHECK(ledger.entries().empty());
  CHECK(told(Happening::SessionClosed).size() == told(Happening::SessionOpened).size());
}

std::vector<Event> House::told(Happening what) const {
  std::vector<Event> out;
  std::ranges::copy_if(events, std::back_inserter(out),
                       [&](const Event& event) { return event.what == what; });
  return out;
}

bool House::hears(Happening what, std::size_t times) const {
  return turn_until([&] { return told(what).size() >= times; });
}

SessionView House::session(const std::string& channel) const {
  const auto views = sessions->view();
  const auto found = std::ranges::find(views, channel, &SessionView::channel_name);
  REQUIRE(found != views.end());
  return *found;
}

} // namespace relevo::sessions::test
