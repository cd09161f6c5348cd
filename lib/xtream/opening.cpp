// SPDX-License-Identifier: LGPL-2.1-or-later
// Told by the bracket and by what follows it: warnings hold brackets of their own.
#include "opening.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::xtream {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r\n";

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  text = trim(text);
  while (text.starts_with(kMark))
    text = trim(text.substr(kMark.size()));
  return text;
}

/// PHP writes its warnings into the answer, as text or as a little markup.
bool is_page(std::string_view text) {
  return text.starts_with('<') && !starts_with_nocase(text, "<br") && !starts_with_nocase(text, "<b>");
}

/// Whether JSON begins at the bracket that stands there, behind other text. Empty for: more has to come.
std::optional<bool> begins_json(std::string_view text, std::size_t at) {
  const auto next = text.find_first_not_of(kBlank, at + 1);
  if (next == npos) return std::nullopt;
  // "Cannot use [] for reading in x.php" is no empty list.
  const bool begins_line = text[at - 1] == '\n' || text[at - 1] == '>';
  if (text[next] == ']' || text[next] == '}') return begins_line;
  return std::string_view(text[at] == '{' ? "\"" : "{[\"").find(text[next]) != npos;
}

} // namespace

std::string_view Opening::push(std::string_view block) {
  const auto taken = block.substr(0, kMaxOpeningSize - text_.size());
  text_ += taken;
  look();
  if (state_ == State::Looking && text_.size() == kMaxOpeningSize) state_ = State::Refused;
  return block.substr(taken.size());
}

void Opening::look() {
  while ((begin_ = std::min(text_.find_first_of("[{", begin_), text_.size())) < text_.size()) {
    const auto before = without_mark(std::string_view(text_).substr(0, begin_));
    if (is_page(before)) {
      state_ = State::Refused;
      return;
    }
    const auto found = before.empty() ? true : begins_json(text_, begin_);
    if (found == true) state_ = State::Found;
    if (found != false) return;
    ++begin_;
  }
}

std::optional<Refusal> Opening::refusal() const {
  using enum Refusal::Kind;
  // Not what came behind it in the same block.
  const auto text = without_mark(std::string_view(text_).substr(0, state_ == State::Refused ? begin_ : npos));
  if (text.empty())
    return Refusal{Empty, "an empty answer: there is no panel, or it does not know the login"};
  if (text == "null" && state_ == State::Looking) return std::nullopt;
  const auto what = is_page(text) ? "a web page" : "other text";
  return Refusal{NoPanel, concat("this is ", what, " and no answer of a panel: ", quote(text))};
}

} // namespace relevo::xtream
