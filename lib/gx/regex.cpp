// SPDX-License-Identifier: LGPL-2.1-or-later
// GRegex, with PCRE2's own limits.
#include "gx/regex.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"

#include <algorithm>

namespace relevo::gx {
namespace {

// GRegex has no function for limits, but PCRE2 reads them in front of a pattern. A user's own ones there can
// only lower them. So many steps take some ten milliseconds.
constexpr std::string_view kLimits = "(*LIMIT_MATCH=500000)(*LIMIT_DEPTH=5000)";
constexpr std::size_t kMaxPattern = 4096;

using MatchInfo = Handle<GMatchInfo, g_match_info_unref>;

struct Search {
  MatchInfo info;
  bool found = false;
};

Ref<GRegex> make(const std::string& pattern, GlibError& error) {
  return Ref<GRegex>::adopt(
      g_regex_new(pattern.c_str(), GRegexCompileFlags(0), GRegexMatchFlags(0), error.out()));
}

Result<Search> search(GRegex* regex, const std::string& text) {
  if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr))
    return fail("the text is not UTF-8");
  GlibError error;
  GMatchInfo* info = nullptr;
  const bool found = g_regex_match_full(regex, text.data(), static_cast<gssize>(text.size()), 0,
                                        GRegexMatchFlags(0), &info, error.out());
  MatchInfo owned(info);
  if (error) return error.fail("the pattern is too expensive");
  return Search{std::move(owned), found};
}

} // namespace

Result<Regex> Regex::compile(const std::string& pattern) {
  if (pattern.size() > kMaxPattern) return fail(concat("the pattern has more than ", kMaxPattern, " bytes"));
  if (!g_utf8_validate(pattern.data(), static_cast<gssize>(pattern.size()), nullptr))
    return fail("the pattern is not UTF-8");
  GlibError error;
  auto regex = make(std::string(kLimits) + pattern, error);
  if (regex) return Regex(std::move(regex));
  static_cast<void>(make(pattern, error)); // whose error counts from where the user's pattern begins
  return fail("the pattern is malformed: " + error.text());
}

unsigned Regex::groups() const noexcept {
  return static_cast<unsigned>(std::max(g_regex_get_capture_count(regex_.get()), 0));
}

bool Regex::has_group(const std::string& name) const noexcept {
  return g_regex_get_string_number(regex_.get(), name.c_str()) >= 0;
}

Result<bool> Regex::found_in(const std::string& text) const {
  const auto searched = search(regex_.get(), text);
  if (!searched) return tl::unexpected(searched.error());
  return searched->found;
}

std::string Regex::Match::group(unsigned number) const {
  const CString text(g_match_info_fetch(info_, static_cast<gint>(number)));
  return text ? text.get() : "";
}

std::string Regex::Match::group(const std::string& name) const {
  const CString text(g_match_info_fetch_named(info_, name.c_str()));
  return text ? text.get() : "";
}

Result<std::optional<std::string>> Regex::replace_all(const std::string& text, const Replace& replace) const {
  const auto searched = search(regex_.get(), text);
  if (!searched) return tl::unexpected(searched.error());
  if (!searched->found) return std::nullopt;
  GMatchInfo* info = searched->info.get();
  std::string out;
  std::size_t done = 0;
  GlibError error;
  while (g_match_info_matches(info)) {
    gint begin = 0, end = 0;
    g_match_info_fetch_pos(info, 0, &begin, &end);
    out.append(text, done, static_cast<std::size_t>(begin) - done);
    out += replace(Match(info));
    done = static_cast<std::size_t>(end);
    if (!g_match_info_next(info, error.out()) && error) return error.fail("the pattern is too expensive");
  }
  out.append(text, done);
  return out;
}

} // namespace relevo::gx
