// SPDX-License-Identifier: LGPL-2.1-or-later
// The ways to a list, one for each kind of account.
#include "sources/fetch.hpp"

#include "base/text.hpp"
#include "sources/database_listing.hpp"
#include "sources/download.hpp"
#include "sources/m3u_listing.hpp"
#include "xtream_fetch.hpp"

#include <filesystem>

namespace relevo::sources {
namespace {

using OnBytes = std::function<void(std::uint64_t, std::uint64_t)>;

/// "" where it is a URL of the web.
std::string local_path(const std::string& location) {
  constexpr std::string_view kScheme = "file://";
  if (starts_with_nocase(location, kScheme)) return location.substr(kScheme.size());
  return location.find("://") == std::string::npos ? location : "";
}

/// Of a file on our disk: when it was changed, and its size.
Got<std::string> file_validator(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(Cause::File, concat("cannot read ", path, ": ", error.message()));
  const auto changed = std::filesystem::last_write_time(path, error);
  if (error) return fail(Cause::File, concat("cannot read ", path, ": ", error.message()));
  return concat("file:", changed.time_since_epoch().count(), ":", size);
}

Got<FetchedFile> take_file(const FilePlan& plan, const std::string& path) {
  auto validator = file_validator(path);
  if (!validator) return tl::unexpected(validator.error());
  return FetchedFile{*validator == plan.validator, path, *validator, ""};
}

Got<Fetched> fetch_m3u(const FetchPlan& plan, const OnBytes& on_bytes, const gx::CancelToken& token) {
  if (trim(plan.account.location).empty()) return fail(Cause::NoList, "no list was uploaded yet");
  auto file = fetch_file({plan.account.location, plan.account.requests, plan.validator,
                          concat(plan.folder, "/list"), plan.reach},
                         on_bytes, token);
  if (!file) return tl::unexpected(file.error());
  Fetched fetched;
  if (!file->unchanged) fetched.listing = std::make_unique<M3uListing>(file->file, file->url);
  fetched.validator = std::move(file->validator);
  return fetched;
}

/// Another program may change it at any time without a trace in the file: it is always read.
Got<Fetched> open_database(const FetchPlan& plan) {
  Fetched fetched;
  fetched.listing = std::make_unique<DatabaseListing>(local_path(plan.account.location));
  return fetched;
}

} // namespace

Got<FetchedFile> fetch_file(const FilePlan& plan, const OnBytes& on_bytes, const gx::CancelToken& token) {
  if (const auto path = local_path(plan.location); !path.empty()) return take_file(plan, path);
  DownloadPlan download_plan;
  download_plan.url = plan.location;
  download_plan.requests = plan.requests;
  download_plan.validator = plan.validator;
  download_plan.file = plan.target;
  download_plan.reach = plan.reach;
  auto done = download(download_plan, on_bytes, token);
  if (!done) return tl::unexpected(done.error());
  return FetchedFile{done->unchanged, plan.target, std::move(done->validator), std::move(done->url)};
}

Got<Fetched> fetch(const FetchPlan& plan, const OnBytes& on_bytes, const gx::CancelToken& token) {
  switch (plan.account.kind) {
  case model::AccountKind::M3u: return fetch_m3u(plan, on_bytes, token);
  case model::AccountKind::Xtream: return fetch_xtream(plan, on_bytes, token);
  case model::AccountKind::Database: return open_database(plan);
  case model::AccountKind::Manual: break;
  }
  return fail(Cause::Other, "streams that were entered by hand are not refreshed");
}

std::optional<model::Time> last_change(const std::string& location) {
  const auto path = local_path(location);
  if (path.empty()) return std::nullopt;
  std::optional<model::Time> newest;
  for (const char* end : {"", "-wal"}) { // SQLite writes what is new beside its file
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(path + end, error);
    if (error) continue;
    const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(changed));
    newest = std::max(newest, std::optional<model::Time>(time));
  }
  return newest;
}

} // namespace relevo::sources
