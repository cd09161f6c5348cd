// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of an entry, one for each likeness.
#include "catalog/fingerprint.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "uri/redact.hpp"

namespace relevo::catalog {
namespace {

using model::Found;
using model::Likeness;

/// 0 means "none", so no key is 0.
std::uint64_t key(const Hash& hash) {
  return hash.value() == 0 ? 1 : hash.value();
}

std::uint64_t key_of(std::string_view text) {
  return text.empty() ? 0 : key(Hash().add(text));
}

/// Where a part of the path was hidden, what is left may be the address of many: then the name counts too.
/// The number that the provider gave tells them apart better than either.
std::uint64_t address_key(const Found& found) {
  if (found.url.empty()) return 0;
  const std::string address = uri::redact_url(found.url);
  const auto hidden = address.find(uri::kRedacted);
  const bool in_path = hidden != std::string::npos && hidden < address.find('?');
  Hash hash;
  hash.add(address);
  if (in_path && found.provider_id.empty()) hash.add(found.name);
  return key(hash);
}

std::uint64_t title_key(const Found& found) {
  return found.tvg_id.empty() ? 0 : key(Hash().add(found.tvg_id).add(found.name));
}

std::uint64_t content_of(const Found& found) {
  Hash hash;
  for (const auto text : {found.name, found.url, found.provider_id, found.group, found.tvg_id, found.logo,
                          found.number, found.details})
    hash.add(text);
  hash.add(concat(found.archive_days, found.adult ? " adult" : ""));
  return hash.value();
}

} // namespace

model::Fingerprint fingerprint(const Found& found) {
  model::Fingerprint print;
  const auto set = [&](Likeness likeness, std::uint64_t value) {
    print.keys[static_cast<std::size_t>(likeness)] = value;
  };
  set(Likeness::ProviderId, key_of(found.provider_id));
  set(Likeness::Url, key_of(found.url));
  set(Likeness::Address, address_key(found));
  set(Likeness::Title, title_key(found));
  set(Likeness::Name, key_of(found.name));
  print.group = static_cast<std::uint32_t>(Hash().add(found.group).value());
  print.content = content_of(found);
  return print;
}

} // namespace relevo::catalog
