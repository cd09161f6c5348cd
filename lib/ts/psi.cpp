// SPDX-License-Identifier: LGPL-2.1-or-later
// PAT, PMT, SDT and CAT: collecting their sections, reading and writing them, following one programme.
#include "ts/psi.hpp"

#include "ts/descriptors.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

using Section = std::vector<std::byte>;

constexpr std::size_t kMaxPsiSection = 1024;

[[nodiscard]] Bytes body_of(const Section& section) noexcept {
  return Bytes{section}.subspan(SectionHeader::kSize,
                                section.size() - SectionHeader::kSize - SectionHeader::kCrcSize);
}

[[nodiscard]] std::uint8_t version_of(const Section& section) noexcept {
  return load_u8(&section[5]) >> 1 & 0x1f;
}
[[nodiscard]] std::uint16_t extension_of(const Section& section) noexcept {
  return load_be16(&section[3]);
}

/// A loop whose length lies is cut at the end of what there is.
[[nodiscard]] Bytes take_loop(Bytes body, std::size_t at, std::size_t length) noexcept {
  return body.subspan(at, std::min(length, body.size() - at));
}

[[nodiscard]] Section begin_section(std::uint8_t table_id, std::uint16_t extension, std::uint8_t version,
                                    std::size_t number, std::size_t last_number) {
  Section section(SectionHeader::kSize);
  store_u8(&section[0], table_id);
  store_be16(&section[1],
             table_id == kTableIdSdt ? 0xf000 : 0xb000); // DVB sets the private bit, PSI must not
  store_be16(&section[3], extension);
  store_u8(&section[5], 0xc1U | (version & 0x1fU) << 1);
  store_u8(&section[6], static_cast<unsigned>(number));
  store_u8(&section[7], static_cast<unsigned>(last_number));
  return section;
}

void append_be16(Section& section, unsigned value) {
  section.resize(section.size() + 2);
  store_be16(&section[section.size() - 2], value);
}

void append(Section& section, Bytes bytes) {
  section.insert(section.end(), bytes.begin(), bytes.end());
}

} // namespace

Codec Pmt::codec(const Stream& stream) const noexcept {
  return classify(stream.stream_type, stream.descriptors, registration_of(descriptors));
}

bool TableCollector::push(Bytes section, std::optional<std::uint16_t> extension) {
  if (section.empty() || load_u8(section.data()) != table_id_) return false;
  const auto header = check_section(section);
  if (!header) {
    ++broken_;
    return false;
  }
  if (!header->current || (extension && header->extension != *extension)) return false;
  if (header->number > header->last_number) {
    ++broken_;
    return false;
  }
  const auto same = [&](const Section& other) { return std::ranges::equal(other, section); };
  if (header->number < whole_.size() && same(whole_[header->number])) {
    partial_.clear();
    return false;
  }
  const bool fits =
      partial_.size() == header->last_number + 1U && std::ranges::all_of(partial_, [&](const Section& part) {
        return part.empty() ||
               (version_of(part) == header->version && extension_of(part) == header->extension);
      });
  if (!fits) partial_.assign(header->last_number + 1U, {});
  partial_[header->number].assign(section.begin(), section.end());
  if (std::ranges::any_of(partial_, &Section::empty)) return false;
  whole_.swap(partial_);
  partial_.clear();
  return true;
}

Pat parse_pat(const std::vector<Section>& sections) {
  Pat pat;
  for (const Section& section : sections) {
    pat.transport_stream_id = extension_of(section);
    pat.version = version_of(section);
    const Bytes body = body_of(section);
    for (std::size_t at = 0; at + 4 <= body.size(); at += 4) {
      const std::uint16_t number = load_be16(&body[at]);
      if (number != 0)
        pat.programmes.push_back({number, static_cast<Pid>(load_be16(&body[at + 2]) & 0x1fff)});
    }
  }
  return pat;
}

Pmt parse_pmt(const std::vector<Section>& sections) {
  Pmt pmt;
  if (sections.empty()) return pmt;
  const Section& section = sections.front(); // the standard allows one
  pmt.programme = extension_of(section);
  pmt.version = version_of(section);
  const Bytes body = body_of(section);
  if (body.size() < 4) return pmt;
  pmt.pcr_pid = load_be16(&body[0]) & 0x1fff;
  const Bytes info = take_loop(body, 4, load_be16(&body[2]) & 0x0fffU);
  pmt.descriptors.assign(info.begin(), info.end());
  for (std::size_t at = 4 + info.size(); at + 5 <= body.size();) {
    const Bytes loop = take_loop(body, at + 5, load_be16(&body[at + 3]) & 0x0fffU);
    pmt.streams.push_back({.stream_type = load_u8(&body[at]),
                           .pid = static_cast<Pid>(load_be16(&body[at + 1]) & 0x1fff),
                           .descriptors = {loop.begin(), loop.end()}});
    at += 5 + loop.size();
  }
  return pmt;
}

Sdt parse_sdt(const std::vector<Section>& sections) {
  Sdt sdt;
  for (const Section& section : sections) {
    sdt.transport_stream_id = extension_of(section);
    sdt.version = version_of(section);
    const Bytes body = body_of(section);
    if (body.size() < 3) continue;
    sdt.original_network_id = load_be16(&body[0]);
    for (std::size_t at = 3; at + 5 <= body.size();) {
      const Bytes loop = take_loop(body, at + 5, load_be16(&body[at + 3]) & 0x0fffU);
      sdt.services.push_back({.id = load_be16(&body[at]), .descriptors = {loop.begin(), loop.end()}});
      at += 5 + loop.size();
    }
  }
  return sdt;
}

Cat parse_cat(const std::vector<Section>& sections) {
  Cat cat;
  for (const Section& section : sections) {
    cat.version = version_of(section);
    append(cat.descriptors, body_of(section));
  }
  return cat;
}

