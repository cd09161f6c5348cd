// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables that say what is in a transport stream: PAT, PMT, SDT and CAT as values, read and written.
#pragma once

#include "base/result.hpp"
#include "ts/codec.hpp"
#include "ts/section.hpp"

#include <string>
#include <vector>

namespace relevo::ts {

using DescriptorLoop = std::vector<std::byte>; // a descriptor loop, verbatim

struct Pat {
  struct Programme {
    std::uint16_t number = 0;
    Pid pmt_pid = 0;
    bool operator==(const Programme&) const = default;
  };
  std::uint16_t transport_stream_id = 0;
  std::uint8_t version = 0;
  std::vector<Programme> programmes; // without the network entry (number 0)
  bool operator==(const Pat&) const = default;
};

struct Pmt {
  struct Stream {
    std::uint8_t stream_type = 0;
    Pid pid = 0;
    DescriptorLoop descriptors;
    bool operator==(const Stream&) const = default;
  };
  std::uint16_t programme = 0;
  std::uint8_t version = 0;
  Pid pcr_pid = kNullPid; // kNullPid: the programme has no PCR
  DescriptorLoop descriptors;
  std::vector<Stream> streams;
  bool operator==(const Pmt&) const = default;

  [[nodiscard]] Codec codec(const Stream& stream) const noexcept;
};

struct Sdt {
  struct Service {
    std::uint16_t id = 0;
    DescriptorLoop descriptors;
    bool operator==(const Service&) const = default;
  };
  std::uint16_t transport_stream_id = 0;
  std::uint16_t original_network_id = 0;
  std::uint8_t version = 0;
  std::vector<Service> services;
  bool operator==(const Sdt&) const = default;
};

struct Cat {
  std::uint8_t version = 0;
  DescriptorLoop descriptors;
  bool operator==(const Cat&) const = default;
};

inline constexpr std::uint8_t kTableIdPat = 0x00;
inline constexpr std::uint8_t kTableIdCat = 0x01;
inline constexpr std::uint8_t kTableIdPmt = 0x02;
inline constexpr std::uint8_t kTableIdSdt = 0x42; // of the actual transport stream
inline constexpr std::uint8_t kTableIdSplice = 0xfc;

/// Collects the sections of one table until the newest version is whole. A table that changes without a new
/// version number, as careless muxers do, counts as new.
class TableCollector {
 public:
  explicit TableCollector(std::uint8_t table_id) noexcept : table_id_(table_id) {}

  /// True when this section completes a table that differs from the one before it. Sections of other tables,
  /// of other extensions while `extension` is set, not yet current ones and broken ones are passed over.
  bool push(Bytes section, std::optional<std::uint16_t> extension = std::nullopt);

  /// Of the newest whole table: the sections in their order; empty before the first.
  [[nodiscard]] const std::vector<std::vector<std::byte>>& sections() const noexcept { return whole_; }
  [[nodiscard]] std::uint64_t broken_sections() const noexcept { return broken_; }

 private:
  std::uint8_t table_id_;
  std::vector<std::vector<std::byte>> partial_;
  std::vector<std::vector<std::byte>> whole_;
  std::uint64_t broken_ = 0;
};

/// From sections that check_section accepted, in their order. Lying inner lengths end the table there: what
/// was read before stands.
[[nodiscard]] Pat parse_pat(const std::vector<std::vector<std::byte>>& sections);
[[nodiscard]] Pmt parse_pmt(const std::vector<std::vector<std::byte>>& sections);
[[nodiscard]] Sdt parse_sdt(const std::vector<std::vector<std::byte>>& sections);
[[nodiscard]] Cat parse_cat(const std::vector<std::vector<std::byte>>& sections);

/// As many sections as the table needs; an error where a single entry does not fit into one, or for a PMT,
/// which must fit into one as a whole.
[[nodiscard]] std::vector<std::vector<std::byte>> write_pat(const Pat& pat);
[[nodiscard]] Result<std::vector<std::byte>> write_pmt(const Pmt& pmt);
[[nodiscard]] Result<std::vector<std::vector<std::byte>>> write_sdt(const Sdt& sdt);

/// A service descriptor (0x48) of a digital television service, names in UTF-8.
[[nodiscard]] DescriptorLoop make_service_descriptor(std::string_view provider, std::string_view name);

/// Follows PAT and PMT of a stream and keeps to one programme: the wanted one, or the first that has a PMT.
/// Keeps to it until the PAT no longer lists it.
class PsiTracker {
 public:
  explicit PsiTracker(std::optional<std::uint16_t> programme = std::nullopt) noexcept : wanted_(programme) {}

  /// To be given every packet of pmt_pid() and of PID 0 in order. True when the PMT of the programme is new
  /// or has changed.
  bool push(PacketView packet);

  [[nodiscard]] bool follows(Pid pid) const noexcept { return pid == kPatPid || pid == pmt_pid_; }
  [[nodiscard]] const std::optional<Pat>& pat() const noexcept { return pat_; }
  [[nodiscard]] const std::optional<Pmt>& pmt() const noexcept { return pmt_; }
  [[nodiscard]] Pid pmt_pid() const noexcept { return pmt_pid_; } // kNullPid before the PAT
  [[nodiscard]] std::uint64_t broken_sections() const noexcept {
    return pat_table_.broken_sections() + pmt_table_.broken_sections();
  }
  /// Packets of the PID were lost: sections that were begun cannot be finished.
  void on_loss(Pid pid) noexcept;

 private:
  void on_pat();

  std::optional<std::uint16_t> wanted_;
  SectionAssembler pat_sections_, pmt_sections_;
  TableCollector pat_table_{kTableIdPat}, pmt_table_{kTableIdPmt};
  std::optional<Pat> pat_;
  std::optional<Pmt> pmt_;
  Pid pmt_pid_ = kNullPid;
  std::uint16_t programme_ = 0;
};

} // namespace relevo::ts
