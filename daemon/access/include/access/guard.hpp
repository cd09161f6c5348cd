// SPDX-License-Identifier: LGPL-2.1-or-later
// Guard: finds out who asks, and lets him in or not.
#pragma once

#include "access/credentials.hpp"
#include "access/damper.hpp"
#include "access/decide.hpp"
#include "access/device_tokens.hpp"
#include "access/throttle.hpp"
#include "base/log.hpp"
#include "gx/guarded.hpp"
#include "gx/worker_pool.hpp"
#include "model/device.hpp"
#include "net/route.hpp"
#include "sqlite/database.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <unordered_set>

namespace relevo::access {

/// Why a password, or a box, was not taken.
struct Refused {
  enum class Reason { Wrong, Disabled, Network, TooMany };

  Reason reason = Reason::Wrong;
  std::chrono::milliseconds wait{}; // TooMany: before the next try
};
[[nodiscard]] net::Response answer_to(const Refused& refused);

/// Users, keys, sessions and boxes are in memory, so that a request asks no database; whoever changes them in
/// the database says so with reload(). From any thread, where nothing else is said.
class Guard {
 public:
  /// `tell` gets what is worth to be known later, in the main thread: {"event":"login", …}. No secret is in
  /// them.
  using Tell = std::function<void(const nlohmann::json&)>;

  /// `log` must outlive it. `database`: its file. Throws sqlite::Failure.
  Guard(const Log& log, std::string database, Rules rules, Tell tell);
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// In the main thread: a net::Guard. A player's password may be his user's stream token.
  [[nodiscard]] net::Admission check(const net::Request& request, net::Access wanted);

  /// Users, keys, sessions or boxes have changed. Throws sqlite::Failure.
  void reload(sqlite::Database& database);
  [[nodiscard]] bool has_users();

  struct LoggedIn {
    model::User user;
    std::string token; // for the browser's cookie
  };
  /// In a worker: takes its time. Throws sqlite::Failure.
  [[nodiscard]] tl::expected<LoggedIn, Refused> log_in(sqlite::Database& database, const std::string& name,
                                                       const std::string& password,
                                                       const net::Request& request, model::Time now);
  /// In a worker: whether it is his. Throttled as logging in is.
  [[nodiscard]] tl::expected<model::User, Refused>
  check_password(const std::string& name, const std::string& password, const std::string& address);

  /// In the main thread, as the next three: why a box with this MAC, as stalker::parse_mac() writes it, is
  /// not let in; empty: it is. MACs can be guessed, so this is throttled as logging in is; who says the same
  /// wrong one again guesses nothing.
  [[nodiscard]] std::optional<Refused> check_device(const net::Request& request, const std::string& mac);
  struct AdmittedDevice {
    std::string token; // good for what its user may watch, as "token" in addresses too
    bool renewed;      // it is not the one that the box had
  };
  /// The same, for a box that wants a token. `had`: the one that it has; "": none.
  [[nodiscard]] tl::expected<AdmittedDevice, Refused>
  admit_device(const net::Request& request, const std::string& mac, const std::string& had);
  /// Whose box has this token.
  [[nodiscard]] tl::expected<net::Asker, Refused> find_device(const net::Request& request,
                                                              std::string_view token);
  /// The box needs its token no more.
  void forget_device(std::string_view token);

  /// `event` gets the time, goes to the log in one line, and is told.
  void tell(nlohmann::json event);

 private:
  struct Roll {
    std::unordered_map<std::string, model::User> users{};          // by name, in lower case
    std::unordered_map<std::string, std::string> tokens{};         // hash of a stream token to such a name
    std::unordered_map<std::string, model::ApiKey> keys{};         // by hash
    std::unordered_map<std::string, model::WebSession> sessions{}; // by hash
    std::unordered_map<std::string, std::string> passwords{};      // by name: a quick hash of what was right
    std::unordered_map<std::string, model::Device> devices{};      // by hash of their MAC
  };
  struct Throttles {
    Throttle addresses;
    Throttle names;
    std::unordered_set<std::string> wrong_devices{}; // address and MAC
  };
  struct Found {
    Claim claim{};
    net::Asker asker{};
  };

  [[nodiscard]] Found find_claim(const net::Request& request, net::Access wanted);
  [[nodiscard]] Found find_key(std::string_view key);
  [[nodiscard]] Found find_token(std::string_view token);
  [[nodiscard]] Found find_session(const net::Request& request);
  [[nodiscard]] Found find_device_claim(const std::string& key);
  [[nodiscard]] std::optional<Found> find_device_token(std::string_view token);
  [[nodiscard]] tl::expected<Found, Refused> try_device(const net::Request& request, const std::string& key);
  [[nodiscard]] std::optional<Refused> judge_device(const net::Request& request, const Found& found);
  [[nodiscard]] Decision decide_for(const net::Request& request, net::Access wanted,
                                    const Claim& claim) const;
  void tell_refusal(const net::Request& request, std::string_view code, const std::string& user);
  [[nodiscard]] net::Admission judge(const net::Request& request, net::Access wanted, const Found& found);
  [[nodiscard]] net::Admission check_login(const net::Request& request, Login login);
  [[nodiscard]] std::function<void(net::Admission::Then)> check_later(const net::Request& request,
                                                                      Login login);
  void keep_used(const std::string& hash, model::Time now);
  void keep_seen(model::DeviceId device, model::Time now);

  const Log& log_;
  const std::string database_;
  const Rules rules_;
  const Tell tell_;
  const std::string salt_; // of quick hashes; new with each start
  gx::Guarded<Roll> roll_;
  gx::Guarded<Throttles> throttles_;
  gx::Guarded<DeviceTokens> device_tokens_;
  Damper refusals_;     // main thread
  gx::WorkerPool pool_; // last: its thread uses the others
};

} // namespace relevo::access
