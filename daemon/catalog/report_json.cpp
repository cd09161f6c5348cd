// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/report_json.hpp"

#include "base/json_text.hpp"
#include "model/names.hpp"

namespace relevo::catalog {
namespace {

void write_examples(JsonText& json, std::string_view name, const std::vector<Example>& examples) {
  if (examples.empty()) return;
  json.name(name).begin('[');
  for (const auto& example : examples)
    json.begin('{').name("name").text(example.name).name("group").text(example.group).end('}');
  json.end(']');
}

void write_notes(JsonText& json, const std::vector<sources::Fault>& notes) {
  json.name("notes").begin('[');
  for (const auto& note : notes)
    json.begin('{').name("where").raw(std::to_string(note.where)).name("message").text(note.message).end('}');
  json.end(']');
}

std::string write_details(std::string report, std::string_view name, Outcome outcome, Setback setback) {
  report.pop_back(); // its bracket
  JsonText json(report);
  json.name("name").text(name);
  if (outcome == Outcome::Failed) {
    json.name("cause").text(sources::name_of(setback.cause));
    json.name("status").raw(std::to_string(setback.status));
  }
  json.end('}');
  return report;
}

} // namespace

std::string_view name_of(Outcome outcome) noexcept {
  switch (outcome) {
  case Outcome::Done: return "done";
  case Outcome::Unchanged: return "unchanged";
  case Outcome::Objected: return "objected";
  case Outcome::Failed: break;
  }
  return "failed";
}

std::string_view name_of(Objection objection) noexcept {
  switch (objection) {
  case Objection::Nothing: break;
  case Objection::Empty: return "empty";
  case Objection::Shrunken: return "shrunken";
  case Objection::Cut: return "cut";
  }
  return "";
}

std::string write_json(const RefreshReport& report) {
  std::string out;
  JsonText json(out);
  json.begin('{');
  if (report.objection != Objection::Nothing) json.name("objection").text(name_of(report.objection));
  const auto number = [&json](std::string_view name, std::size_t value) {
    json.name(name).raw(std::to_string(value));
  };
  number("listed", report.listed);
  number("present", report.present);
  number("added", report.added);
  number("changed", report.changed);
  number("vanished", report.vanished);
  number("returned", report.returned);
  number("expired", report.expired);
  number("new_groups", report.new_groups);
  number("filtered", report.filtered);
  number("unwanted", report.unwanted);
  number("duplicates", report.duplicates);
  number("faults", report.faults);
  json.name("known_by").begin('{');
  for (std::size_t i = 0; i < report.known_by.size(); ++i)
    number(model::name_of(static_cast<model::Likeness>(i)), report.known_by.at(i));
  json.end('}');
  write_notes(json, report.notes);
  write_examples(json, "added_examples", report.added_examples);
  write_examples(json, "vanished_examples", report.vanished_examples);
  json.end('}');
  return out;
}

std::string write_json(const GuideReport& report) {
  std::string out;
  JsonText json(out);
  json.begin('{');
  json.name("channels").raw(std::to_string(report.channels));
  json.name("programmes").raw(std::to_string(report.programmes));
  json.name("before").raw(std::to_string(report.before));
  json.name("outside").raw(std::to_string(report.outside));
  json.name("faults").raw(std::to_string(report.faults));
  if (report.breaks_at != 0) json.name("breaks_at").raw(std::to_string(report.breaks_at));
  write_notes(json, report.notes);
  json.end('}');
  return out;
}

std::string write_details(std::string_view name, const AccountReport& report) {
  return write_details(write_json(report.report), name, report.outcome, report.setback);
}

std::string write_details(std::string_view name, const GuideReport& report) {
  return write_details(write_json(report), name, report.outcome, report.setback);
}

} // namespace relevo::catalog
