// SPDX-License-Identifier: LGPL-2.1-or-later
// Characters one by one: what each stands for.
#include "lineup/fold.hpp"

#include "base/text.hpp"
#include "fold_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace relevo::lineup {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t size = 1; // in bytes
};

/// `text` is not empty.
Character read_character(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const auto b0 = byte(0);
  const std::size_t size = b0 < 0x80 ? 1 : b0 < 0xc2 ? 0 : b0 < 0xe0 ? 2 : b0 < 0xf0 ? 3 : b0 < 0xf5 ? 4 : 0;
  if (size <= 1) return {b0, 1};
  char32_t code = b0 & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (i >= text.size() || (byte(i) & 0xc0) != 0x80) return {b0, 1};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  if (code < kSmallest[size] || surrogate || code > 0x10ffff) return {b0, 1};
  return {code, size};
}

void append(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool between(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

/// 0 where the tables have none.
template <class Range>
char32_t look_up(std::span<const Range> ranges, char32_t code) {
  for (const auto& range : ranges)
    if (code >= range.first && code - range.first < range.letters.size()) {
      const auto letter = static_cast<char32_t>(range.letters[code - range.first]);
      return letter == U'.' ? 0 : letter;
    }
  return 0;
}

char32_t letter_of(char32_t offset) {
  return U'A' + offset % 26;
}

/// Letters and digits in circles, squares, bold, double width.
char32_t read_fancy(char32_t code) {
  if (between(code, 0x1d400, 0x1d6a3)) return letter_of(code - 0x1d400);
  if (between(code, 0x1d7ce, 0x1d7ff)) return U'0' + (code - 0x1d7ce) % 10;
  if (between(code, 0xff01, 0xff5e)) return code - 0xfee0;
  if (between(code, 0x24b6, 0x24e9)) return letter_of(code - 0x24b6);
  if (between(code, 0x2460, 0x2468)) return U'1' + code - 0x2460;
  if (between(code, 0x1f130, 0x1f149)) return letter_of(code - 0x1f130);
  if (between(code, 0x1f150, 0x1f169)) return letter_of(code - 0x1f150);
  if (between(code, 0x1f170, 0x1f189)) return letter_of(code - 0x1f170);
  return look_up<LetterRange>(kFancy, code);
}

std::string_view read_ligature(char32_t code) {
  switch (code) {
  case 0xc6:
  case 0xe6: return "ae";
  case 0xdf:
  case 0x1e9e: return "ss";
  case 0xde:
  case 0xfe: return "th";
  case 0x132:
  case 0x133: return "ij";
  case 0x152:
  case 0x153: return "oe";
  case 0x2161: return " II";
  case 0x2162: return " III";
  default: return {};
  }
}

/// Without accents, in lower case; 0 where it is no Cyrillic letter.
char32_t read_cyrillic(char32_t code) {
  if (!between(code, 0x400, 0x52f)) return 0;
  if (between(code, 0x482, 0x489)) return U' ';
  if (code < 0x410)
    code += 0x50;
  else if (code < 0x430)
    code += 0x20;
  else if (code >= 0x460 && !between(code, 0x4c0, 0x4cf))
    code |= 1;
  switch (code) {
  case U'й': return U'и';
  case U'ё': return U'е';
  case U'ї': return U'і';
  case U'ў': return U'у';
  default: return code;
  }
}

/// Marks that change a letter before them or say how to draw it.
bool is_invisible(char32_t code) {
  return between(code, 0x300, 0x36f) || between(code, 0x200b, 0x200f) || between(code, 0x2060, 0x2064) ||
         between(code, 0xfe00, 0xfe0f) || between(code, 0xe0000, 0xe01ef) || between(code, 0x610, 0x61a) ||
         between(code, 0x64b, 0x65f) || code == 0x640 || code == 0xfeff || code == 0xad || code == 0x2122 ||
         code == 0xae || code == 0xa9 || code == 0xb7;
}

/// 0 where it is a letter.
char32_t read_symbol(char32_t code) {
  if (between(code, 0x2010, 0x2015) || code == 0x2212) return U'-';
  if (between(code, 0x2018, 0x201f) || code == 0x60 || code == 0xb4) return U'\'';
  if (code < 0x20 || between(code, 0x7f, 0xa0) || between(code, 0x2000, 0x200a) || code == 0x202f ||
      code == 0x3000 || code == 0x2026)
    return U' ';
  if (code == 0x3010 || code == 0x300c || code == 0x300e) return U'[';
  if (code == 0x3011 || code == 0x300d || code == 0x300f) return U']';
  const bool symbol = between(code, 0xa1, 0xbf) || code == 0xd7 || code == 0xf7 ||
                      between(code, 0x2020, 0x2bff) || between(code, 0x3001, 0x3020) ||
                      between(code, 0xe000, 0xf8ff) || code >= 0x1f000;
  return symbol ? U'|' : 0;
}

char lower_letter(char32_t offset) {
  return static_cast<char>('a' + offset);
}

/// The flag that `text` begins with, as letters of a country: two regional indicators, or a black flag with
/// tags. Returns its size in bytes; 0: there is none.
std::size_t read_flag(std::string_view text, std::string& out) {
  const auto first = read_character(text);
  std::string letters;
  std::size_t size = first.size;
  const auto base = first.code == 0x1f3f4 ? 0xe0061U : 0x1f1e6U;
  if (base == 0x1f1e6U) size = 0;
  while (size < text.size() && letters.size() < 2) {
    const auto next = read_character(text.substr(size));
    if (!between(next.code, base, base + 25)) return 0;
    letters += lower_letter(next.code - base);
    size += next.size;
  }
  if (letters.size() < 2) return 0;
  out += concat('[', letters, ']');
  return size;
}

class Simplifier {
 public:
  std::string run(std::string_view text) {
    out_.reserve(text.size() + 8);
    while (!text.empty()) {
      const auto next = read_character(text);
      if (const auto flag = next.code >= 0x1f000 ? read_flag(text, out_) : 0; flag != 0) {
        raised_ = false;
        text.remove_prefix(flag);
      } else {
        add(next.code);
        text.remove_prefix(next.size);
      }
    }
    return std::move(out_);
  }

 private:
  void add(char32_t code) {
    if (code >= 0x20 && code < 0x7f && code != 0x60) return add_plain(code);
    if (is_invisible(code)) return;
    if (const auto raised = look_up<LetterRange>(kRaised, code); raised != 0) return add_raised(raised);
    if (const auto ligature = read_ligature(code); !ligature.empty()) {
      for (const char c : ligature)
        add_plain(static_cast<char32_t>(c));
      return;
    }
    if (const auto letter = look_up<LetterRange>(kLatin, code); letter != 0) return add_plain(letter);
    if (const auto letter = look_up<WideLetterRange>(kGreek, code); letter != 0) return add_plain(letter);
    if (const auto letter = read_cyrillic(code); letter != 0) return add_plain(letter);
    if (const auto letter = read_fancy(code); letter != 0) return add_plain(letter);
    const auto symbol = read_symbol(code);
    add_plain(symbol != 0 ? symbol : code);
  }

  void add_plain(char32_t code) {
    // "Newsᴴᴰ" is two words, and so is what comes after the HD.
    if (raised_ && is_word(code)) out_ += ' ';
    raised_ = false;
    append(out_, code);
  }

  void add_raised(char32_t code) {
    if (!raised_ && !out_.empty() && is_word(static_cast<std::uint8_t>(out_.back()))) out_ += ' ';
    raised_ = true;
    append(out_, code);
  }

  static bool is_word(char32_t code) {
    return code >= 0x80 || between(code, U'0', U'9') || between(code | 0x20, U'a', U'z');
  }

  std::string out_;
  bool raised_ = false;
};

} // namespace

std::string simplify(std::string_view text) {
  return Simplifier{}.run(text);
}

std::string fold(std::string_view text) {
  auto out = simplify(text);
  for (char& c : out)
    c = to_lower(c);
  return out;
}

} // namespace relevo::lineup
