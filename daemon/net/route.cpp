// SPDX-License-Identifier: LGPL-2.1-or-later
// Finding the route of a request.
#include "net/route.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

namespace relevo::net {
namespace {

constexpr std::string_view kNumber = ":number";

/// What a browser or a program may ask of a path whose routes have these methods.
std::string write_allow(const std::vector<Method>& methods) {
  if (methods.empty()) return {};
  std::string allow;
  for (const auto method : {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete}) {
    if (std::ranges::find(methods, method) == methods.end()) continue;
    allow += name_of(method);
    allow += method == Method::Get ? ", HEAD, " : ", ";
  }
  return allow += "OPTIONS";
}

} // namespace

BodyRule json_body(std::uint64_t limit) {
  return {BodyRule::Keep::InMemory, limit, "application/json"};
}

BodyRule file_body(std::uint64_t limit) {
  return {BodyRule::Keep::InFile, limit};
}

BodyRule form_body(std::uint64_t limit) {
  return {BodyRule::Keep::AsQuery, limit};
}

void Router::add(Route route) {
  auto pattern = parse_pattern(route.pattern);
  for (std::size_t i = 0; i < routes_.size(); ++i)
    assert(routes_[i].method != route.method || !same_shape(patterns_[i], pattern));
  routes_.push_back(std::move(route));
  patterns_.push_back(std::move(pattern));
}

Router::Match Router::find(std::optional<Method> method, std::span<const std::string> segments) const {
  Match match;
  std::vector<Method> methods;
  const Pattern* best = nullptr;
  const bool ours = begins_route(segments.front());
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if ((ours && patterns_[i].front().parameter) || !fits(patterns_[i], segments)) continue;
    methods.push_back(routes_[i].method);
    if (routes_[i].method != method || (best && !goes_before(patterns_[i], *best))) continue;
    best = &patterns_[i];
    match.route = &routes_[i];
  }
  match.allow = write_allow(methods);
  if (best) {
    for (std::size_t i = 0; i < best->size(); ++i) {
      const Segment& wanted = (*best)[i];
      if (wanted.parameter)
        match.parameters.emplace_back(wanted.text,
                                      segments[i].substr(0, segments[i].size() - wanted.end.size()));
    }
  }
  return match;
}

Router::Pattern Router::parse_pattern(std::string_view pattern) {
  assert(pattern.starts_with('/'));
  Pattern parsed;
  do {
    pattern.remove_prefix(1);
    const auto segment = pattern.substr(0, pattern.find('/'));
    const bool parameter = segment.starts_with('{');
    auto name = parameter ? segment.substr(1, segment.find('}') - 1) : segment;
    const auto end = parameter ? segment.substr(segment.find('}') + 1) : std::string_view();
    const bool number = parameter && name.ends_with(kNumber);
    if (number) name.remove_suffix(kNumber.size());
    assert(!parameter || !name.empty());
    assert(concat(name, end).find_first_of("{}%") == std::string::npos);
    parsed.push_back({parameter, std::string(name), std::string(end), number});
    pattern.remove_prefix(segment.size());
  } while (!pattern.empty());
  return parsed;
}

bool Router::fits(const Pattern& pattern, std::span<const std::string> segments) noexcept {
  return std::ranges::equal(pattern, segments, [](const Segment& wanted, const std::string& segment) {
    if (!wanted.parameter) return wanted.text == segment;
    if (segment.size() <= wanted.end.size() || !segment.ends_with(wanted.end)) return false;
    const auto value = std::string_view(segment).substr(0, segment.size() - wanted.end.size());
    return !wanted.number || value.find_first_not_of("0123456789") == std::string_view::npos;
  });
}

bool Router::begins_route(const std::string& segment) const noexcept {
  return std::ranges::any_of(patterns_, [&](const Pattern& pattern) {
    return !pattern.front().parameter && pattern.front().text == segment;
  });
}

bool Router::same_shape(const Pattern& a, const Pattern& b) noexcept {
  return std::ranges::equal(a, b, [](const Segment& x, const Segment& y) {
    return x.parameter == y.parameter && x.end == y.end && x.number == y.number &&
           (x.parameter || x.text == y.text);
  });
}

bool Router::goes_before(const Pattern& a, const Pattern& b) noexcept {
  // Both fit the same path, so where they differ one says more of it than the other.
  const auto said = [](const Segment& segment) {
    return std::tuple(!segment.parameter, segment.end.size(), segment.number);
  };
  const auto differ = std::ranges::mismatch(a, b, {}, said, said);
  return differ.in1 != a.end() && said(*differ.in1) > said(*differ.in2);
}

} // namespace relevo::net
