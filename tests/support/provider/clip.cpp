// SPDX-License-Identifier: LGPL-2.1-or-later
// Maps a clip into memory and finds its tables, its clock and its length.
#include "provider/clip.hpp"

#include "ts/pes.hpp"

#include <algorithm>
#include <fcntl.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace relevo::provider {
namespace {

Bytes map_file(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::runtime_error("cannot open " + file.string());
  struct stat status {};
  void* start = MAP_FAILED;
  if (::fstat(fd, &status) == 0 && status.st_size > 0)
    start = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (start == MAP_FAILED) throw std::runtime_error("cannot map " + file.string());
  return {static_cast<const std::byte*>(start), static_cast<std::size_t>(status.st_size)};
}

std::optional<ts::Ticks> decoding_time(ts::PacketView packet) {
  ts::PesHeader header;
  if (!packet.unit_start() || ts::parse_pes_header(packet.payload(), header) != ts::PesParse::Ok)
    return std::nullopt;
  return header.dts ? header.dts : header.pts;
}

} // namespace

Clip::Clip(const std::filesystem::path& file) : bytes_(map_file(file)) {
  try {
    if (bytes_.size() % ts::kPacketSize != 0) throw std::runtime_error("not a whole number of packets");
    read_tables();
    read_times();
  } catch (const std::runtime_error& error) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
    throw std::runtime_error(file.string() + ": " + error.what());
  }
}

Clip::~Clip() {
  ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void Clip::read_tables() {
  ts::PsiTracker tracker;
  for (std::size_t i = 0; i < packets() && !tracker.pmt(); ++i)
    tracker.push(ts::PacketView{packet(i)});
  if (!tracker.pmt()) throw std::runtime_error("no programme found");
  pat_ = *tracker.pat();
  pmt_ = *tracker.pmt();
  pmt_pid_ = tracker.pmt_pid();
}

void Clip::read_times() {
  ts::Unwrapper clock{ts::kPcrModulus}, stamps{ts::kTicksModulus};
  std::vector<ts::Ticks> decoding;
  marks_.push_back({});
  for (std::size_t i = 0; i < packets(); ++i) {
    const ts::PacketView view{packet(i)};
    if (view.pid() != pmt_.pcr_pid) continue;
    if (const auto dts = decoding_time(view)) decoding.push_back(stamps.unwrap(*dts));
    if (const auto pcr = view.pcr()) {
      const ts::Pcr now = clock.unwrap(*pcr);
      if (marks_.size() == 1) first_pcr_ = now;
      marks_.push_back({i, now - first_pcr_, view.unit_start() && view.random_access()});
    }
  }
  if (marks_.size() < 2 || decoding.size() < 2) throw std::runtime_error("no clock found");
  // The last unit lasts as long as the one before it.
  period_ = (2 * decoding.back() - decoding[decoding.size() - 2] - decoding.front()) * ts::kPcrPerTick;
  if (period_ <= marks_.back().time) throw std::runtime_error("cannot be looped");
}

std::uint64_t Clip::bits_per_second() const {
  return bytes_.size() * 8 * static_cast<std::uint64_t>(ts::kPcrPerSecond) /
         static_cast<std::uint64_t>(period_);
}

std::vector<std::string> ClipLibrary::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    if (entry.path().extension() == ".ts") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

bool ClipLibrary::has(const std::string& name) const {
  return name.find('/') == std::string::npos && std::filesystem::exists(folder_ / (name + ".ts"));
}

std::shared_ptr<const Clip> ClipLibrary::load(const std::string& name) {
  auto& clip = loaded_[name];
  if (!clip) clip = std::make_shared<const Clip>(folder_ / (name + ".ts"));
  return clip;
}

} // namespace relevo::provider
