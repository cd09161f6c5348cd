// SPDX-License-Identifier: LGPL-2.1-or-later
// Child, over its supervisor.
#include "process/child.hpp"

#include "base/text.hpp"
#include "supervisor.hpp"

#include <algorithm>
#include <system_error>

namespace relevo::process {
namespace {

StartFailure cannot_start(const Command& command, const std::string& why, const std::string& call) {
  return {StartFailure::Kind::Other, concat("Cannot start ", command.arguments[0], ": ", why),
          concat(call, ": ", why)};
}

bool holds_zero_byte(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

} // namespace

tl::expected<std::unique_ptr<Child>, StartFailure> Child::start(const Command& command) {
  if (std::ranges::any_of(command.arguments, holds_zero_byte))
    return tl::unexpected(cannot_start(command, "there is a zero byte in its arguments", "execve"));
  try {
    auto supervisor = std::make_unique<Supervisor>(command);
    if (auto failed = supervisor->start()) return tl::unexpected(std::move(*failed));
    return std::unique_ptr<Child>(new Child(std::move(supervisor)));
  } catch (const CallFailed& failed) {
    return tl::unexpected(cannot_start(command, std::generic_category().message(failed.error), failed.call));
  } catch (const std::system_error& no_thread) {
    return tl::unexpected(cannot_start(command, no_thread.code().message(), "std::thread"));
  }
}

Child::Child(std::unique_ptr<Supervisor> supervisor) : supervisor_(std::move(supervisor)) {}

Child::~Child() {
  stop();
}

Child::ReadResult Child::read(MutableBytes room, const gx::CancelToken& token, Deadline deadline) {
  return supervisor_->read(room, token, deadline);
}

void Child::stop() {
  supervisor_->stop();
}

std::shared_ptr<const Journal> Child::journal() const {
  return supervisor_->journal();
}

} // namespace relevo::process
