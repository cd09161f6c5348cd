// SPDX-License-Identifier: LGPL-2.1-or-later
// Values in JSON, by one table for each type: it reads, it writes, and it describes itself for OpenAPI.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "model/names.hpp"
#include "model/past_event.hpp"

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

namespace relevo::admin {

using Json = nlohmann::json;

/// How a type is written, read and described. An error says what it must be.
template <class T>
struct Codec;

template <class T>
struct Field {
  std::string name;
  std::string summary;
  Json schema;
  std::function<Json(const T&)> write{};               // empty: never shown
  std::function<Result<void>(T&, const Json&)> read{}; // empty: cannot be set
};

template <class T>
using Fields = std::vector<Field<T>>;

/// The table of a type. Specialise it for what a Codec is wanted of.
template <class T>
[[nodiscard]] const Fields<T>& fields_of();

enum class Use { Anything, ReadOnly, WriteOnly };

template <class T, class V>
[[nodiscard]] Field<T> field(std::string name, V T::*member, std::string summary, Use use = Use::Anything) {
  Field<T> made{std::move(name), std::move(summary), Codec<V>::schema()};
  if (use != Use::WriteOnly)
    made.write = [member](const T& object) { return Codec<V>::write(object.*member); };
  if (use != Use::ReadOnly)
    made.read = [member](T& object, const Json& json) -> Result<void> {
      auto value = Codec<V>::read(json);
      if (!value) return tl::unexpected(value.error());
      object.*member = *std::move(value);
      return {};
    };
  return made;
}

/// A member that holds a JSON object as text.
template <class T>
[[nodiscard]] Field<T> json_field(std::string name, std::string T::*member, std::string summary,
                                  Use use = Use::Anything) {
  Field<T> made{std::move(name), std::move(summary), {{"type", "object"}}};
  made.write = [member](const T& object) { return Json::parse(object.*member, nullptr, false); };
  if (use != Use::ReadOnly)
    made.read = [member](T& object, const Json& json) -> Result<void> {
      if (!json.is_object()) return fail("must be an object");
      object.*member = json.dump();
      return {};
    };
  return made;
}

/// What of an object does not fit.
struct Misfit {
  std::string member; // empty: it is none of its members
  std::string message;
};

/// Takes over what the JSON object has, and leaves everything else; empty where all of it fits.
template <class T>
[[nodiscard]] std::optional<Misfit> take_over(T& object, const Json& json) {
  if (!json.is_object()) return Misfit{{}, "must be an object"};
  for (const auto& [name, value] : json.items()) {
    const Field<T>* found = nullptr;
    for (const auto& field : fields_of<T>())
      if (field.name == name) found = &field;
    if (!found) return Misfit{{}, concat("there is no \"", name, "\"")};
    if (!found->read) return Misfit{name, "cannot be set"};
    if (auto done = found->read(object, value); !done) return Misfit{name, done.error().message};
  }
  return std::nullopt;
}

/// The same. An error names the member.
template <class T>
[[nodiscard]] Result<void> patch(T& object, const Json& json) {
  const auto misfit = take_over(object, json);
  if (!misfit) return {};
  return fail(misfit->member.empty() ? misfit->message : concat(misfit->member, ": ", misfit->message));
}

template <class T>
[[nodiscard]] Json write(const T& value) {
  return Codec<T>::write(value);
}

/// Types with a table.
template <class T>
struct Codec {
  static Json write(const T& object) {
    Json json = Json::object();
    for (const auto& field : fields_of<T>())
      if (field.write) json[field.name] = field.write(object);
    return json;
  }
  static Result<T> read(const Json& json) {
    T object{};
    if (auto done = patch(object, json); !done) return tl::unexpected(done.error());
    return object;
  }
  static Json schema() {
    Json properties = Json::object();
    for (const auto& field : fields_of<T>()) {
      Json schema = field.schema;
      schema["description"] = field.summary;
      if (!field.read) schema["readOnly"] = true;
      if (!field.write) schema["writeOnly"] = true;
      properties[field.name] = std::move(schema);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  }
};

template <>
struct Codec<bool> {
  static Json write(bool value) { return value; }
  static Result<bool> read(const Json& json) {
    if (!json.is_boolean()) return fail("must be true or false");
    return json.get<bool>();
  }
  static Json schema() { return {{"type", "boolean"}}; }
};

template <std::integral T>
struct Codec<T> {
  static Json write(T value) { return value; }
  static Result<T> read(const Json& json) {
    if (!json.is_number_integer()) return fail("must be a whole number");
    if (json.is_number_unsigned() ? std::in_range<T>(json.get<std::uint64_t>())
                                  : std::in_range<T>(json.get<std::int64_t>()))
      return json.get<T>();
    return fail(concat(json.dump(), " is out of range"));
  }
  static Json schema() { return {{"type", "integer"}}; }
};

template <>
struct Codec<double> {
  static Json write(double value) { return value; }
  static Result<double> read(const Json& json) {
    if (!json.is_number()) return fail("must be a number");
    return json.get<double>();
  }
  static Json schema() { return {{"type", "number"}}; }
};

template <>
struct Codec<std::string> {
  static Json write(const std::string& value) { return value; }
  static Result<std::string> read(const Json& json) {
    if (!json.is_string()) return fail("must be a string");
    return json.get<std::string>();
  }
  static Json schema() { return {{"type", "string"}}; }
};

template <class T>
struct Codec<Id<T>> {
  static Json write(Id<T> id) { return id.value; }
  static Result<Id<T>> read(const Json& json) {
    return Codec<std::int64_t>::read(json).map([](std::int64_t value) { return Id<T>{value}; });
  }
  static Json schema() { return {{"type", "integer"}}; }
};

template <>
struct Codec<std::chrono::minutes> {
  static Json write(std::chrono::minutes value) { return value.count(); }
  static Result<std::chrono::minutes> read(const Json& json) {
    return Codec<std::int32_t>::read(json).map(
        [](std::int32_t value) { return std::chrono::minutes(value); });
  }
  static Json schema() { return {{"type", "integer"}}; }
};

/// "5" or "5.1".
template <>
struct Codec<model::ChannelNumber> {
  static Json write(model::ChannelNumber number) { return lineup::write(number); }
  static Result<model::ChannelNumber> read(const Json& json) {
    if (!json.is_string()) return fail("must be a string, as \"5\" or \"5.1\"");
    return lineup::parse_channel_number(json.get<std::string>());
  }
  static Json schema() { return {{"type", "string"}, {"example", "5.1"}}; }
};

/// Seconds since 1970, UTC.
template <>
struct Codec<model::Time> {
  static Json write(model::Time time) { return time.time_since_epoch().count(); }
  static Result<model::Time> read(const Json& json) {
    return Codec<std::int64_t>::read(json).map(
        [](std::int64_t value) { return model::Time(std::chrono::seconds(value)); });
  }
  static Json schema() { return {{"type", "integer"}, {"format", "unix-time"}}; }
};

/// Milliseconds since 1970, UTC.
template <>
struct Codec<model::Moment> {
  static Json write(model::Moment moment) { return moment.time_since_epoch().count(); }
  static Result<model::Moment> read(const Json& json) {
    return Codec<std::int64_t>::read(json).map(
        [](std::int64_t value) { return model::Moment(std::chrono::milliseconds(value)); });
  }
  static Json schema() { return {{"type", "integer"}, {"format", "unix-time-ms"}}; }
};

template <class T>
struct Codec<std::optional<T>> {
  static Json write(const std::optional<T>& value) { return value ? Codec<T>::write(*value) : Json(); }
  static Result<std::optional<T>> read(const Json& json) {
    if (json.is_null()) return std::optional<T>();
    return Codec<T>::read(json).map([](T value) { return std::optional<T>(std::move(value)); });
  }
  static Json schema() {
    Json schema = Codec<T>::schema();
    schema["nullable"] = true;
    return schema;
  }
};

template <class T>
struct Codec<std::vector<T>> {
  static Json write(const std::vector<T>& values) {
    Json json = Json::array();
    for (const auto& value : values)
      json.push_back(Codec<T>::write(value));
    return json;
  }
  static Result<std::vector<T>> read(const Json& json) {
    if (!json.is_array()) return fail("must be an array");
    std::vector<T> values;
    for (const auto& item : json) {
      auto value = Codec<T>::read(item);
      if (!value) return fail(concat("[", values.size(), "]: ", value.error().message));
      values.push_back(*std::move(value));
    }
    return values;
  }
  static Json schema() { return {{"type", "array"}, {"items", Codec<T>::schema()}}; }
};

/// The enumerations of the model, by their names.
template <class E>
requires std::is_enum_v<E>
struct Codec<E> {
  static Json write(E value) { return model::name_of(value); }
  static Result<E> read(const Json& json) {
    if (json.is_string())
      if (const auto found = model::find<E>(json.get<std::string>())) return *found;
    std::string all;
    for (const auto name : model::names<E>())
      all += concat(all.empty() ? "" : ", ", name);
    return fail(concat("must be one of ", all));
  }
  static Json schema() {
    const auto all = model::names<E>();
    return {{"type", "string"}, {"enum", std::vector<std::string>(all.begin(), all.end())}};
  }
};

} // namespace relevo::admin
