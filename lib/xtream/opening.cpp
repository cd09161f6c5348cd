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

bool begins_json(char bracket, char next) {
  return std::string_view(bracket == '{' ? "\"}" : "{[\"]").find(next) != npos;
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
    const auto next = text_.find_first_not_of(kBlank, begin_ + 1);
    if (before.empty() || (next != npos && begins_json(text_[begin_], text_[next]))) {
      state_ = State::Found;
      return;
    }
    if (next == npos) return; // not yet known
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
