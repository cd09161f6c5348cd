// SPDX-License-Identifier: LGPL-2.1-or-later
// The words of a command: its operands in their order, and options among them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::ctl {

/// The program was called wrongly; the text says how.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Words = std::span<const std::string_view>;

class Arguments {
 public:
  /// `operands`: how messages call those that must be there, no more and no less. `options`: those with a
  /// value, written
  /// --name VALUE or --name=VALUE. What else begins with a - is refused, but not "-" itself, nor anything
  /// behind "--". Throws UsageError.
  Arguments(Words words, const std::vector<std::string_view>& operands,
            const std::vector<std::string_view>& options = {},
            const std::vector<std::string_view>& flags = {});

  [[nodiscard]] const std::string& operand(std::size_t index) const { return operands_.at(index); }
  [[nodiscard]] bool has(std::string_view option) const { return values_.contains(option); }
  /// The last that was given.
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;

 private:
  std::vector<std::string> operands_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

} // namespace relevo::ctl
