// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/doorkeeper.hpp"

#include "base/text.hpp"
#include "sessions/candidates.hpp"
#include "store/store.hpp"
#include "store/users.hpp"

namespace relevo::app {
namespace {

constexpr unsigned kNotFound = 404, kTooMany = 429, kFailed = 500;

/// Players take any 4xx for the end and do not try again at once, as some do after a 5xx. 403 would say that
/// the credentials are wrong; a relay that has a Relevo as its source would give the login up.
net::Response answer_to(access::Full full) {
  auto response =
      net::error_response(kTooMany, "too-many-streams",
                          full == access::Full::User ? "this user watches as many streams as he may"
                                                     : "as many streams are watched as this server allows");
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

/// Empty: he has gone.
std::optional<model::User> find_user(sqlite::Database& database, const net::Asker& asker) {
  if (asker.user == 0) return model::User{};
  return store::find_user(database, model::UserId{asker.user});
}

/// What is done with the database.
template <class Work>
Doorkeeper::Place guarded(Work work) {
  try {
    return work();
  } catch (const sqlite::Failure& failure) {
    return tl::unexpected(
        net::error_response(kFailed, "failed", concat("the catalogue cannot be read: ", failure.what())));
  }
}

} // namespace

Doorkeeper::Place Doorkeeper::admit(const net::Request& request, std::string_view reference, Leave leave) {
  if (request.asker.user == 0 && streams_ == 0) return nullptr;
  return guarded([&]() -> Place {
    auto database = store::open_again(database_);
    const auto channel = sessions::find_channel(database, reference);
    const auto user = find_user(database, request.asker);
    // Who does not see a channel is not told that there is one.
    if (!channel || !user || !store::sees(database, *user, channel->id))
      return tl::unexpected(
          net::error_response(kNotFound, "not-found", concat("there is no channel ", quote(reference))));
    return take_place(request, *user, channel->id.value, std::move(leave));
  });
}

Doorkeeper::Place Doorkeeper::admit_preview(const net::Request& request, model::StreamId stream,
                                            Leave leave) {
  if (request.asker.user == 0 && streams_ == 0) return nullptr;
  return guarded([&] {
    auto database = store::open_again(database_);
    const auto user = find_user(database, request.asker);
    return take_place(request, user.value_or(model::User{}), -stream.value, std::move(leave));
  });
}

Doorkeeper::Place Doorkeeper::take_place(const net::Request& request, const model::User& user,
                                         std::int64_t what, Leave leave) {
  auto ticket = turnstile_.admit({user.id.value, concat(request.peer, '\n', request.header("User-Agent")),
                                  what, static_cast<std::size_t>(user.streams)},
                                 std::move(leave));
  if (!ticket) return tl::unexpected(answer_to(ticket.error()));
  return *std::move(ticket);
}

} // namespace relevo::app
