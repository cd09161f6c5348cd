// SPDX-License-Identifier: LGPL-2.1-or-later
// How channels are made of a group of an account.
#pragma once

#include "lineup/numbering.hpp"

#include <string>

namespace relevo::model {

using lineup::Numbering;

struct SyncRule {
  Numbering numbering = Numbering::NextFree;
  std::uint32_t first = 1; // the range of their numbers, both ends with it
  std::uint32_t last = lineup::kMostMajor;
  std::string include{};     // a regular expression, found anywhere in the name; "": all
  std::string exclude{};     // likewise; "": none
  std::string search{};      // a regular expression of what is replaced in the names of channels; "": nothing
  std::string replacement{}; // with references: $1, $<name>
  std::string group{};       // of the channels; "": named as the provider's
  bool merge = true;         // with the streams of other accounts that are the same channel

  bool operator==(const SyncRule&) const = default;
};

} // namespace relevo::model
