// SPDX-License-Identifier: LGPL-2.1-or-later
// One cursor through a range; what is given is taken from then on.
#include "lineup/numbering.hpp"

#include <algorithm>

namespace relevo::lineup {
namespace {

class Dispenser {
 public:
  Dispenser(NumberRange range, Reserved taken)
      : range_(range), taken_(std::move(taken)), next_(range.first) {}

  /// Whether the number was free; it is taken now.
  bool take(ChannelNumber number) { return taken_.insert(number).second; }

  void begin_behind_highest() {
    for (const auto& number : taken_)
      if (number.major >= next_ && number.major <= range_.last) next_ = number.major + 1;
    from_start_ = next_ != range_.first;
  }

  std::optional<ChannelNumber> next() {
    for (; next_ <= range_.last; ++next_)
      if (take({next_})) return ChannelNumber{next_};
    if (!from_start_) return std::nullopt;
    from_start_ = false;
    next_ = range_.first;
    return next();
  }

 private:
  NumberRange range_;
  Reserved taken_;
  std::uint32_t next_;
  bool from_start_ = false; // when the end is reached, there are still holes to look for
};

} // namespace

Numbers assign_numbers(Numbering mode, std::span<const std::optional<ChannelNumber>> own, NumberRange range,
                       const Reserved& reserved) {
  Numbers out;
  out.numbers.resize(own.size());
  Dispenser dispenser(range, reserved);
  if (mode == Numbering::NextFree) dispenser.begin_behind_highest();
  // Own numbers first, so that none of them goes to somebody without one.
  for (std::size_t i = 0; mode == Numbering::Provider && i < own.size(); ++i)
    if (own[i] && dispenser.take(*own[i])) out.numbers[i] = own[i];
  for (auto& number : out.numbers) {
    if (!number) number = dispenser.next();
    if (!number) ++out.exhausted;
  }
  return out;
}

std::vector<Renumbering> plan_compact(std::span<const Numbered> channels, NumberRange range,
                                      const Reserved& reserved) {
  Dispenser dispenser(range, reserved);
  for (const auto& channel : channels)
    if (channel.pinned && channel.number) static_cast<void>(dispenser.take(*channel.number));
  std::vector<Renumbering> plan;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (channels[i].pinned) continue;
    const auto after = dispenser.next();
    if (after != channels[i].number || !after) plan.push_back({i, channels[i].number, after});
  }
  return plan;
}

} // namespace relevo::lineup
