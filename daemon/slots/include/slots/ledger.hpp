// SPDX-License-Identifier: LGPL-2.1-or-later
// Ledger: who holds which connection to a provider, and whether one more is allowed.
#pragma once

#include "model/ids.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::slots {

using Time = std::chrono::steady_clock::time_point;

/// What connections are counted by, from the narrowest to the widest.
enum class Level : std::uint8_t {
  Login,
  Credentials, // logins of several accounts that the provider takes for one
  Account,
  Global,
};
[[nodiscard]] std::string_view name_of(Level level) noexcept; // "login", "credentials" …

/// How many connections each level allows, this one with them; 0: any number.
struct Limits {
  unsigned login = 0;
  unsigned credentials = 0;
  unsigned account = 0;
  unsigned global = 0;

  bool operator==(const Limits&) const = default;
};

/// One connection to be opened.
struct Claim {
  model::LoginId login{};    // none: an account without logins
  std::string credentials{}; // "": shared with nobody
  model::AccountId account{};
  Limits limits{};
  std::string holder{}; // for people

  bool operator==(const Claim&) const = default;
};

struct Refusal {
  Level level = Level::Login; // the narrowest that has none left
  unsigned taken = 0;
  unsigned limit = 0;
  std::vector<std::string> holders{}; // of what is taken, the oldest first
  std::optional<Time> free_at{};      // what is taken was given back, and rests until then

  bool operator==(const Refusal&) const = default;
};

struct Entries;

/// One connection that was allowed. Whoever has the connection has its lease: destroying it gives the
/// connection back, in any thread, also when the ledger has gone.
class Lease {
 public:
  Lease() noexcept = default; // none
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  ~Lease() { reset(); }

  explicit operator bool() const noexcept { return entries_ != nullptr; }
  void reset() noexcept;

 private:
  friend class Ledger;
  Lease(std::shared_ptr<Entries> entries, std::uint64_t number) noexcept;

  std::shared_ptr<Entries> entries_;
  std::uint64_t number_ = 0;
};

/// Any thread may call any member. Copies are the same ledger. Nothing is counted but leases that exist, and
/// for a short rest those that did.
class Ledger {
 public:
  /// A provider needs a moment to see that a connection was closed, and refuses the next one until then.
  static constexpr std::chrono::milliseconds kRest{200};

  explicit Ledger(std::chrono::milliseconds rest = kRest);

  /// The limits are those of this claim, as settings change; they end nothing that was taken before.
  [[nodiscard]] tl::expected<Lease, Refusal> take(Claim claim, Time now);
  /// Whether take() would refuse, and why, once nothing rests any more.
  [[nodiscard]] tl::expected<void, Refusal> check(const Claim& claim) const;

  struct Entry {
    Claim claim;
    Time since;
  };
  [[nodiscard]] std::vector<Entry> entries() const; // the oldest first

 private:
  std::shared_ptr<Entries> entries_;
};

} // namespace relevo::slots
