// SPDX-License-Identifier: LGPL-2.1-or-later
// The playlist read piece by piece, until the entry is there.
#include "playlist.hpp"

#include "base/text.hpp"
#include "gstx/fetch_failure.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "http/client.hpp"
#include "uri/redact.hpp"
#include "uri/resolve.hpp"

#include <filesystem>
#include <fstream>

namespace relevo::m3uprofilesel {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::size_t kFaultsKept = 5;

gstx::SourceFailure failure(std::string message, std::string detail = {}) {
  return {policy::Failure::Other, 0, std::move(message), std::move(detail)};
}

bool is_http(std::string_view location) {
  return starts_with_nocase(location, "http://") || starts_with_nocase(location, "https://");
}

/// Keeps the first entry among those that fit best.
class Search {
 public:
  explicit Search(const Plan& plan) : plan_(plan), wish_(plan.wish()) {
    if (plan_.pattern) wish_.name_test = [this](std::string_view name) { return test(name); };
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  /// False when the rest is not needed.
  [[nodiscard]] bool push(Bytes bytes) { return parser_.push(bytes) && !done(); }
  /// All of it was read, or as much as was needed. `base` is the address of the playlist.
  [[nodiscard]] tl::expected<Found, gstx::SourceFailure> finish(const std::string& base);

 private:
  [[nodiscard]] bool done() const { return best_ == m3u::Fit::Exact || !pattern_error_.empty(); }
  [[nodiscard]] bool test(std::string_view name);
  void on_entry(const m3u::Entry& entry);
  void on_fault(const m3u::Fault& fault);

  const Plan& plan_;
  m3u::Wish wish_;
  m3u::Fit best_ = m3u::Fit::None;
  Found found_;
  std::string pattern_error_;
  m3u::Parser parser_{{.on_entry = [this](const m3u::Entry& entry) { on_entry(entry); },
                       .on_fault = [this](const m3u::Fault& fault) { on_fault(fault); }}};
};

bool Search::test(std::string_view name) {
  const auto found = plan_.pattern->found_in(std::string(name));
  if (!found) pattern_error_ = found.error().message;
  return found && *found;
}

void Search::on_entry(const m3u::Entry& entry) {
  if (done()) return;
  ++found_.seen.entries;
  const m3u::Fit fit = m3u::fit(entry, wish_);
  if (fit <= best_) return;
  best_ = fit;
  found_.name = entry.name;
  found_.tvg_id = m3u::tvg_id(entry);
  found_.url = entry.address.url;
  found_.headers = m3u::request_headers(entry);
}

void Search::on_fault(const m3u::Fault& fault) {
  if (done()) return;
  if (++found_.seen.faults <= kFaultsKept)
    found_.faults.push_back(uri::redact_text(concat("line ", fault.line, ": ", fault.message)));
}

tl::expected<Found, gstx::SourceFailure> Search::finish(const std::string& base) {
  const auto refuse = [](std::string message) { return tl::unexpected(failure(std::move(message))); };
  const auto where = uri::redact_url(base);
  if (!pattern_error_.empty()) return refuse(concat("The pattern cannot be used: ", pattern_error_));
  if (best_ != m3u::Fit::Exact) {
    if (const auto whole = parser_.finish(); !whole)
      return refuse(concat("The playlist cannot be used (", where, ", line ", whole.error().offset,
                           "): ", uri::redact_text(whole.error().message)));
  }
  if (best_ == m3u::Fit::None)
    return refuse(concat("The playlist has no entry with ", m3u::describe(wish_), ": ", found_.seen.entries,
                         " entries, ", found_.seen.faults, " malformed (", where, ')'));
  found_.url = uri::resolve_reference(base, found_.url);
  if (is_http(base) && starts_with_nocase(found_.url, "file:"))
    return refuse("A playlist from the network may not name a file of this machine");
  return std::move(found_);
}

tl::expected<Found, gstx::SourceFailure> find_in_file(const Plan& plan, const std::string& location,
                                                      const gx::CancelToken& token) {
  gx::GlibError error;
  const gx::CString from_uri(starts_with_nocase(location, "file:")
                                 ? g_filename_from_uri(location.c_str(), nullptr, error.out())
                                 : g_canonicalize_filename(location.c_str(), nullptr));
  if (!from_uri) return tl::unexpected(failure("The playlist cannot be read: " + error.text()));
  const std::string path = from_uri.get();
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code))
    return tl::unexpected(
        failure(concat("The playlist cannot be read: ", path, code ? ": " + code.message() : " is no file")));
  std::ifstream input(path, std::ios::binary);
  Search search(plan);
  std::vector<char> block(kBlock);
  bool more = true;
  while (more && input && !token.cancelled()) {
    input.read(block.data(), static_cast<std::streamsize>(block.size()));
    more = search.push(as_bytes({block.data(), static_cast<std::size_t>(input.gcount())}));
  }
  if (more && !input.eof()) return tl::unexpected(failure("The playlist cannot be read: " + path));
  const gx::CString base(g_filename_to_uri(path.c_str(), nullptr, error.out()));
  return search.finish(base ? base.get() : "");
}

tl::expected<Found, gstx::SourceFailure> find_by_http(const Plan& plan, const gx::CancelToken& token) {
  const Settings& settings = plan.settings;
  http::Request request{.url = settings.location, .user_agent = settings.user_agent};
  for (const auto& [name, value] : settings.headers)
    request.headers.push_back({name, value});
  request.max_body_bytes = kMostBytes;
  request.deadlines = {.connect = settings.connect_timeout,
                       .first_byte = settings.first_byte_timeout,
                       .total = settings.playlist_timeout};
  http::Client client({.proxy = settings.proxy});
  Search search(plan);
  http::Response head;
  const auto response = client.fetch(request, token, [&](const http::Response& answer, Bytes part) {
    if (head.status == 0) head = answer;
    return gstx::is_success(answer.status) && search.push(part);
  });
  const bool aborted = !response && response.error().kind == http::Failure::Aborted;
  if (!response && !aborted) return tl::unexpected(gstx::failure_of(response.error(), "The playlist"));
  if (response) head = *response;
  if (!gstx::is_success(head.status)) return tl::unexpected(gstx::status_failure(head));
  return search.finish(head.url);
}

} // namespace

tl::expected<Found, gstx::SourceFailure> find_entry(const Plan& plan, const gx::CancelToken& token) {
  return is_http(plan.settings.location) ? find_by_http(plan, token)
                                         : find_in_file(plan, plan.settings.location, token);
}

} // namespace relevo::m3uprofilesel
