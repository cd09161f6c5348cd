// SPDX-License-Identifier: LGPL-2.1-or-later
// Tuner: Relevo as HDHomeRun tuners.
#pragma once

#include "access/decide.hpp"
#include "base/log.hpp"
#include "gx/context.hpp"
#include "gx/descriptor.hpp"
#include "gx/worker_pool.hpp"
#include "net/endpoint.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"
#include "tuner/bank.hpp"
#include "tuner/roster.hpp"
#include "tuner/settings.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tuner {

class Announcer;
class Control;
class Discovery;
class Push;
class Routes;

struct House {
  std::string database{};        // its file
  std::string installation{};    // a text that no other installation has
  std::string public_address{};  // what addresses begin with; "": as the client asked
  net::Endpoint endpoint{{}, 0}; // where the server listens
  std::size_t connections = 0;   // to all providers; 0: any number
  std::size_t streams = 0;       // that are watched at once; 0: any number
  access::Rules access{};
  /// Has a channel sent into a connected socket, without a head. Who is refused finds it closed.
  std::function<void(std::string_view channel, sessions::Viewer who, gx::Descriptor socket)> watch{};
};

/// Lives in the main thread. What a device answers by HTTP is there always; that it is found, and answers at
/// the ports of its kind, only where the server listens beyond this machine.
class Tuner {
 public:
  /// All of what it is given must outlive it, but for the values.
  Tuner(net::Server& server, const Log& log, sessions::Sessions& sessions, House house, Settings settings);
  Tuner(const Tuner&) = delete;
  Tuner& operator=(const Tuner&) = delete;
  ~Tuner();

  /// From now on devices are found.
  void begin();
  /// The catalogue may have changed. Several calls in a moment are one.
  void look_again();

 private:
  struct Loaded {
    Roster roster{};
    unsigned tuners = 1;
  };
  /// A device that is found, and the port that is its own.
  struct Offer {
    Device device{};
    std::uint16_t port = 0;

    bool operator==(const Offer&) const = default;
  };
  struct Sending {
    std::uint64_t number;
    std::unique_ptr<Push> push;
  };

  [[nodiscard]] unsigned count(sqlite::Database& database) const; // any thread
  [[nodiscard]] std::vector<TunerState> states();
  void look();
  void load();
  void on_loaded(std::optional<Loaded> loaded); // empty: it could not be read
  void apply(Loaded loaded);
  void take_leave(const std::vector<Offer>& staying);
  [[nodiscard]] std::uint16_t port_of(const Placed& placed);
  [[nodiscard]] std::uint16_t open_port(const Placed& placed);
  bool listen_below(std::uint16_t port, const std::string& path, const std::string& whose);

  // What makes devices be found.
  void start_discovery();
  template <class T, class Open, class... Args>
  void start(std::unique_ptr<T>& part, const std::string& what, Open open, Args... args);
  [[nodiscard]] bool serves(const std::string& own) const;
  [[nodiscard]] bool can_be_found_at_public_address() const;
  [[nodiscard]] std::string base_of(const Offer& offer, const std::string& own) const;

  // What tuners send as datagrams.
  void send(unsigned tuner, const Station& station, const Target& target);
  void on_sent_all(unsigned tuner, std::uint64_t number);

  net::Server& server_;
  const Log& log_;
  sessions::Sessions& sessions_;
  const House house_;
  const Settings settings_;
  const bool open_; // to more than this machine
  std::map<unsigned, Sending> sendings_;
  std::uint64_t last_sending_ = 0;
  Bank bank_;
  std::optional<Bank::Time> looked_{}; // at the sessions
  std::unique_ptr<Routes> routes_;
  bool begun_ = false;
  bool loading_ = false;
  bool changed_ = false;                            // since it was begun to be loaded
  std::vector<std::string> missing_{};              // that was said
  std::map<hdhr::DeviceId, std::uint16_t> ports_{}; // of devices behind the first; 0: none could be had
  std::vector<Offer> offers_{};                     // empty: nothing is known yet
  std::unique_ptr<Discovery> discovery_;            // null, as the next two: it cannot be, or is not wanted
  std::unique_ptr<Control> control_;
  std::unique_ptr<Announcer> announcer_;
  gx::Source renewal_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  gx::WorkerPool pool_; // last: its thread uses the others
};

/// The patterns under which stations play, with the parameter {station}.
[[nodiscard]] std::vector<std::string> stream_patterns();
/// Says in the words of such devices why there is no stream.
enum class NoStream { UnknownChannel, AllTunersInUse, NoVideo };
void explain(net::Response& response, NoStream why);

} // namespace relevo::tuner
