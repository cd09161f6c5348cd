// SPDX-License-Identifier: LGPL-2.1-or-later
// The fan-out thread: what wakes it, and what it does then.
#include "hub.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <future>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <system_error>

namespace relevo::fanout {
namespace {

constexpr std::chrono::milliseconds kPatienceGrain{1'000};
constexpr ViewerId kWake = 0; // in epoll's data, where viewers have their ids
constexpr std::uint32_t kHangUps = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

gx::Descriptor checked(int fd, const char* call) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), call);
  return gx::Descriptor(fd);
}

int watch(const gx::Descriptor& epoll, int fd, std::uint32_t events, ViewerId id) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = id;
  return ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event);
}

/// Starts a thread that no signal disturbs: sendfile into a socket without a reader raises SIGPIPE, and
/// handlers belong to the application.
template <class F>
std::thread start_undisturbed(F main) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread;
  std::exception_ptr failure;
  try {
    thread = std::thread(std::move(main));
  } catch (...) {
    failure = std::current_exception();
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (failure) std::rethrow_exception(failure);
  return thread;
}

} // namespace

std::shared_ptr<Hub> Hub::shared() {
  static gx::Guarded<std::weak_ptr<Hub>> the_one;
  const auto one = the_one.lock();
  auto hub = one->lock();
  if (!hub) *one = hub = std::make_shared<Hub>();
  return hub;
}

Hub::Hub()
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      event_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  if (watch(epoll_, event_.get(), EPOLLIN, kWake) != 0)
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  thread_ = start_undisturbed([this] { run(); });
}

Hub::~Hub() {
  ending_ = true;
  wake();
  thread_.join();
}

// ---- from any thread ----

void Hub::post(Command command) {
  commands_.lock()->push_back(std::move(command));
  wake();
}

void Hub::wake() noexcept {
  const std::uint64_t one = 1;
  // It can fail only when it is raised already.
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
}

void Hub::on_written() {
  if (!awake_.exchange(true)) wake();
}

void Hub::on_first_point() {
  on_written();
  post([this] { hurry_ = true; });
}

void Hub::open(std::shared_ptr<ChannelState> channel) {
  post([this, channel = std::move(channel)] { streams_.push_back({channel}); });
}

void Hub::close(const std::shared_ptr<ChannelState>& channel) {
  const auto done = std::make_shared<std::promise<void>>();
  post([this, channel, done] {
    stop(channel.get());
    done->set_value();
  });
  done->get_future().wait();
}

void Hub::add(std::shared_ptr<ChannelState> channel, std::shared_ptr<Cursor> viewer) {
  post([this, viewer = Viewer{std::move(channel), std::move(viewer)}] { take(viewer); });
}

void Hub::remove(ViewerId id) {
  post([this, id] { let_go(id, Leaving::Removed); });
}

// ---- the thread ----

void Hub::run() {
  ::prctl(PR_SET_NAME, "relevo-fanout");
  while (!ending_) {
    wait();
    run_commands();
    const auto now = Clock::now();
    if (hurry_ || now - last_tick_ >= kTick) tick(now);
    report_gone();
  }
}

void Hub::wait() {
  std::array<epoll_event, 64> events;
  const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout());
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.u64 != kWake) {
      on_socket(event.data.u64, event.events);
      continue;
    }
    std::uint64_t raised = 0;
    [[maybe_unused]] const auto got = ::read(event_.get(), &raised, sizeof raised);
  }
}

int Hub::timeout() const {
  if (hurry_) return 0;
  if (!awake_) return viewers_.empty() ? -1 : static_cast<int>(kPatienceGrain.count());
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(last_tick_ + kTick - Clock::now());
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

void Hub::run_commands() {
  std::vector<Command> commands;
  std::swap(commands, *commands_.lock());
  for (const Command& command : commands)
    command();
}

void Hub::take(const Viewer& viewer) {
  const ViewerId id = viewer.cursor->id();
  viewers_.emplace(id, viewer);
  // On edges: it tells that there is room again only after there was none.
  if (watch(epoll_, viewer.cursor->socket(), EPOLLOUT | EPOLLRDHUP | EPOLLET, id) != 0)
    return let_go(id, Leaving::Failed);
  serve(viewer, Clock::now());
}

void Hub::stop(const ChannelState* channel) {
  for (auto next = viewers_.begin(); next != viewers_.end();) {
    const auto [id, viewer] = *next++;
    if (viewer.channel.get() != channel) continue;
    if (!viewer.cursor->blocked()) serve(viewer, Clock::now());
    let_go(id, Leaving::Stopped);
  }
  std::erase_if(streams_, [&](const Stream& stream) { return stream.channel.get() == channel; });
  report_gone();
}

void Hub::on_socket(ViewerId id, std::uint32_t events) {
  const auto found = viewers_.find(id);
  if (found == viewers_.end()) return;
  if ((events & kHangUps) != 0) return let_go(id, Leaving::HungUp);
  if (found->second.cursor->blocked()) serve(Viewer(found->second), Clock::now());
}

void Hub::tick(Time now) {
  last_tick_ = now;
  hurry_ = false;
  const bool news = look_for_news();
  for (const Stream& stream : streams_)
    stream.channel->ring.trim(now);
  for (auto next = viewers_.begin(); next != viewers_.end();) {
    const auto [id, viewer] = *next++;
    if (!viewer.cursor->blocked())
      serve(viewer, now);
    else if (viewer.cursor->out_of_patience(now))
      let_go(id, Leaving::Stalled);
  }
  if (news) return;
  // Who writes from now on wakes us; who wrote while we did this is seen here.
  awake_.exchange(false);
  if (look_for_news()) {
    awake_ = true;
    hurry_ = true;
  }
}

/// Whether anything happened to a stream since it was asked last.
bool Hub::look_for_news() {
  bool news = false;
  for (Stream& stream : streams_) {
    const auto extent = stream.channel->ring.extent();
    news |= extent.end != stream.seen.end || extent.ended != stream.seen.ended;
    stream.seen = extent;
  }
  return news;
}

void Hub::serve(const Viewer& viewer, Time now) {
  switch (viewer.cursor->serve(viewer.channel->ring, now)) {
  case Cursor::Turn::Idle:
  case Cursor::Turn::Blocked: return;
  case Cursor::Turn::Busy: hurry_ = true; return;
  case Cursor::Turn::Leaves: let_go(viewer.cursor->id(), viewer.cursor->why());
  }
}

void Hub::let_go(ViewerId id, Leaving why) {
  const auto found = viewers_.find(id);
  if (found == viewers_.end()) return;
  const auto& [channel, cursor] = found->second;
  gone_.push_back({channel, make_report(id, *cursor->progress(), channel->ring, Clock::now()), why});
  channel->viewers.lock()->erase(id);
  viewers_.erase(found);
}

/// Only where nothing is under way: it may call back.
void Hub::report_gone() {
  while (!gone_.empty())
    for (const Gone& gone : std::exchange(gone_, {}))
      gone.channel->on_gone(gone.report, gone.why);
}

} // namespace relevo::fanout
