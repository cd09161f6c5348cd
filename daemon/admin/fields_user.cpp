// SPDX-License-Identifier: LGPL-2.1-or-later
// Users, keys and boxes in JSON, without what proves who they are.
#include "admin/fields_model.hpp"

namespace relevo::admin {

using model::ApiKey;
using model::Device;
using model::User;

template <>
const Fields<User>& fields_of<User>() {
  static const Fields<User> kFields = {
      field("id", &User::id, "his number", Use::ReadOnly),
      field("name", &User::name, "unique, whatever the case of its letters"),
      field("role", &User::role, "what he may"),
      field("enabled", &User::enabled, "whether he may anything at all"),
      field("stream_token", &User::stream_token, "what his players show, in addresses", Use::ReadOnly),
      field("streams", &User::streams, "that he may watch at once; 0: any number"),
      field("priority", &User::priority,
            "whose streams get a connection where all are in use and preempt is set: those of the highest"),
      field("profiles", &User::profiles,
            "numbers of the profiles whose channels are all that he sees; null: "
            "he sees all channels"),
      field("networks", &User::networks,
            "from where alone he may come, as 192.168.0.0/16; none: from anywhere"),
  };
  return kFields;
}

template <>
const Fields<ApiKey>& fields_of<ApiKey>() {
  static const Fields<ApiKey> kFields = {
      field("id", &ApiKey::id, "its number", Use::ReadOnly),
      field("name", &ApiKey::name, "unique, whatever the case of its letters"),
      field("role", &ApiKey::role, "what it may"),
      field("made", &ApiKey::made, "when", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<Device>& fields_of<Device>() {
  static const Fields<Device> kFields = {
      field("id", &Device::id, "its number", Use::ReadOnly),
      field("name", &Device::name, "unique, whatever the case of its letters"),
      field("mac", &Device::mac, "its MAC address, as 00:1A:79:0B:0C:0D: all that it shows"),
      field("user", &Device::user, "number of the user as whom it watches"),
      field("enabled", &Device::enabled, "whether it may"),
      field("seen", &Device::seen, "when it last asked; null: never", Use::ReadOnly),
  };
  return kFields;
}

} // namespace relevo::admin
