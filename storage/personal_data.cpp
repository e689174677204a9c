#include "storage/personal_data.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "storage/person_columns.h"

namespace osrbot::storage::personal_data {
namespace {

using nlohmann::ordered_json;

// A code that is still good would let whoever reads the file take over the account.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> secret = {{{"link_codes", "code_hash"}}};

bool is_secret(std::string_view table, std::string_view column) {
  return std::ranges::find(secret, std::pair(table, column)) != secret.end();
}

/// The columns that refer to a person, by table.
using Tables = std::map<std::string, std::vector<std::string>>;

/// "json_object('title', title, 'owner_id', CASE WHEN owner_id = ?1 THEN owner_id END, …)".
std::string row_of(Connection& db, const std::string& table, const std::vector<std::string>& person_columns) {
  std::string pairs;
  for (const std::string& column : columns_of(db, table)) {
    if (is_secret(table, column)) continue;
    const bool refers = std::ranges::find(person_columns, column) != person_columns.end();
    pairs += fmt::format(fmt::runtime(refers ? "{0}'{1}', CASE WHEN {1} = ?1 THEN {1} END" : "{0}'{1}', {1}"),
                         pairs.empty() ? "" : ", ", column);
  }
  return "json_object(" + pairs + ")";
}

std::string condition(const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) text += fmt::format("{}{} = ?1", text.empty() ? "" : " OR ", column);
  return text;
}

ordered_json rows(Connection& db, const std::string& sql, std::int64_t person_id, std::int64_t limit) {
  ordered_json list = ordered_json::array();
  db.each(sql, {person_id, limit}, [&](const Row& row) { list.push_back(ordered_json::parse(row.text(0))); });
  return list;
}

}  // namespace

std::string export_json(Connection& db, std::int64_t person_id, std::int64_t limit) {
  Tables tables = {{"people", {"id"}}};
  for (const PersonColumn& column : person_columns(db)) tables[column.table].push_back(column.column);
  ordered_json all = ordered_json::object();
  ordered_json truncated = ordered_json::array();
  const auto add = [&](const std::string& name, const std::string& sql) {
    ordered_json list = rows(db, sql, person_id, limit + 1);
    if (std::cmp_greater(list.size(), limit)) {
      list.erase(list.size() - 1);
      truncated.push_back(name);
    }
    if (!list.empty()) all[name] = std::move(list);
  };
  for (const auto& [table, columns] : tables) {
    add(table, fmt::format("SELECT {} FROM {} WHERE {} ORDER BY 1 DESC LIMIT ?2", row_of(db, table, columns), table,
                           condition(columns)));
  }
  // Refers to people by their conversations and in JSON.
  add("outbox",
      "SELECT json_object('created_at', o.created_at, 'adapter', o.adapter, 'message', o.message) FROM identities i "
      "JOIN outbox o ON o.adapter = i.adapter AND o.state IN ('queued', 'sending') AND o.workspace = i.workspace AND "
      "o.conversation = i.direct WHERE i.person_id = ?1 AND i.direct <> '' ORDER BY o.id DESC LIMIT ?2");
  add("jobs",
      "SELECT json_object('kind', kind, 'due_at', due_at, 'payload', payload) FROM jobs WHERE json_valid(payload) AND "
      "json_extract(payload, '$.person') = ?1 ORDER BY id DESC LIMIT ?2");
  add("audit_about_me",
      "SELECT json_object('id', id, 'at', at, 'action', action, 'object', object, 'details', details) FROM audit WHERE "
      "json_extract(details, '$.person') IS NOT NULL AND json_extract(details, '$.person') = ?1 ORDER BY id DESC LIMIT "
      "?2");
  if (!truncated.empty()) all["truncated"] = std::move(truncated);
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace osrbot::storage::personal_data
