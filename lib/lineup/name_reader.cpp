// SPDX-License-Identifier: LGPL-2.1-or-later
// Words are given their meaning in passes: what stands in front, what may stand anywhere, what stands at the
// end; the rest is the name.
#include "name_reader.hpp"

#include "base/text.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::lineup {
namespace {

constexpr std::size_t kLongestPhrase = 3; // in words
constexpr std::size_t kLongestNumber = 6; // in digits

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, text) != list.end();
}

class Reader {
 public:
  explicit Reader(Tokens tokens) : tokens_(std::move(tokens.list)), taken_(tokens_.size(), 0) {
    name_.shift = tokens.shift;
    if (is_event(tokens.clock)) name_.kind = Kind::Event;
  }

  Name run() {
    read_prefix();
    for (std::size_t i = first_; i < tokens_.size();)
      i += std::max<std::size_t>(read_mark(i), 1);
    read_suffix();
    collect();
    return std::move(name_);
  }

 private:
  [[nodiscard]] bool is_event(bool clock) const {
    const auto says = [](const Token& token) { return one_of(token.text, {"vs", "versus", "ppv"}); };
    return clock || std::ranges::any_of(tokens_, says);
  }

  /// The words from `at` on with blanks between; "" where there are not so many or one is taken.
  [[nodiscard]] std::string phrase(std::size_t at, std::size_t size) const {
    std::string out;
    if (at + size > tokens_.size()) return out;
    for (std::size_t i = at; i < at + size; ++i) {
      if (taken_[i] != 0) return {};
      if (i > at) out += ' ';
      out += tokens_[i].text;
    }
    return out;
  }

  void take(std::size_t at, std::size_t size = 1) {
    std::fill_n(taken_.begin() + static_cast<long>(at), size, 1);
  }

  [[nodiscard]] std::size_t left_over() const {
    return static_cast<std::size_t>(std::ranges::count(taken_, 0));
  }

  void set_country(std::string_view country) {
    if (name_.country.empty()) name_.country = country;
  }

  /// "UK: ", "[UK] ", "|UK| HD | ", "VIP | UK - ", "UK ".
  void read_prefix() {
    while (first_ + 1 < tokens_.size()) {
      const auto size = read_prefix_phrase(first_);
      if (size == 0) break;
      take(first_, size);
      first_ += size;
    }
    const auto& token = first_ < tokens_.size() ? tokens_[first_] : Token{};
    if (first_ == 0 && tokens_.size() > 1 && token.upper && token.text.size() == 2 &&
        token.right == Gap::Blank && is_clear_country_code(token.text)) {
      set_country(find_country_word(token.text));
      take(first_++);
    }
  }

  std::size_t read_prefix_phrase(std::size_t at) {
    for (std::size_t size = kLongestPhrase; size > 0; --size) {
      if (at + size >= tokens_.size() || tokens_[at + size - 1].right != Gap::Strong) continue;
      const auto text = phrase(at, size);
      if (read_quality(text) || is_remark(text)) return size;
      if (const auto country = find_country_word(text); !country.empty() && name_.country.empty()) {
        set_country(country);
        return size;
      }
      if (const auto language = find_language_word(text); !language.empty() && name_.language.empty()) {
        name_.language = language;
        return size;
      }
    }
    return 0;
  }

  bool read_quality(std::string_view text) {
    const auto word = find_quality_word(text);
    if (!word) return false;
    if (word->quality != Quality::Unknown) {
      const bool first = name_.quality == Quality::Unknown;
      name_.quality = first ? word->quality : std::max(name_.quality, word->quality);
    }
    if (!word->tag.empty() && std::ranges::find(name_.tags, word->tag) == name_.tags.end())
      name_.tags.emplace_back(word->tag);
    return true;
  }

  /// What may stand anywhere. Returns how many words it took.
  std::size_t read_mark(std::size_t at) {
    for (std::size_t size = std::min(kLongestPhrase, tokens_.size() - at); size > 0; --size) {
      const auto text = phrase(at, size);
      if (text.empty() || size >= left_over()) continue;
      if (is_remark(text) || read_quality(text) || read_bracket(at, size, text)) {
        take(at, size);
        return size;
      }
    }
    if (taken_[at] != 0) return 1;
    return std::max(read_backup(at), read_call_sign(at));
  }

  /// A whole bracket: "(UK)", "[English]", "(S)".
  bool read_bracket(std::size_t at, std::size_t size, std::string_view text) {
    const auto& first = tokens_[at];
    const auto& last = tokens_[at + size - 1];
    if (!first.bracketed || first.left != Gap::Strong || last.right != Gap::Strong) return false;
    if (const auto language = find_language_word(text); !language.empty() && text != "ar") {
      name_.language = language;
      return true;
    }
    if (const auto country = find_country_word(text); !country.empty()) {
      set_country(country);
      return true;
    }
    return read_coast(text) || (text.size() == 1 && !is_digit(text.front()));
  }

  std::size_t read_backup(std::size_t at) {
    if (at == first_ || !is_backup_word(tokens_[at].text)) return 0;
    name_.backup = true;
    const bool numbered =
        at + 1 < tokens_.size() && tokens_[at + 1].text.size() == 1 && is_digit(tokens_[at + 1].text[0]);
    take(at, numbered ? 2 : 1);
    return numbered ? 2 : 1;
  }

