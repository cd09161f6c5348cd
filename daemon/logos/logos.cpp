// SPDX-License-Identifier: LGPL-2.1-or-later
// Who waits for which logo.
#include "logos/logos.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace relevo::logos {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kAtOnce = 4;
constexpr std::uint64_t kMostOnDisk = std::uint64_t{128} << 20;
constexpr std::size_t kMostFailures = 4096;
constexpr std::chrono::days kFresh{7};
constexpr std::chrono::minutes kPause{5}, kPauseOfServer{1};

bool is_fresh(const Shelf::Kept& kept) {
  return std::filesystem::file_time_type::clock::now() - kept.since < kFresh;
}

} // namespace

Logos::Logos(const std::string& folder, const std::string& temporary, const Log& log)
    : log_(log),
      shelf_({folder, temporary, kMostOnDisk}),
      state_(State{.failures = Failures(kMostFailures)}),
      pool_("logos", kAtOnce) {}

void Logos::find(Wish wish, gx::CancelToken gone, OnFound on_found) {
  if (key_of(wish).empty()) return on_found(fail("this is not the address of a picture on the web"));
  auto kept = shelf_.find(wish.url);
  auto picture = kept ? read_picture(std::move(kept->bytes)) : std::nullopt;
  if (!picture) return begin(wish, Asker{std::move(gone), std::move(on_found)});
  on_found(*std::move(picture));
  if (!is_fresh(*kept)) begin(wish, std::nullopt);
}

/// Has it fetched, or lets him wait with those who asked before.
void Logos::begin(const Wish& wish, std::optional<Asker> asker) {
  if (const auto failure = find_failure(wish)) {
    if (asker) asker->on_found(fail(*failure));
  } else if (join(wish, std::move(asker))) {
    pool_.submit([this, wish](const gx::CancelToken& token) { perform(wish, token); });
  }
}

std::optional<std::string> Logos::find_failure(const Wish& wish) {
  const auto now = Steady::now();
  const auto key = key_of(wish), server = server_key_of(wish);
  auto state = state_.lock();
  auto failure = state->failures.find(key, now);
  return failure ? failure : state->failures.find(server, now);
}

/// Whether he is the first.
bool Logos::join(const Wish& wish, std::optional<Asker> asker) {
  auto state = state_.lock();
  const auto [place, is_new] = state->fetching.try_emplace(key_of(wish));
  if (asker)
    place->second.askers.push_back(*std::move(asker));
  else
    place->second.renewal = true;
  return is_new;
}

/// In a worker.
void Logos::perform(const Wish& wish, const gx::CancelToken& token) {
  if (!is_wanted(wish)) return;
  const auto found = fetch_and_keep(wish, token);
  if (token.cancelled()) return;
  const auto done = state_.lock()->fetching.extract(key_of(wish));
  for (const auto& asker : done.mapped().askers)
    asker.on_found(found);
}

/// Who scrolls through a long list has left most of it before its turn.
bool Logos::is_wanted(const Wish& wish) {
  std::map<std::string, Fetching>::node_type unwanted; // goes after the lock
  auto state = state_.lock();
  const auto place = state->fetching.find(key_of(wish));
  const auto& [renewal, askers] = place->second;
  if (renewal || !std::ranges::all_of(askers, [](const Asker& one) { return one.gone.cancelled(); }))
    return true;
  unwanted = state->fetching.extract(place);
  return false;
}

Found Logos::fetch_and_keep(const Wish& wish, const gx::CancelToken& token) {
  // Its server may have failed since it was asked for.
  if (auto why = find_failure(wish)) return fail(*std::move(why));
  auto picture = fetch(wish, token);
  if (picture) {
    keep(wish.url, *picture);
    return *std::move(picture);
  }
  if (!token.cancelled()) remember(wish, picture.error());
  return fail(std::move(picture.error().message));
}

void Logos::keep(const std::string& url, const Picture& picture) {
  const auto kept = shelf_.keep(url, picture.bytes);
  if (kept) return;
  if (!complained_.exchange(true))
    log_.write(LogLevel::Warning, concat("logos are fetched again and again: ", kept.error().message));
}

void Logos::remember(const Wish& wish, const Problem& problem) {
  log_.write(LogLevel::Debug, concat("no logo: ", problem.message));
  auto state = state_.lock();
  const auto now = Steady::now();
  state->failures.remember(key_of(wish), problem.message, now + kPause);
  if (problem.of_server) state->failures.remember(server_key_of(wish), problem.message, now + kPauseOfServer);
}

} // namespace relevo::logos