std::vector<Section> write_pat(const Pat& pat) {
  constexpr std::size_t kPerSection = (kMaxPsiSection - SectionHeader::kSize - SectionHeader::kCrcSize) / 4;
  const std::size_t count = std::max<std::size_t>(1, (pat.programmes.size() + kPerSection - 1) / kPerSection);
  std::vector<Section> sections;
  for (std::size_t i = 0; i < count; ++i) {
    Section section = begin_section(kTableIdPat, pat.transport_stream_id, pat.version, i, count - 1);
    const std::size_t end = std::min(pat.programmes.size(), (i + 1) * kPerSection);
    for (std::size_t k = i * kPerSection; k < end; ++k) {
      append_be16(section, pat.programmes[k].number);
      append_be16(section, 0xe000U | pat.programmes[k].pmt_pid);
    }
    seal_section(section);
    sections.push_back(std::move(section));
  }
  return sections;
}

Result<Section> write_pmt(const Pmt& pmt) {
  Section section = begin_section(kTableIdPmt, pmt.programme, pmt.version, 0, 0);
  append_be16(section, 0xe000U | pmt.pcr_pid);
  append_be16(section, 0xf000U | static_cast<unsigned>(pmt.descriptors.size()));
  append(section, pmt.descriptors);
  for (const Pmt::Stream& stream : pmt.streams) {
    section.push_back(static_cast<std::byte>(stream.stream_type));
    append_be16(section, 0xe000U | stream.pid);
    append_be16(section, 0xf000U | static_cast<unsigned>(stream.descriptors.size()));
    append(section, stream.descriptors);
  }
  if (section.size() + SectionHeader::kCrcSize > kMaxPsiSection)
    return fail("a PMT of " + std::to_string(section.size() + SectionHeader::kCrcSize) +
                " bytes does not fit into one section of 1024");
  seal_section(section);
  return section;
}

Result<std::vector<Section>> write_sdt(const Sdt& sdt) {
  constexpr std::size_t kRoom = kMaxPsiSection - SectionHeader::kSize - 3 - SectionHeader::kCrcSize;
  std::vector<std::size_t> starts{0}; // index of the first service of every section
  std::size_t used = 0;
  for (std::size_t i = 0; i < sdt.services.size(); ++i) {
    const std::size_t size = 5 + sdt.services[i].descriptors.size();
    if (size > kRoom)
      return fail("a service entry of " + std::to_string(size) + " bytes does not fit into a section", i);
    if (used + size > kRoom) {
      starts.push_back(i);
      used = 0;
    }
    used += size;
  }
  std::vector<Section> sections;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    Section section = begin_section(kTableIdSdt, sdt.transport_stream_id, sdt.version, i, starts.size() - 1);
    append_be16(section, sdt.original_network_id);
    section.push_back(std::byte{0xff});
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : sdt.services.size();
    for (std::size_t k = starts[i]; k < end; ++k) {
      append_be16(section, sdt.services[k].id);
      section.push_back(std::byte{0xfc}); // no EIT here
      append_be16(section,
                  0x8000U | static_cast<unsigned>(sdt.services[k].descriptors.size())); // running, clear
      append(section, sdt.services[k].descriptors);
    }
    seal_section(section);
    sections.push_back(std::move(section));
  }
  return sections;
}

DescriptorLoop make_service_descriptor(std::string_view provider, std::string_view name) {
  constexpr std::size_t kMaxText = 120;
  constexpr std::byte kUtf8{0x15}; // EN 300 468, annex A: the character table is UTF-8
  DescriptorLoop body{std::byte{0x01}};
  for (std::string_view text : {provider, name}) {
    std::size_t size = std::min(text.size(), kMaxText);
    while (size > 0 && size < text.size() && (text[size] & 0xc0) == 0x80)
      --size; // not inside a character
    text = text.substr(0, size);
    body.push_back(static_cast<std::byte>(text.empty() ? 0 : text.size() + 1));
    if (text.empty()) continue;
    body.push_back(kUtf8);
    append(body, as_bytes(text));
  }
  body.insert(body.begin(), {std::byte{0x48}, static_cast<std::byte>(body.size())});
  return body;
}

bool PsiTracker::push(PacketView packet) {
  bool changed = false;
  if (packet.pid() == kPatPid) {
    pat_sections_.push(packet, [&](Bytes section) {
      if (pat_table_.push(section)) on_pat();
    });
  } else if (packet.pid() == pmt_pid_) {
    pmt_sections_.push(packet, [&](Bytes section) {
      if (!pmt_table_.push(section, programme_)) return;
      Pmt pmt = parse_pmt(pmt_table_.sections());
      changed = !pmt_ || !(pmt == *pmt_);
      pmt_ = std::move(pmt);
    });
  }
  return changed;
}

void PsiTracker::on_pat() {
  pat_ = parse_pat(pat_table_.sections());
  const auto& all = pat_->programmes;
  auto it = std::ranges::find(all, wanted_.value_or(programme_), &Pat::Programme::number);
  if (it == all.end() && !wanted_) it = all.begin();
  const Pat::Programme chosen = it == all.end() ? Pat::Programme{0, kNullPid} : *it;
  if (chosen.number == programme_ && chosen.pmt_pid == pmt_pid_) return;
  programme_ = chosen.number;
  pmt_pid_ = chosen.pmt_pid;
  pmt_sections_.reset();
  pmt_table_ = TableCollector{kTableIdPmt};
}

void PsiTracker::on_loss(Pid pid) noexcept {
  if (pid == kPatPid) pat_sections_.reset();
  if (pid == pmt_pid_) pmt_sections_.reset();
}

} // namespace relevo::ts
