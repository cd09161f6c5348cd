// SPDX-License-Identifier: LGPL-2.1-or-later
// Candidates as structures, and their numbers.
#include "candidate.hpp"

#include "uri/redact.hpp"

#include <algorithm>

namespace relevo::failoversrc {
namespace {

constexpr std::pair<const char*, std::string CandidateSpec::*> kTexts[] = {
    {"uri", &CandidateSpec::uri},
    {"id", &CandidateSpec::id},
    {"label", &CandidateSpec::label},
    {"command", &CandidateSpec::command},
    {"channel-id", &CandidateSpec::channel_id},
    {"user-agent", &CandidateSpec::user_agent},
    {"proxy", &CandidateSpec::proxy},
    {"reach", &CandidateSpec::reach},
    {"slot-key", &CandidateSpec::slot_key},
};

} // namespace

CandidateSpec parse_candidate(const GstStructure* structure) {
  CandidateSpec candidate;
  for (const auto& [field, member] : kTexts)
    if (const gchar* text = gst_structure_get_string(structure, field)) candidate.*member = text;
  if (const GValue* headers = gst_structure_get_value(structure, "headers");
      headers && GST_VALUE_HOLDS_STRUCTURE(headers))
    gstx::load(headers, candidate.headers);
  gst_structure_get_double(structure, "penalty", &candidate.penalty);
  return candidate;
}

GstStructure* make_structure(const CandidateSpec& candidate) {
  GstStructure* structure = gst_structure_new_empty("candidate");
  for (const auto& [field, member] : kTexts)
    if (!(candidate.*member).empty())
      gst_structure_set(structure, field, G_TYPE_STRING, (candidate.*member).c_str(), nullptr);
  if (!candidate.headers.empty()) {
    GValue headers = G_VALUE_INIT;
    g_value_init(&headers, GST_TYPE_STRUCTURE);
    gstx::store(candidate.headers, &headers);
    gst_structure_take_value(structure, "headers", &headers);
  }
  if (candidate.penalty != 0)
    gst_structure_set(structure, "penalty", G_TYPE_DOUBLE, candidate.penalty, nullptr);
  return structure;
}

void CandidateBook::take(std::vector<CandidateSpec> list) {
  list_ = std::move(list);
  for (CandidateSpec& candidate : list_) {
    if (candidate.id.empty()) candidate.id = candidate.uri;
    if (candidate.label.empty()) candidate.label = uri::redact_url(candidate.uri);
    const auto number = static_cast<policy::CandidateId>(numbers_.size() + 1);
    if (numbers_.emplace(candidate.id, number).second) ids_.emplace(number, candidate.id);
  }
}

std::vector<policy::Candidate> CandidateBook::candidates() const {
  std::vector<policy::Candidate> candidates;
  candidates.reserve(list_.size());
  for (const CandidateSpec& candidate : list_)
    candidates.push_back({numbers_.at(candidate.id), candidate.label, candidate.slot_key, candidate.penalty,
                          candidate.command.empty() ? policy::Duration{} : kCommandStart});
  return candidates;
}

const CandidateSpec* CandidateBook::find(policy::CandidateId number) const {
  const auto id = ids_.find(number);
  if (id == ids_.end()) return nullptr;
  const auto found = std::ranges::find(list_, id->second, &CandidateSpec::id);
  return found == list_.end() ? nullptr : &*found;
}

std::optional<policy::CandidateId> CandidateBook::number_of(const std::string& id) const {
  const auto number = numbers_.find(id);
  if (number == numbers_.end()) return std::nullopt;
  return number->second;
}

const std::string& CandidateBook::id_of(policy::CandidateId number) const {
  return ids_.at(number);
}

} // namespace relevo::failoversrc
