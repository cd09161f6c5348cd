// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/turnstile.hpp"

#include <algorithm>
#include <utility>

namespace relevo::access {

std::size_t Turnstile::Hall::streams(const Visit* of_user) const {
  std::vector<const Visit*> seen;
  for (const auto& [id, inside] : visits) {
    const Visit& visit = inside.visit;
    if (of_user && visit.user != of_user->user) continue;
    const auto same = [&visit](const Visit* other) { return other->same_stream(visit); };
    if (std::ranges::none_of(seen, same)) seen.push_back(&visit);
  }
  return seen.size();
}

std::vector<Turnstile::Inside> Turnstile::Hall::take_out(const Visit& stream) {
  std::vector<Inside> taken;
  for (auto one = visits.begin(); one != visits.end();) {
    if (one->second.visit.same_stream(stream)) {
      taken.push_back(std::move(one->second));
      one = visits.erase(one);
    } else {
      ++one;
    }
  }
  return taken;
}

std::optional<Full> Turnstile::find_full(const Hall& hall, const Visit& visit, std::size_t leaving) const {
  if (visit.user != 0 && visit.limit != 0 && hall.streams(&visit) >= visit.limit + leaving) return Full::User;
  if (limit_ != 0 && hall.streams(nullptr) >= limit_ + leaving) return Full::All;
  return std::nullopt;
}

tl::expected<std::vector<Turnstile::Inside>, Full> Turnstile::make_room(Hall& hall,
                                                                        const Visit& visit) const {
  const auto same_stream = [&visit](const auto& one) { return one.second.visit.same_stream(visit); };
  if (std::ranges::any_of(hall.visits, same_stream)) return {};
  const auto full = find_full(hall, visit, 0);
  if (!full) return {};
  const auto same_player = [&visit](const auto& one) { return one.second.visit.same_player(visit); };
  const auto older = std::ranges::find_if(hall.visits, same_player);
  if (older == hall.visits.end() || find_full(hall, visit, 1)) return tl::unexpected(*full);
  return hall.take_out(Visit(older->second.visit));
}

tl::expected<std::shared_ptr<void>, Full> Turnstile::admit(Visit visit, std::function<void()> leave) {
  std::uint64_t id = 0;
  std::vector<Inside> leaving;
  {
    const auto hall = hall_->lock();
    auto made = make_room(*hall, visit);
    if (!made) return tl::unexpected(made.error());
    leaving = *std::move(made);
    id = ++hall->last;
    hall->visits.emplace(id, Inside{std::move(visit), std::move(leave)});
  }
  for (const Inside& one : leaving)
    one.leave();
  // One that had to leave is not inside any more when its ticket goes.
  return std::shared_ptr<void>(nullptr, [hall = hall_, id](void*) {
    Inside gone; // what it holds goes without the lock
    const auto locked = hall->lock();
    if (auto found = locked->visits.extract(id)) gone = std::move(found.mapped());
  });
}

std::size_t Turnstile::streams() const {
  return hall_->lock()->streams(nullptr);
}

std::size_t Turnstile::streams_of(std::int64_t user) const {
  const Visit his{.user = user};
  return hall_->lock()->streams(&his);
}

} // namespace relevo::access
