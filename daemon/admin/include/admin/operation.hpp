// SPDX-License-Identifier: LGPL-2.1-or-later
// What the admin API can do: a table from which the server answers and OpenAPI is written.
#pragma once

#include "admin/fields.hpp"
#include "base/log.hpp"
#include "gx/cancel.hpp"
#include "net/route.hpp"
#include "sqlite/database.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace relevo::admin {

/// What is wrong with a value: the message as one word, for clients that say it in a language of their own.
enum class Flaw : std::uint8_t {
  None,
  Unfit, // of the wrong kind, or not as it is written
  Needed,
  Empty,
  TooLong,
  TooShort,   // figures: least
  OutOfRange, // figures: least, most
  NotThere,   // what it names
  Twice,
  Fixed,  // it cannot be changed
  Masked, // *** in the place of a secret
  Colon,
  Pattern, // no regular expression
  TooSlow, // a regular expression that takes too long
  Schedule,
  Network, // figures: value
  Mac,     // figures: value
  Url,
  Path, // not absolute
  Unreadable,
  NoFile,
  Taken, // figures: name of who has it
};
[[nodiscard]] std::string_view name_of(Flaw flaw) noexcept; // "unfit" …; of None ""

/// Thrown by an operation that cannot be done; the client gets it as it is.
class Refusal : public std::runtime_error {
 public:
  Refusal(unsigned status, std::string code, const std::string& message, std::string where = {},
          Flaw flaw = Flaw::None, Json figures = {})
      : std::runtime_error(message),
        status_(status),
        code_(std::move(code)),
        where_(std::move(where)),
        flaw_(flaw),
        figures_(std::move(figures)) {}

  [[nodiscard]] net::Response response() const;

 private:
  unsigned status_;
  std::string code_; // for programs: "not-found", "invalid", "conflict"
  std::string where_;
  Flaw flaw_;
  Json figures_; // an object, or null
};

[[noreturn]] void refuse_unknown(std::string_view what);                              // 404
[[noreturn]] void refuse_invalid(const std::string& message, std::string where = {}); // 400
[[noreturn]] void refuse_invalid(Flaw flaw, const std::string& message, std::string where = {},
                                 Json figures = {});

/// In a worker, with a connection of its own.
struct Call {
  const net::Request& request;
  Json body; // of operations that take one
  sqlite::Database& database;
  const gx::CancelToken& token;
  model::Time now;

  /// The number in the path under that name.
  template <class I>
  [[nodiscard]] I id(std::string_view name) const {
    const auto value = parse_number<std::int64_t>(request.parameter(name));
    if (!value) refuse_unknown(name);
    return I{*value};
  }
};

struct Parameter {
  std::string name;
  std::string summary;
  Json schema;
};

struct Operation {
  net::Method method = net::Method::Get;
  std::string path{}; // as a pattern of net::Route
  std::string summary{};
  std::vector<Parameter> parameters{}; // of the query; others are refused
  Json takes{};                        // the schema of its body; null: none
  Json gives{};                        // of its answer
  std::function<net::Response(const Call&)> run{};
  std::uint64_t body_limit = 1 << 20;
  bool changes = method != net::Method::Get; // something that is kept
};
using Operations = std::vector<Operation>;

/// The description of them all, OpenAPI 3.0.
[[nodiscard]] Json describe(const Operations& operations, std::string_view version);

/// Does what was asked, in a worker; whatever goes wrong is an answer too. `file` is the database.
[[nodiscard]] net::Response perform(const Operation& operation, const net::Request& request,
                                    const std::string& file, const gx::CancelToken& token, const Log& log);

} // namespace relevo::admin
