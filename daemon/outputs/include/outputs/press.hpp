// SPDX-License-Identifier: LGPL-2.1-or-later
// Press: long texts for players, written once for all who ask for the same.
#pragma once

#include "gx/worker_pool.hpp"
#include "net/response.hpp"
#include "outputs/blocks.hpp"
#include "sqlite/database.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace relevo::outputs {

class KeptFiles;

/// A text as it would be written now.
struct Edition {
  std::string state{}; // another one where anything of the text is different
  /// In a thread of its own, with the database to itself: all else that it needs is its own.
  std::function<void(sqlite::Database&, const Sink&)> write{};
};

/// Nobody waits for a text any more.
struct Abandoned {};

/// For one thread at a time. While nobody changes the database, what was asked for is answered without
/// looking into it; and what was written is given again for as long as it would be the same. A long text is
/// given as soon as it begins.
class Press {
 public:
  struct Settings {
    std::string database{}; // its file
    std::string folder{};   // for what is written
    std::size_t files = 0;  // that are kept
  };
  explicit Press(Settings settings);
  ~Press();

  struct Order {
    std::string wish{}; // all that the text depends on, but for what is in the database
    bool packed = false;
    std::string known{};          // If-None-Match
    std::function<bool()> over{}; // nobody waits any more
  };
  /// What is there while the database stays as it is. What this throws, print() throws.
  using Compose = std::function<Edition(sqlite::Database&)>;

  /// The answer, without its type; without a body, too, where the client has it already. Throws
  /// sqlite::Failure, Abandoned, and std::runtime_error as when the disk is full; what fails once the text
  /// has begun ends the answer early.
  [[nodiscard]] net::Response print(const Order& order, const Compose& compose);

 private:
  class Writing;
  /// What a text was like, while the database has this version.
  struct Known {
    std::int64_t version = 0;
    std::string state{};
  };

  [[nodiscard]] net::Response look_up(const Order& order, const Compose& compose);
  [[nodiscard]] const std::string* find_state(const std::string& wish, std::int64_t version) const;
  void keep_state(const std::string& wish, Known known);
  [[nodiscard]] net::FileBody write(const std::string& key, const Order& order, Edition edition,
                                    std::unique_ptr<sqlite::Snapshot> snapshot);
  void finish_writing(const std::function<bool()>& over);

  Settings settings_;
  std::optional<sqlite::Database> database_; // empty: to be opened
  std::unordered_map<std::string, Known> known_;
  std::unique_ptr<KeptFiles> files_;
  std::string writing_key_;
  std::shared_ptr<Writing> writing_; // the text that was begun last; null: it is kept, or failed
  gx::WorkerPool pool_;              // last: its thread uses the others
};

} // namespace relevo::outputs
