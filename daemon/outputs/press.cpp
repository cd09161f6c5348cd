// SPDX-License-Identifier: LGPL-2.1-or-later
// What is asked for again and again is found by its wish; what is the same for several wishes, by its state.
#include "outputs/press.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kept_files.hpp"
#include "net/etag.hpp"
#include "store/store.hpp"

#include <utility>

namespace relevo::outputs {
namespace {

/// Who asks for more than so many kinds of texts is measured by none of them.
constexpr std::size_t kMostKnown = 1000;

std::int64_t version_of(sqlite::Database& database) {
  sqlite::Statement row(database, "PRAGMA data_version");
  return row.step() ? row.column<std::int64_t>(0) : 0;
}

std::string key_of(const std::string& state, bool packed) {
  return concat(state, packed ? ".gz" : "");
}

} // namespace

Press::Press(Settings settings)
    : settings_(std::move(settings)), files_(std::make_unique<KeptFiles>(settings_.files)) {}

Press::~Press() = default;

net::Response Press::print(const Order& order, const Compose& compose) {
  try {
    return look_up(order, compose);
  } catch (const sqlite::Failure&) {
    database_.reset();
    throw;
  }
}

net::Response Press::look_up(const Order& order, const Compose& compose) {
  if (!database_) {
    database_ = store::open_again(settings_.database);
    known_.clear(); // versions are those of a connection
  }
  const auto version =
      version_of(*database_); // may be older than what is then read: that costs one more look
  net::Response response;
  const auto give = [&](const std::string& state) {
    response.etag = state;
    if (net::knows_etag(order.known, state)) return true;
    response.file = files_->find(key_of(state, order.packed));
    return response.file.has_value();
  };
  if (const auto* state = find_state(order.wish, version); state && give(*state)) return response;
  const sqlite::Snapshot snapshot(*database_);
  auto edition = compose(*database_);
  const auto state = std::to_string(Hash().add(order.wish).add(edition.state).value());
  keep_state(order.wish, {version, state});
  if (give(state)) return response;
  write(key_of(state, order.packed), order, edition);
  response.file = files_->find(key_of(state, order.packed));
  return response;
}

const std::string* Press::find_state(const std::string& wish, std::int64_t version) const {
  const auto found = known_.find(wish);
  return found != known_.end() && found->second.version == version ? &found->second.state : nullptr;
}

void Press::keep_state(const std::string& wish, Known known) {
  if (known_.size() >= kMostKnown) known_.clear();
  known_[wish] = std::move(known);
}

void Press::write(const std::string& key, const Order& order, const Edition& edition) {
  TextFile file(settings_.folder, order.packed);
  edition.write([&](std::string_view text) {
    if (order.over()) throw Abandoned();
    file.write(text);
  });
  files_->add(key, std::move(file).finish());
}

} // namespace relevo::outputs
