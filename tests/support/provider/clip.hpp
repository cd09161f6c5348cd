// SPDX-License-Identifier: LGPL-2.1-or-later
// A transport stream file that can be looped: its bytes, its tables, and what time each packet has.
#pragma once

#include "ts/psi.hpp"

#include <filesystem>
#include <map>
#include <memory>

namespace relevo::provider {

/// Immutable once loaded, so that any number of threads may play it.
class Clip {
 public:
  /// A packet that carries the clock, or at which a decoder can start.
  struct Mark {
    std::size_t packet = 0;
    ts::Pcr time = 0; // since the start of the clip
    bool entry = false;
  };

  /// Throws std::runtime_error naming the file when it cannot be read or is not a loopable transport stream.
  explicit Clip(const std::filesystem::path& file);
  ~Clip();
  Clip(const Clip&) = delete;
  Clip& operator=(const Clip&) = delete;

  [[nodiscard]] const std::byte* packet(std::size_t index) const {
    return bytes_.data() + index * ts::kPacketSize;
  }
  [[nodiscard]] std::size_t packets() const { return bytes_.size() / ts::kPacketSize; }
  [[nodiscard]] const ts::Pat& pat() const { return pat_; }
  [[nodiscard]] const ts::Pmt& pmt() const { return pmt_; }
  [[nodiscard]] ts::Pid pmt_pid() const { return pmt_pid_; }
  [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; } // the first is packet 0 at time 0
  [[nodiscard]] ts::Pcr first_pcr() const { return first_pcr_; }
  [[nodiscard]] ts::Pcr period() const { return period_; } // after which the clip begins again
  [[nodiscard]] std::uint64_t bits_per_second() const;

 private:
  void read_tables();
  void read_times();

  Bytes bytes_;
  ts::Pat pat_;
  ts::Pmt pmt_;
  ts::Pid pmt_pid_ = ts::kNullPid;
  std::vector<Mark> marks_;
  ts::Pcr first_pcr_ = 0;
  ts::Pcr period_ = 0;
};

/// The clips of a folder by their names without ".ts". Each is loaded when first asked for.
class ClipLibrary {
 public:
  explicit ClipLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::vector<std::string> names() const; // sorted
  [[nodiscard]] bool has(const std::string& name) const;
  /// Throws as Clip does. To be called by one thread at a time.
  std::shared_ptr<const Clip> load(const std::string& name);

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::shared_ptr<const Clip>> loaded_;
};

} // namespace relevo::provider