  /// "(WABC)", "WABC-DT", and "WABC" beside the network whose station it is.
  std::size_t read_call_sign(std::size_t at) {
    const auto& token = tokens_[at];
    if (!token.upper || token.text.size() < 3 || token.text.size() > 4 || !name_.call_sign.empty()) return 0;
    const char first = token.text.front();
    const bool canadian = first == 'c' && token.bracketed && name_.country == "ca";
    if (first != 'w' && first != 'k' && !canadian) return 0;
    const bool suffixed = token.right == Gap::Joined && at + 1 < tokens_.size() &&
                          one_of(tokens_[at + 1].text, {"dt", "tv", "cd", "ld", "dt2", "dt3"});
    const bool beside =
        token.text.size() == 4 && names_network() && !one_of(token.text, {"west", "wild", "kids"});
    if (!token.bracketed && !suffixed && !beside) return 0;
    name_.call_sign = token.text;
    if (left_over() <= (suffixed ? 2 : 1)) return 0; // it is the name, too
    take(at, suffixed ? 2 : 1);
    return suffixed ? 2 : 1;
  }

  [[nodiscard]] bool names_network() const {
    return std::ranges::any_of(tokens_, [](const Token& token) {
      return one_of(token.text, {"abc", "nbc", "cbs", "fox", "cw", "pbs", "telemundo", "univision"});
    });
  }

  bool read_coast(std::string_view text) {
    if (one_of(text, {"east", "eastern", "east coast", "east feed"}))
      name_.coast = Coast::East;
    else if (one_of(text, {"west", "western", "pacific", "west coast", "west feed"}))
      name_.coast = Coast::West;
    else
      return false;
    return true;
  }

  /// What may only stand at the end, behind a name: "… West", "… UK", "… Italia", "… Scotland".
  void read_suffix() {
    bool again = true;
    while (again) {
      again = false;
      for (std::size_t size = kLongestPhrase; size > 0 && !again; --size)
        again = read_suffix_phrase(size);
    }
  }

  bool read_suffix_phrase(std::size_t size) {
    const auto is_number = [](const Token& token) { return std::ranges::all_of(token.text, is_digit); };
    std::size_t end = tokens_.size(); // "English 1" is as good as "1 English"
    while (end > 0 && (taken_[end - 1] != 0 || is_number(tokens_[end - 1])))
      --end;
    if (end < size || left_over() <= size) return false;
    const auto at = end - size;
    const auto text = phrase(at, size);
    if (text.empty() || !says_enough(at)) return false;
    if (!read_coast(text) && !read_last_place(at, text)) return false;
    take(at, size);
    return true;
  }

  bool read_last_place(std::size_t at, std::string_view text) {
    if (const auto region = find_region_word(text); !region.empty() && name_.region.empty()) {
      name_.region = region;
      return true;
    }
    if (text.size() > 3) {
      if (const auto language = find_language_word(text); !language.empty() && name_.language.empty()) {
        name_.language = language;
        return true;
      }
    }
    const auto country = find_country_word(text);
    const bool code = text.size() <= 3;
    if (country.empty() || !name_.country.empty()) return !country.empty() && country == name_.country;
    if (code && !(tokens_[at].upper && is_clear_country_code(text))) return false;
    name_.country = country;
    name_.country_in_name = true;
    return true;
  }

  /// Whether the words before `end` would still tell which channel it is: those of "Sport Italia" would not.
  [[nodiscard]] bool says_enough(std::size_t end) const {
    for (std::size_t i = 0; i < end; ++i)
      if (taken_[i] == 0 && !is_digit(tokens_[i].text.front()) && weight(spell_out(tokens_[i].text)) >= 1)
        return true;
    return false;
  }

  void collect() {
    if (left_over() == 0) std::ranges::fill(taken_, 0); // a channel called "HD"
    for (std::size_t i = 0; i < tokens_.size(); ++i)
      if (taken_[i] == 0) collect(tokens_[i].text);
    read_number_words();
    glue();
  }

  /// Letters and digits apart: "mtv2", "3sat", "24h".
  void collect(std::string_view text) {
    while (!text.empty()) {
      const bool digits = is_digit(text.front());
      std::size_t size = 1;
      while (size < text.size() && is_digit(text[size]) == digits)
        ++size;
      const auto part = text.substr(0, size);
      text.remove_prefix(size);
      parts_.emplace_back(part);
      if (digits && size <= kLongestNumber)
        name_.numbers.push_back(*parse_number<std::uint32_t>(part));
      else
        name_.words.emplace_back(spell_out(part));
      if (digits && one_of(text, {"st", "nd", "rd", "th"})) return;
    }
  }

  /// "BBC One", "Rai Due": numbers as words, behind another word.
  void read_number_words() {
    auto& words = name_.words;
    for (std::size_t i = 1; i < words.size();) {
      const bool last = i + 1 == words.size();
      auto number = find_number_word(words[i]);
      if (!number && last && name_.numbers.empty()) number = find_last_number_word(words[i]);
      if (number) {
        name_.numbers.push_back(*number);
        words.erase(words.begin() + static_cast<long>(i));
      } else {
        ++i;
      }
    }
  }

  void glue() {
    const auto filler = [](std::string_view part) { return weight(spell_out(part)) < 0.5; };
    const bool only_fillers = std::ranges::all_of(parts_, filler);
    for (const auto& part : parts_)
      if (only_fillers || !filler(part)) name_.glued += part;
  }

  std::vector<Token> tokens_;
  std::vector<char> taken_;        // whether a word has been given its meaning
  std::vector<std::string> parts_; // of the name, as spelled
  std::size_t first_ = 0;          // behind the prefix
  Name name_;
};

} // namespace

Name read_name(Tokens tokens) {
  return Reader(std::move(tokens)).run();
}

} // namespace relevo::lineup
