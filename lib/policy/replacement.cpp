// SPDX-License-Identifier: LGPL-2.1-or-later
// The text taken apart once, put together for each match.
#include "policy/replacement.hpp"

#include <algorithm>

namespace relevo::policy {
namespace {

struct Reference {
  Replacement::Piece piece;
  std::size_t size = 0; // in the text, with its '$'; 0: there is none
};

unsigned digit_at(std::string_view text, std::size_t at) {
  const char c = at < text.size() ? text[at] : ' ';
  return c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : 10;
}

/// `text` begins with a '$'.
Reference read_reference(std::string_view text, unsigned groups) {
  const auto next = text.substr(1, 1);
  if (next == "$") return {"$", 2};
  if (next == "&") return {Replacement::Numbered{0}, 2};
  if (next == "<") {
    const auto end = text.find('>');
    if (end == std::string_view::npos || end == 2) return {};
    return {Replacement::Named{std::string(text.substr(2, end - 2))}, end + 1};
  }
  const auto tens = digit_at(text, 1), ones = digit_at(text, 2);
  if (tens > 9) return {};
  const auto both = tens * 10 + ones;
  if (ones <= 9 && both != 0 && both <= groups) return {Replacement::Numbered{both}, 3};
  if (tens == 0) return {};
  return {Replacement::Numbered{tens}, 2};
}

} // namespace

Replacement::Replacement(std::string_view text, unsigned groups) {
  while (!text.empty()) {
    const auto dollar = std::min(text.find('$'), text.size());
    add(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (text.empty()) return;
    auto [piece, size] = read_reference(text, groups);
    if (size == 0)
      add(text.substr(0, 1));
    else if (const auto* literal = std::get_if<std::string>(&piece))
      add(*literal);
    else
      pieces_.push_back(std::move(piece));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

void Replacement::add(std::string_view text) {
  if (text.empty()) return;
  if (pieces_.empty() || !std::holds_alternative<std::string>(pieces_.back()))
    pieces_.emplace_back(std::string());
  std::get<std::string>(pieces_.back()) += text;
}

std::string Replacement::expand(const std::function<std::string(Numbered)>& numbered,
                                const std::function<std::string(const std::string&)>& named) const {
  std::string out;
  for (const auto& piece : pieces_) {
    if (const auto* text = std::get_if<std::string>(&piece))
      out += *text;
    else if (const auto* name = std::get_if<Named>(&piece))
      out += named(name->name);
    else
      out += numbered(std::get<Numbered>(piece));
  }
  return out;
}

} // namespace relevo::policy
