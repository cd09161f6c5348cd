// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers of channels read and written.
#include "lineup/channel_number.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::lineup {

Result<ChannelNumber> parse_channel_number(std::string_view text) {
  const auto all = trim(text);
  const auto point = std::min(all.find_first_of(".-"), all.size());
  const auto major = parse_number<std::uint32_t>(all.substr(0, point));
  if (!major || *major == 0 || *major > kMostMajor)
    return fail(concat("the number of a channel is from 1 to ", kMostMajor, ", not ", quote(text)));
  if (point == all.size()) return ChannelNumber{*major};
  const auto minor = parse_number<std::uint32_t>(all.substr(point + 1));
  if (!minor || *minor > kMostMinor)
    return fail(concat("behind the point stands a number up to ", kMostMinor, ", not in ", quote(text)),
                point + 1);
  return ChannelNumber{*major, *minor};
}

std::string write(ChannelNumber number) {
  return number.minor == 0 ? concat(number.major) : concat(number.major, '.', number.minor);
}

} // namespace relevo::lineup
