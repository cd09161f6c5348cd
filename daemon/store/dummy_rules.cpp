// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "dummy_rule".
#include "store/dummy_rules.hpp"

#include "base/text.hpp"
#include "rows.hpp"

namespace relevo::store {
namespace {

using lineup::EventTemplates;
using model::DummyRule;

struct NamedTemplate {
  const char* name;
  std::string EventTemplates::*text;
};
constexpr NamedTemplate kTemplates[] = {{"title", &EventTemplates::title},
                                        {"description", &EventTemplates::description},
                                        {"upcoming_title", &EventTemplates::upcoming_title},
                                        {"upcoming_description", &EventTemplates::upcoming_description},
                                        {"ended_title", &EventTemplates::ended_title},
                                        {"ended_description", &EventTemplates::ended_description}};

std::string write_templates(const EventTemplates& templates) {
  Json json = Json::object();
  for (const auto& [name, text] : kTemplates)
    json[name] = templates.*text;
  return json.dump();
}

EventTemplates read_templates(const std::string& written) {
  EventTemplates templates;
  const auto json = Json::parse(written);
  for (const auto& [name, text] : kTemplates)
    templates.*text = json.at(name).get<std::string>();
  return templates;
}

constexpr std::string_view kColumns = "name, pattern, zone, length, templates";

DummyRule read_rule(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(5)},
          row.column<std::string>(0),
          row.column<std::string>(1),
          std::chrono::minutes(row.column<int>(2)),
          std::chrono::minutes(row.column<int>(3)),
          read_templates(row.column<std::string>(4))};
}

} // namespace

std::vector<DummyRule> load_dummy_rules(sqlite::Database& database) {
  sqlite::Statement row(database, concat("SELECT ", kColumns, ", id FROM dummy_rule ORDER BY position, id"));
  std::vector<DummyRule> rules;
  while (row.step())
    rules.push_back(read_rule(row));
  return rules;
}

std::optional<DummyRule> find_dummy_rule(sqlite::Database& database, model::DummyRuleId id) {
  sqlite::Statement row(database, concat("SELECT ", kColumns, ", id FROM dummy_rule WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_rule(row);
}

void save_dummy_rule(sqlite::Database& database, DummyRule& rule) {
  sqlite::Statement statement(
      database, rule.id ? concat("UPDATE dummy_rule SET (", kColumns, ") = (?,?,?,?,?) WHERE id = ?")
                        : concat("INSERT INTO dummy_rule (", kColumns,
                                 ", id, position) VALUES (?,?,?,?,?,?, "
                                 "(SELECT coalesce(max(position), 0) + 1 FROM dummy_rule))"));
  statement.run(rule.name, rule.pattern, rule.zone.count(), rule.length.count(),
                write_templates(rule.templates), rule.id ? std::optional(rule.id.value) : std::nullopt);
  if (!rule.id) rule.id = {database.last_insert_id()};
}

bool erase_dummy_rule(sqlite::Database& database, model::DummyRuleId id) {
  sqlite::Statement(database, "DELETE FROM dummy_rule WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

} // namespace relevo::store
