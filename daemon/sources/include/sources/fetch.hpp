// SPDX-License-Identifier: LGPL-2.1-or-later
// Getting the list of an account, whatever its kind.
#pragma once

#include "ip/reach.hpp"
#include "sources/listing.hpp"
#include "sources/trouble.hpp"

#include <cstdint>
#include <memory>

namespace relevo::sources {

/// What a provider told of a login.
struct LoginNews {
  model::LoginId login{};
  std::optional<model::Time> expires{};
  std::optional<int> connections{};
};

struct Fetched {
  std::unique_ptr<Listing> listing{}; // null: the provider says that nothing has changed
  std::string validator{};            // of the list; "": none
  std::vector<LoginNews> logins{};
};

/// A list or guide as one file.
struct FilePlan {
  std::string location{}; // URL, or a path
  model::Requests requests{};
  std::string validator{}; // of what we have
  std::string target{};    // where a download goes
  ip::Reach reach{};       // as of DownloadPlan
};
struct FetchedFile {
  bool unchanged = false;
  std::string file{}; // the target, or where it lay already
  std::string validator{};
  std::string url{}; // that answered; "" where it was a file
};
/// As fetch().
[[nodiscard]] Got<FetchedFile> fetch_file(const FilePlan& plan,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& on_bytes,
                                          const gx::CancelToken& token);

struct FetchPlan {
  model::Account account{};
  std::vector<model::Login> logins{};
  std::string validator{}; // of the list that we have
  std::string
      folder{}; // for what is downloaded: the listing reads it there, and whoever made the folder empties it
  ip::Reach reach{}; // as of DownloadPlan
};

/// Blocks, in a worker.
[[nodiscard]] Got<Fetched> fetch(const FetchPlan& plan,
                                 const std::function<void(std::uint64_t, std::uint64_t)>& on_bytes,
                                 const gx::CancelToken& token);

/// When a list or guide was changed; empty where it is no file of this machine.
[[nodiscard]] std::optional<model::Time> last_change(const std::string& location);

} // namespace relevo::sources
