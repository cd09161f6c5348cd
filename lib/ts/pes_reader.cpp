// SPDX-License-Identifier: LGPL-2.1-or-later
// PES packets out of packet payloads.
#include "ts/pes_reader.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::ts {

Bytes PesReader::push(Bytes payload, bool unit_start) noexcept {
  if (unit_start) {
    state_ = State::Header;
    received_ = kept_ = 0;
  }
  received_ += payload.size();
  switch (state_) {
  case State::Body: return payload;
  case State::Header: return push_header(payload);
  default: return {};
  }
}

Bytes PesReader::push_header(Bytes payload) noexcept {
  const std::size_t before = kept_;
  Bytes head = payload;
  if (before > 0) {
    const std::size_t taken = std::min(payload.size(), head_.size() - before);
    std::memcpy(head_.data() + before, payload.data(), taken);
    kept_ += taken;
    head = {head_.data(), kept_};
  }
  switch (parse_pes_header(head, header_)) {
  case PesParse::Ok: state_ = State::Body; return payload.subspan(header_.size - before);
  case PesParse::Invalid: state_ = State::Invalid; return {};
  case PesParse::NeedMore: break;
  }
  if (before == 0 && !payload.empty()) {
    std::memcpy(head_.data(), payload.data(), payload.size()); // a payload has 184 bytes at most
    kept_ = payload.size();
  }
  return {};
}

} // namespace relevo::ts
