// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/metrics_text.hpp"

#include "base/text.hpp"

#include <array>
#include <charconv>

namespace relevo::admin {
namespace {

/// Quotes count in labels alone.
std::string escape(std::string_view text, bool in_label) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\n')
      out += "\\n";
    else if (c == '"' && in_label)
      out += "\\\"";
    else
      out += c;
  }
  return out;
}

} // namespace

MetricsText& MetricsText::metric(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  text_ += concat("# HELP ", name, ' ', escape(help, false), "\n# TYPE ", name, ' ',
                  kind == Kind::Counter ? "counter" : "gauge", '\n');
  return *this;
}

MetricsText& MetricsText::sample(Labels labels, std::uint64_t value) {
  begin_sample(labels);
  text_ += concat(value, '\n');
  return *this;
}

MetricsText& MetricsText::sample(Labels labels, double value) {
  begin_sample(labels);
  std::array<char, 32> digits{}; // the shortest that is the same number, whatever the locale
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text_.append(digits.data(), end);
  text_ += '\n';
  return *this;
}

void MetricsText::begin_sample(Labels labels) {
  text_ += name_;
  const char* separator = "{";
  for (const auto& [label, value] : labels)
    text_ += concat(std::exchange(separator, ","), label, "=\"", escape(value, true), '"');
  text_ += labels.size() > 0 ? "} " : " ";
}

} // namespace relevo::admin
