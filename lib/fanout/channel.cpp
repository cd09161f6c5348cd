// SPDX-License-Identifier: LGPL-2.1-or-later
// The stream's side of the fan-out, and everybody else's.
#include "fanout/channel.hpp"

#include "hub.hpp"

#include <atomic>

namespace relevo::fanout {
namespace {

std::atomic<ViewerId> last_id{0};

} // namespace

Channel::Channel(WindowSettings window, OnGone on_gone)
    : state_(std::make_shared<ChannelState>(window, std::move(on_gone))),
      hub_(Hub::shared()),
      finder_([this](const ts::JoinPoint& point) {
        state_->ring.add_point(point, now_);
        can_be_joined_ = true;
      }) {
  hub_->open(state_);
}

Channel::~Channel() {
  hub_->close(state_);
}

void Channel::write(Bytes block) {
  now_ = Clock::now();
  const bool could_be_joined = can_be_joined_;
  Bytes run; // of packets that lie side by side in the block
  sync_.read(block, [&](const std::byte* packet) {
    const bool inside = packet >= block.data() && packet < block.data() + block.size();
    if (inside && !run.empty() && packet == run.data() + run.size()) {
      run = {run.data(), run.size() + ts::kPacketSize};
      return;
    }
    append(std::exchange(run, {}));
    if (inside)
      run = {packet, ts::kPacketSize};
    else
      append({packet, ts::kPacketSize}); // it is there only during this call
  });
  append(run);
  if (can_be_joined_ == could_be_joined)
    hub_->on_written();
  else
    hub_->on_first_point();
}

void Channel::append(Bytes packets) {
  if (packets.empty()) return;
  state_->ring.append(packets, now_);
  finder_.push(packets);
}

void Channel::end() {
  state_->ring.end();
  hub_->on_written();
}

ViewerId Channel::add(gx::Descriptor socket, const Policy& policy, std::vector<std::byte> prefix) {
  const ViewerId id = ++last_id;
  auto cursor = std::make_shared<Cursor>(id, std::move(socket), policy, std::move(prefix));
  state_->viewers.lock()->emplace(id, cursor->progress());
  hub_->add(state_, std::move(cursor));
  return id;
}

bool Channel::remove(ViewerId id) {
  if (!state_->viewers.lock()->contains(id)) return false;
  hub_->remove(id);
  return true;
}

std::vector<ViewerReport> Channel::viewers() {
  const auto viewers = *state_->viewers.lock();
  std::vector<ViewerReport> reports;
  for (const auto& [id, progress] : viewers)
    reports.push_back(make_report(id, *progress, state_->ring, Clock::now()));
  return reports;
}

Ring::Extent Channel::extent() {
  return state_->ring.extent();
}

} // namespace relevo::fanout
