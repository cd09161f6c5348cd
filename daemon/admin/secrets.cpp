// SPDX-License-Identifier: LGPL-2.1-or-later
// Redaction of values, and its reverse for what comes back.
#include "secrets.hpp"

#include "uri/redact.hpp"

#include <algorithm>

namespace relevo::admin {
namespace {

/// In place. A path of this machine is no secret.
void hide_location(Json& location) {
  const auto text = location.get<std::string>();
  if (!text.starts_with('/')) location = uri::redact_url(text);
}

void hide_requests(Json& requests) {
  for (Json& header : requests["headers"])
    header["value"] =
        uri::redact_header(header["name"].get<std::string>(), header["value"].get<std::string>());
  requests["proxy"] = uri::redact_url(requests["proxy"].get<std::string>());
}

void hide_whole(Json& text) {
  if (!text.get<std::string>().empty()) text = std::string(uri::kRedacted);
}

/// Of what a list told: everything that may be a URL, and headers by their names.
void hide_details(Json& details) {
  for (const auto& item : details.items()) {
    Json& value = item.value();
    if (value.is_structured()) hide_details(value);
    if (value.is_string())
      value = details.is_object() ? uri::redact_header(item.key(), value.get<std::string>())
                                  : uri::redact_text(value.get<std::string>());
  }
}

} // namespace

Json show(const model::Account& account) {
  Json json = write(account);
  hide_location(json["location"]);
  hide_requests(json["requests"]);
  return json;
}

Json show(const model::Login& login) {
  Json json = write(login);
  hide_whole(json["search"]);
  hide_whole(json["replace"]);
  return json;
}

Json show(const model::GuideSource& source) {
  Json json = write(source);
  hide_location(json["location"]);
  hide_requests(json["requests"]);
  return json;
}

Json show(const model::Stream& stream) {
  Json json = write(stream);
  json["url"] = uri::redact_url(stream.url);
  hide_details(json["details"]);
  return json;
}

Json restore(const Json& given, const Json& shown, const Json& clear) {
  if (given == shown) return clear;
  Json whole = given;
  if (given.is_object() && shown.is_object())
    for (const auto& item : whole.items())
      if (shown.contains(item.key()))
        item.value() = restore(item.value(), shown.at(item.key()), clear.at(item.key()));
  if (given.is_array() && shown.is_array())
    for (Json& one : whole)
      if (const auto found = std::ranges::find(shown, one); found != shown.end())
        one = clear.at(static_cast<std::size_t>(found - shown.begin()));
  return whole;
}

} // namespace relevo::admin
