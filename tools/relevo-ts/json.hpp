// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes JSON as text, one value after the other.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::tool {

/// The caller keeps begin and end in pairs and gives a key to every value of an object; commas, escapes and
/// indentation are the writer's.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view{text}); }
  void value(bool on) { raw(on ? "true" : "false"); }
  void value(double number); // with three decimals
  template <std::integral Number>
  void value(Number number) {
    raw(std::to_string(number));
  }

  template <class Value>
  void field(std::string_view name, const Value& content) {
    key(name);
    value(content);
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void open(char bracket);
  void close(char bracket);
  void raw(std::string_view text);
  void quoted(std::string_view text);
  void separate();
  void new_line();

  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true;      // of its object or array
  bool after_key_ = false; // the value belongs to the key before it
};

} // namespace relevo::tool
