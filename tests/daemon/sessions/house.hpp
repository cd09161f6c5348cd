// SPDX-License-Identifier: LGPL-2.1-or-later
// A house full of channels in a test: the fault provider, sessions, and guests who come to watch.
#pragma once

#include "gst/judge.hpp"
#include "gst/socket_viewer.hpp"
#include "main_loop.hpp"
#include "provider/test_provider.hpp"
#include "sessions/sessions.hpp"

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::sessions::test {

using relevo::test::turn_until;

inline constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n";

/// Somebody who asked for a channel, and what became of it.
struct Visitor {
  explicit Visitor(std::string name) : who{std::move(name), "Player/1"} {}

  [[nodiscard]] bool plays(std::size_t more = 300'000) {
    const std::size_t until = socket.size() + more;
    return turn_until([&] { return socket.size() >= until; });
  }
  [[nodiscard]] bool is_refused() {
    return turn_until([&] { return refused.has_value(); });
  }
  /// "" for a clean answer.
  [[nodiscard]] std::string faults();

  Viewer who;
  relevo::test::SocketViewer socket;
  bool joined = false;
  std::optional<Refused> refused;
};

class House {
 public:
  explicit House(Settings with = {});

  /// A channel of clips, each by the login "joe", which has as many connections as the provider allows.
  void add_channel(const std::string& name, const std::vector<std::string>& clips, unsigned connections = 1);
  Visitor& visit(const std::string& visitor, const std::string& channel, int priority = 0);
  /// All leave, and what lingers goes: nothing is left then.
  void close();

  [[nodiscard]] std::vector<Event> told(Happening what) const;
  [[nodiscard]] bool hears(Happening what, std::size_t times = 1) const;
  [[nodiscard]] SessionView session(const std::string& channel) const;
  [[nodiscard]] State state(const std::string& channel) const { return session(channel).state; }
  [[nodiscard]] provider::Counters joe() const { return provider.login_counters("joe"); }

  provider::TestProvider provider;
  slots::Ledger ledger;
  std::map<std::string, Plan> plans;
  bool broken = false; // the catalogue cannot be read
  std::vector<Event> events;
  std::vector<model::Measured> measured;
  std::list<Visitor> visitors;
  std::optional<Sessions> sessions; // last: it goes first
};

/// What tests have time for.
[[nodiscard]] Settings quick();

} // namespace relevo::sessions::test
