// SPDX-License-Identifier: LGPL-2.1-or-later
// Which types of the model have tables.
#pragma once

#include "admin/fields.hpp"
#include "model/alert.hpp"
#include "model/channel.hpp"
#include "model/device.hpp"
#include "model/dummy_rule.hpp"
#include "model/guide.hpp"
#include "model/stream.hpp"
#include "model/user.hpp"
#include "store/accounts.hpp"

namespace relevo::admin {

template <>
const Fields<model::Header>& fields_of<model::Header>();
template <>
const Fields<model::Requests>& fields_of<model::Requests>();
template <>
const Fields<model::Filter>& fields_of<model::Filter>();
template <>
const Fields<model::Account>& fields_of<model::Account>();
template <>
const Fields<model::Login>& fields_of<model::Login>();
template <>
const Fields<model::SyncRule>& fields_of<model::SyncRule>();
template <>
const Fields<model::Group>& fields_of<model::Group>();
template <>
const Fields<model::Stream>& fields_of<model::Stream>();
template <>
const Fields<model::GuideLink>& fields_of<model::GuideLink>();
template <>
const Fields<model::Channel>& fields_of<model::Channel>();
template <>
const Fields<model::ChannelStream>& fields_of<model::ChannelStream>();
template <>
const Fields<model::ChannelProfile>& fields_of<model::ChannelProfile>();
template <>
const Fields<model::StreamProfile>& fields_of<model::StreamProfile>();
template <>
const Fields<model::GuideReview>& fields_of<model::GuideReview>();
template <>
const Fields<lineup::EventTemplates>& fields_of<lineup::EventTemplates>();
template <>
const Fields<model::DummyRule>& fields_of<model::DummyRule>();
template <>
const Fields<model::GuideSource>& fields_of<model::GuideSource>();
template <>
const Fields<model::GuideChannel>& fields_of<model::GuideChannel>();
template <>
const Fields<model::Programme>& fields_of<model::Programme>();
template <>
const Fields<model::Alert>& fields_of<model::Alert>();
template <>
const Fields<model::PastEvent>& fields_of<model::PastEvent>();
template <>
const Fields<model::User>& fields_of<model::User>();
template <>
const Fields<model::ApiKey>& fields_of<model::ApiKey>();
template <>
const Fields<model::Device>& fields_of<model::Device>();
template <>
const Fields<store::RefreshState>& fields_of<store::RefreshState>();

} // namespace relevo::admin
