// SPDX-License-Identifier: LGPL-2.1-or-later
// The window: appended at its end, punched out at its beginning, with an index in between.
#include "fanout/ring.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <system_error>

namespace relevo::fanout {
namespace {

[[noreturn]] void throw_errno(const char* call) {
  throw std::system_error(errno, std::generic_category(), call);
}

gx::Descriptor make_file() {
  gx::Descriptor file(::memfd_create("relevo-ring", MFD_CLOEXEC));
  if (file.get() < 0) throw_errno("memfd_create");
  return file;
}

} // namespace

Ring::Ring(WindowSettings window) : window_(window), file_(make_file()) {}

void Ring::append(Bytes packets, Time now) {
  std::uint64_t end = end_;
  while (!packets.empty()) {
    const auto written = ::pwrite(file_.get(), packets.data(), packets.size(), static_cast<off_t>(end));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("pwrite");
    packets = packets.subspan(static_cast<std::size_t>(written));
    end += static_cast<std::uint64_t>(written);
  }
  const auto state = state_.lock();
  if (state->marks.empty() || now - state->marks.back().time >= kTimeGrain)
    state->marks.push_back({end_, now});
  state->extent.end = end_ = end;
}

void Ring::add_point(const ts::JoinPoint& point, Time now) {
  const auto state = state_.lock();
  if (point.offset >= state->extent.begin) state->points.push_back({point, now});
}

void Ring::end() {
  state_.lock()->extent.ended = true;
}

void Ring::trim(Time now) {
  std::uint64_t begin = 0;
  {
    const auto state = state_.lock();
    begin = step_to_keep(*state, now);
    if (begin == punched_) return;
    state->extent.begin = begin;
    while (!state->points.empty() && state->points.front().at.offset < begin)
      state->points.pop_front();
    while (state->marks.size() > 1 && state->marks[1].offset <= begin)
      state->marks.pop_front();
  }
  // Out of the page cache; sockets keep the pages that they hold. What could not be punched is tried again
  // next time.
  if (::fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(punched_),
                  static_cast<off_t>(begin - punched_)) == 0)
    punched_ = begin;
}

/// The last step that begins before anything that is to be kept.
std::uint64_t Ring::step_to_keep(const State& state, Time now) const {
  const auto first_to_keep = std::ranges::partition_point(
      state.marks, [&](const Mark& mark) { return now - mark.time > window_.time; });
  std::uint64_t keep = first_to_keep == state.marks.end() ? state.extent.end : first_to_keep->offset;
  if (state.extent.end - keep > window_.bytes) keep = state.extent.end - window_.bytes;
  return std::max(state.extent.begin, keep - keep % kStep);
}

Ring::Extent Ring::extent() {
  return state_.lock()->extent;
}

std::optional<ts::JoinPoint> Ring::join(Duration old, std::uint64_t bytes, Time now) {
  const auto state = state_.lock();
  if (state->points.empty()) return std::nullopt;
  const auto fills = [&](const Point& point) {
    return now - point.time >= old && state->extent.end - point.at.offset >= bytes;
  };
  const auto too_new = std::ranges::partition_point(state->points, fills);
  return too_new == state->points.begin() ? too_new->at : std::prev(too_new)->at;
}

std::optional<ts::JoinPoint> Ring::newest_behind(std::uint64_t offset) {
  const auto state = state_.lock();
  if (state->points.empty() || state->points.back().at.offset <= offset) return std::nullopt;
  return state->points.back().at;
}

Duration Ring::age(std::uint64_t offset, Time now) {
  const auto state = state_.lock();
  if (offset >= state->extent.end) return Duration::zero();
  const auto later =
      std::ranges::partition_point(state->marks, [&](const Mark& mark) { return mark.offset <= offset; });
  return now - (later == state->marks.begin() ? later : std::prev(later))->time;
}

} // namespace relevo::fanout
