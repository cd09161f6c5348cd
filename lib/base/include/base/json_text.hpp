// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON written straight into text, where there is too much of it for a tree of values.
#pragma once

#include <string>
#include <string_view>

namespace relevo {

/// Appends the text in quotes. It has to be UTF-8.
void append_json(std::string& out, std::string_view text);

/// Appends objects and arrays: commas come by themselves.
class JsonText {
 public:
  explicit JsonText(std::string& out) noexcept : out_(out) {}

  JsonText& begin(char bracket) { // '{' or '['
    comma();
    out_ += bracket;
    return *this;
  }
  JsonText& end(char bracket) { // '}' or ']'
    out_ += bracket;
    return *this;
  }
  JsonText& name(std::string_view name) {
    comma();
    append_json(out_, name);
    out_ += ':';
    return *this;
  }
  JsonText& text(std::string_view value) {
    comma();
    append_json(out_, value);
    return *this;
  }
  /// A number, true, false, null, or JSON that is written already.
  JsonText& raw(std::string_view value) {
    comma();
    out_ += value;
    return *this;
  }

 private:
  void comma() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
  }

  std::string& out_;
};

} // namespace relevo
