// SPDX-License-Identifier: LGPL-2.1-or-later
// The refresh of an account from its provider to the database, with what came of it written down.
#pragma once

#include "catalog/refresh.hpp"
#include "ip/reach.hpp"
#include "sources/trouble.hpp"

namespace relevo::catalog {

struct AccountRefresh {
  model::AccountId account{};
  bool dry_run = false;
  bool accept_losses = false;
  bool even_unchanged = false; // read the list though the provider says that it is the same
  model::Time now{};
  std::string folder{}; // for downloads and for this alone: is made, and goes with all that is in it
  ip::Reach reach{};    // where downloads may lead
};

enum class Outcome { Done, Unchanged, Objected, Failed };

/// The message of a failure, as one word; with the status of HTTP that came, or 0.
struct Setback {
  sources::Cause cause = sources::Cause::Other;
  unsigned status = 0;
};

struct AccountReport {
  Outcome outcome = Outcome::Failed;
  std::string message{};  // for people: what failed, or what is objected to
  RefreshReport report{}; // of Done and Objected, and of a dry run
  Setback setback{};      // of Failed
};

/// What it is doing, and how far it is.
struct AccountProgress {
  enum class Phase { Download, Parse, Apply };

  Phase phase = Phase::Download;
  std::uint64_t done = 0;  // bytes of Download, entries of the others
  std::uint64_t total = 0; // 0: not known
};

/// A folder for downloads, which goes before how it went is written down: the disk may be full of them.
class DownloadFolder {
 public:
  /// What an earlier one left there is taken away.
  explicit DownloadFolder(std::string path);
  DownloadFolder(const DownloadFolder&) = delete;
  DownloadFolder& operator=(const DownloadFolder&) = delete;
  ~DownloadFolder();

 private:
  std::string path_;
};

/// Blocks, in a worker. Whatever fails is in the report, in the state of the account, and in an alert; only
/// what cannot be written down throws. A dry run writes nothing.
[[nodiscard]] AccountReport refresh_account(sqlite::Database& database, const AccountRefresh& task,
                                            const std::function<void(const AccountProgress&)>& on_progress,
                                            const gx::CancelToken& token);

} // namespace relevo::catalog
