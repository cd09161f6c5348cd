// SPDX-License-Identifier: LGPL-2.1-or-later
#include "passwords.hpp"

#include "access/password.hpp"

namespace relevo::admin {

std::optional<std::string> take_text(Json& body, const char* name) {
  const auto found = body.is_object() ? body.find(name) : body.end();
  if (found == body.end()) return std::nullopt;
  if (!found->is_string()) refuse_invalid(Flaw::Unfit, "must be a string", name);
  auto text = found->get<std::string>();
  body.erase(found);
  return text;
}

std::string need_text(Json& body, const char* name) {
  auto text = take_text(body, name);
  if (!text) refuse_invalid(Flaw::Needed, "is needed", name);
  return *std::move(text);
}

std::string take_password_hash(const std::string& password, const std::string& where) {
  const auto good = access::check_password_form(password);
  if (!good && password.size() < access::kShortestPassword)
    refuse_invalid(Flaw::TooShort, good.error().message, where, {{"least", access::kShortestPassword}});
  if (!good) refuse_invalid(Flaw::Unfit, good.error().message, where);
  return access::hash_password(password);
}

} // namespace relevo::admin
