// SPDX-License-Identifier: LGPL-2.1-or-later
// What operations on channels are told, and what they tell.
#pragma once

#include "admin/fields_model.hpp"
#include "catalog/bulk.hpp"
#include "catalog/decide.hpp"
#include "catalog/match_guides.hpp"
#include "catalog/reorder.hpp"
#include "catalog/sync.hpp"

namespace relevo::admin {

using ChannelIds = std::vector<model::ChannelId>;

struct SplitRequest : catalog::Naming {
  std::vector<model::StreamId> streams{};
};

/// Of merging, matching, and other things that need nothing else.
struct ChannelsRequest {
  ChannelIds channels{};
};

struct SyncRequest {
  bool preview = false;
};

struct EditRequest : catalog::ChannelEdit {
  ChannelIds channels{};
};

struct RenameRequest {
  ChannelIds channels{};
  std::string search{};
  std::string replacement{};
  bool preview = false;
};

/// Of renumbering, compacting and moving: each has what it needs of these.
struct NumberRequest {
  ChannelIds channels{};
  std::uint32_t first = 1;
  std::uint32_t last = lineup::kMostMajor;
  bool preview = false;
};
struct CompactRequest : NumberRequest {};
struct MoveRequest : NumberRequest {};

/// Where a channel goes: one of the two.
struct PlaceRequest {
  std::optional<model::ChannelId> before{};
  std::optional<model::ChannelId> after{};
};

template <>
const Fields<SplitRequest>& fields_of<SplitRequest>();
template <>
const Fields<ChannelsRequest>& fields_of<ChannelsRequest>();
template <>
const Fields<SyncRequest>& fields_of<SyncRequest>();
template <>
const Fields<EditRequest>& fields_of<EditRequest>();
template <>
const Fields<RenameRequest>& fields_of<RenameRequest>();
template <>
const Fields<NumberRequest>& fields_of<NumberRequest>();
template <>
const Fields<CompactRequest>& fields_of<CompactRequest>();
template <>
const Fields<MoveRequest>& fields_of<MoveRequest>();
template <>
const Fields<PlaceRequest>& fields_of<PlaceRequest>();
template <>
const Fields<lineup::Shift>& fields_of<lineup::Shift>();
template <>
const Fields<catalog::Reorder>& fields_of<catalog::Reorder>();
template <>
const Fields<catalog::NumberChange>& fields_of<catalog::NumberChange>();
template <>
const Fields<catalog::NameChange>& fields_of<catalog::NameChange>();
template <>
const Fields<catalog::SyncChange>& fields_of<catalog::SyncChange>();
template <>
const Fields<catalog::SyncReport>& fields_of<catalog::SyncReport>();
template <>
const Fields<catalog::GuideMatchReport>& fields_of<catalog::GuideMatchReport>();

} // namespace relevo::admin

namespace relevo::model {

template <>
std::span<const std::string_view> names<catalog::SyncChange::Action>() noexcept;

} // namespace relevo::model
