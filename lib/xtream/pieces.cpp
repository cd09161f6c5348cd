// SPDX-License-Identifier: LGPL-2.1-or-later
// One step for a byte; strings, which are most of it, in runs.
#include "pieces.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::xtream {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMaxDepth = 64; // of brackets that are told apart

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Bytes of a string before its next quote or backslash.
std::size_t run_length(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] != '"' && text[size] != '\\')
    ++size;
  return size;
}

/// Where the next piece begins in a text that ends like the joint of two: `…},{"` in an array, `…},"` in an
/// object. npos where it does not.
std::size_t joint(std::string_view text, bool of_object) {
  auto rest = text.substr(0, text.size() - 1);
  std::size_t begin = rest.size();
  for (const char c : std::string_view(of_object ? ",}" : "{,}")) {
    rest = trim(rest);
    if (!rest.ends_with(c)) return npos;
    rest.remove_suffix(1);
    if (c == '{') begin = rest.size();
  }
  return begin;
}

} // namespace

void PieceReader::push(std::string_view block) {
  while (!block.empty() && !ended_) {
    if (in_string_ && !escaped_) {
      const auto run = run_length(block);
      keep(block.substr(0, run));
      block.remove_prefix(run);
      if (block.empty()) return;
    }
    if (in_string_)
      step_in_string(block.front());
    else
      step(block.front());
    block.remove_prefix(1);
  }
}

void PieceReader::step_in_string(char c) {
  keep({&c, 1});
  in_string_ = escaped_ || c != '"';
  escaped_ = !escaped_ && c == '\\';
  if (!in_string_) previous_ = '"';
}

void PieceReader::step(char c) {
  if (is_blank(c)) return keep({&c, 1});
  const bool after_string = previous_ == '"';
  if (after_string && std::string_view(",:]}").find(c) == npos && resume_behind_torn_string())
    return step_in_string(c);
  if (c == '{' || c == '[') return open(c);
  if (c == '}' || c == ']') return close(c);
  if (c == ',' && open_.size() == 1) {
    hand_out(piece_);
    restart({});
    return;
  }
  if (c == '"') {
    in_string_ = true;
    string_begin_ = piece_.size();
  }
  previous_ = c;
  keep({&c, 1});
}

void PieceReader::open(char c) {
  if (open_.empty()) {
    kind_ = c;
    open_ = c;
    return;
  }
  // Where a key of a row should be: its closing brace is missing.
  if (kind_ == '[' && c == '{' && open_.back() == '{' && previous_ == ',') {
    hand_out(piece_);
    restart({});
  }
  if (open_.size() < kMaxDepth)
    open_ += c;
  else
    ++deeper_;
  previous_ = c;
  keep({&c, 1});
}

void PieceReader::close(char c) {
  previous_ = c;
  if (deeper_ > 0) {
    --deeper_;
    return keep({&c, 1});
  }
  const auto at = open_.rfind(c == '}' ? '{' : '[');
  // A brace ends what was left open inside of it; a bracket without a partner is for the parser to refuse.
  const bool ends = at != npos && (c == '}' || at + 1 == open_.size());
  if (ends) open_.resize(at);
  if (!open_.empty()) return keep({&c, 1});
  hand_out(piece_);
  ended_ = true;
}

void PieceReader::keep(std::string_view text) {
  const auto fits = std::min(text.size(), kMaxRowSize - piece_.size());
  piece_ += text.substr(0, fits);
  whole_ = whole_ && fits == text.size();
}

void PieceReader::hand_out(std::string_view text) {
  text = trim(text);
  if (!text.empty()) on_piece_(text, whole_);
}

/// The next piece begins, inside the outermost bracket.
void PieceReader::restart(std::string_view rest) {
  open_.resize(1);
  deeper_ = 0;
  piece_ = rest;
  whole_ = true;
  previous_ = 0;
}

/// After a quote too many, what is between strings is taken for strings, and they for what is between. No
/// string is followed by the letter of another: if this one ends like a joint, that is what it was.
bool PieceReader::resume_behind_torn_string() {
  const auto at = joint(std::string_view(piece_).substr(string_begin_), of_object());
  if (at == npos || !whole_) return false;
  const std::string rest(piece_, string_begin_ + at);
  piece_.resize(piece_.rfind(',', string_begin_ + at));
  hand_out(piece_);
  restart(rest);
  if (!of_object()) open_ += '{';
  in_string_ = true;
  string_begin_ = piece_.size() - 1;
  return true;
}

} // namespace relevo::xtream
