// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers of what is kept. They stay for ever: nothing gets the number of something that has gone.
#pragma once

#include "base/id.hpp"

namespace relevo::model {

using AccountId = Id<struct Account>;
using LoginId = Id<struct Login>;
using GroupId = Id<struct Group>;
using StreamId = Id<struct Stream>;
using StreamProfileId = Id<struct StreamProfile>;
using ChannelId = Id<struct Channel>;
using ChannelGroupId = Id<struct ChannelGroup>;
using ProfileId = Id<struct ChannelProfile>;
using GuideSourceId = Id<struct GuideSource>;
using EditionId = Id<struct GuideEdition>;
using GuideChannelId = Id<struct GuideChannel>;
using DummyRuleId = Id<struct DummyRule>;
using AlertId = Id<struct Alert>;
using EventId = Id<struct PastEvent>;
using WebHookId = Id<struct WebHook>;
using UserId = Id<struct User>;
using ApiKeyId = Id<struct ApiKey>;

} // namespace relevo::model
