// SPDX-License-Identifier: LGPL-2.1-or-later
// Letters, digits and characters of other scripts are words; the rest separates them and is judged.
#include "tokens.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace relevo::lineup {
namespace {

constexpr auto npos = std::string_view::npos;
// Numbers behind a '+' up to here are hours; "+18" is none.
constexpr int kLongestShift = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
  return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Tokens run() {
    while (at_ < text_.size())
      if (is_word(text_[at_]))
        read_word();
      else
        read_sign();
    if (!out_.list.empty()) out_.list.back().right = Gap::Strong;
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : ' '; }
  [[nodiscard]] bool blank(std::size_t at) const { return at >= text_.size() || text_[at] == ' '; }
  [[nodiscard]] bool after_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  void read_word() {
    std::string word;
    bool upper = true;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (is_word(c)) {
        upper = upper && c >= 'A' && c <= 'Z';
        word += to_lower(c);
      } else if (c != '\'' || !is_word(peek(at_ + 1))) {
        break;
      }
    }
    add(std::move(word), upper);
  }

  void add(std::string word, bool upper) {
    if (!out_.list.empty()) out_.list.back().right = gap_;
    out_.list.push_back({std::move(word), gap_, Gap::Strong, upper, depth_ > 0});
    gap_ = Gap::Joined;
  }

  void widen(Gap gap) { gap_ = std::max(gap_, gap); }

  void read_sign() {
    const char c = text_[at_];
    switch (c) {
    case '+': return read_plus();
    case '&':
      widen(Gap::Blank);
      add("and", false);
      widen(Gap::Blank);
      break;
    case '(':
    case '[':
    case '{':
      depth_ = 1; // what is never closed is the provider's cut
      widen(Gap::Strong);
      break;
    case ')':
    case ']':
    case '}':
      depth_ = 0;
      widen(Gap::Strong);
      break;
    case '.':
    case '_':
    case '\'': break;
    case '-': widen(blank(at_ + 1) || (at_ > 0 && text_[at_ - 1] == ' ') ? Gap::Strong : Gap::Joined); break;
    case ',':
    case '!':
    case '"':
    case ' ': widen(Gap::Blank); break;
    default: read_strong(c);
    }
    ++at_;
  }

  void read_strong(char c) {
    const bool time = c == ':' && at_ > 0 && is_digit(text_[at_ - 1]) && is_digit(peek(at_ + 1)) &&
                      is_digit(peek(at_ + 2)) && !is_word(peek(at_ + 3));
    out_.clock = out_.clock || time || c == '@';
    widen(Gap::Strong);
  }

  /// "+1" is a shift, "Canal+" is "canal plus", "this + that" is "this and that".
  void read_plus() {
    const bool attached = after_word();
    ++at_;
    if (!names_itself(attached) && read_shift(attached)) return;
    widen(Gap::Blank);
    // Behind a word at all, so that "+++" is nothing.
    const auto next = text_.find_first_not_of(' ', at_);
    const bool joins = !attached && next != npos && is_word(text_[next]);
    if (!out_.list.empty()) add(joins ? "and" : "plus", false);
    widen(Gap::Blank);
  }

  /// "1+1" and "2+2" are channels.
  [[nodiscard]] bool names_itself(bool attached) const {
    if (!attached || !is_digit(peek(at_))) return false;
    const auto& last = out_.list.back();
    return last.text.size() == 1 && last.text.front() == peek(at_) && last.left == Gap::Strong;
  }

  bool read_shift(bool attached) {
    const auto digits = text_.find_first_not_of(' ', at_);
    if (digits == npos || !is_digit(text_[digits])) return false;
    if (attached && digits != at_) return false; // "Canal+ 1"
    auto end = std::min(text_.find_first_not_of("0123456789", digits), text_.size());
    const auto hours = parse_number<int>(text_.substr(digits, end - digits));
    if (to_lower(peek(end)) == 'h') ++end;
    if (!hours || *hours < 1 || *hours > kLongestShift || (end < text_.size() && is_word(text_[end])))
      return false;
    out_.shift = *hours;
    at_ = end;
    widen(Gap::Blank);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Gap gap_ = Gap::Strong;
  int depth_ = 0;
  Tokens out_;
};

} // namespace

Tokens tokenize(std::string_view text) {
  return Tokenizer(text).run();
}

} // namespace relevo::lineup
