// SPDX-License-Identifier: LGPL-2.1-or-later
// Doorkeeper: whether somebody who may watch may watch this channel, and now.
#pragma once

#include "access/turnstile.hpp"
#include "model/user.hpp"
#include "net/request.hpp"
#include "net/response.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace relevo::app {

/// Lives in the main thread.
class Doorkeeper {
 public:
  /// `database`: its file. `streams`: at once; 0: any number.
  Doorkeeper(std::string database, std::size_t streams)
      : database_(std::move(database)), streams_(streams), turnstile_(streams) {}

  /// What is to be kept as long as he watches, or the answer that he gets.
  using Place = tl::expected<std::shared_ptr<void>, net::Response>;
  /// Ends his watching, when another stream of his takes the place. Must not throw.
  using Leave = std::function<void()>;

  /// `reference`: as of sessions::find_channel().
  [[nodiscard]] Place admit(const net::Request& request, std::string_view reference, Leave leave);
  /// One stream alone, whoever he is.
  [[nodiscard]] Place admit_preview(const net::Request& request, model::StreamId stream, Leave leave);

  /// How many streams a user watches now. From any thread.
  [[nodiscard]] std::size_t watched(model::UserId user) const { return turnstile_.streams_of(user.value); }

 private:
  /// `what`: a channel, or minus a stream.
  [[nodiscard]] Place take_place(const net::Request& request, const model::User& user, std::int64_t what,
                                 Leave leave);

  const std::string database_;
  const std::size_t streams_;
  access::Turnstile turnstile_;
};

} // namespace relevo::app
