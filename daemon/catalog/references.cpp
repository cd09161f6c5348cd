// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/references.hpp"

#include "catalog/diff.hpp"
#include "catalog/fingerprint.hpp"
#include "store/streams.hpp"

#include <utility>

namespace relevo::catalog {
namespace {

model::Found found_of(const StreamReference& reference) {
  model::Found found;
  found.kind = reference.kind;
  found.name = reference.name;
  found.url = reference.url;
  found.provider_id = reference.provider_id;
  found.group = reference.group;
  found.tvg_id = reference.tvg_id;
  return found;
}

/// Groups of an account, made where they are not there.
class Groups {
 public:
  Groups(sqlite::Database& database, const model::Account& account) : database_(database), account_(account) {
    for (auto& group : store::load_groups(database, account.id))
      ids_[{group.kind, std::move(group.name)}] = group.id;
  }

  model::GroupId id_of(const StreamReference& reference) {
    const auto [place, is_new] = ids_.try_emplace({reference.kind, reference.group});
    if (is_new)
      place->second = store::insert_group(
          database_, {{}, account_.id, reference.kind, reference.group, account_.new_groups});
    return place->second;
  }

 private:
  sqlite::Database& database_;
  const model::Account& account_;
  std::map<std::pair<model::StreamKind, std::string>, model::GroupId> ids_;
};

} // namespace

Resolved resolve(sqlite::Database& database, const model::Account& account,
                 const std::set<StreamReference>& references, model::Time now) {
  const std::vector<StreamReference> wanted(references.begin(), references.end());
  std::vector<Listed> listed;
  for (const auto& reference : wanted)
    listed.push_back({reference.kind, fingerprint(found_of(reference))});
  const auto stored = store::load_fingerprints(database, account.id);
  const auto diff = compare(stored, listed, account.likenesses);

  Resolved resolved;
  for (const auto& match : diff.matches)
    resolved.streams[wanted[match.listed]] = stored[match.stored].id;
  Groups groups(database, account);
  store::StreamWriter writer(database, account.id);
  for (const auto index : diff.added) {
    const auto& reference = wanted[index];
    writer.insert(found_of(reference), groups.id_of(reference), 0, listed[index].print);
    const model::StreamId id{database.last_insert_id()};
    writer.set_missing(id, now);
    resolved.streams[reference] = id;
    ++resolved.waiting;
  }
  return resolved;
}

} // namespace relevo::catalog
