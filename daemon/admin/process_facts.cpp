// SPDX-License-Identifier: LGPL-2.1-or-later
#include "process_facts.hpp"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace relevo::admin {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t descriptors() {
  std::error_code ignored;
  const std::filesystem::directory_iterator all("/proc/self/fd", ignored);
  // The one that lists them is in the list.
  return static_cast<std::uint64_t>(std::distance(begin(all), end(all))) - (ignored ? 0 : 1);
}

} // namespace

double own_cpu_seconds() {
  return cpu_seconds(RUSAGE_SELF);
}

std::uint64_t resident_bytes() {
  std::uint64_t size = 0, resident = 0; // pages
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

ProcessFacts read_process_facts() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return {own_cpu_seconds() + cpu_seconds(RUSAGE_CHILDREN), resident_bytes(), descriptors(), limit.rlim_cur};
}

} // namespace relevo::admin
