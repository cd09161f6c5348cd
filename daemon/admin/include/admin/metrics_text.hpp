// SPDX-License-Identifier: LGPL-2.1-or-later
// MetricsText: the text that Prometheus reads, format 0.0.4.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace relevo::admin {

inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

class MetricsText {
 public:
  enum class Kind { Gauge, Counter };
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Begins a metric; its samples follow. The names of counters end with "_total". `help` is one line.
  MetricsText& metric(std::string_view name, Kind kind, std::string_view help);
  MetricsText& sample(std::uint64_t value) { return sample({}, value); }
  MetricsText& sample(double value) { return sample({}, value); }
  /// Values of labels may be any text.
  MetricsText& sample(Labels labels, std::uint64_t value);
  MetricsText& sample(Labels labels, double value);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void begin_sample(Labels labels);

  std::string text_;
  std::string name_;
};

} // namespace relevo::admin
