#include "adapters/x/stream_rules.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"

namespace osrbot::x {
namespace {

using calls::Rule;
using nlohmann::json;

constexpr std::size_t longest_rule = 1024;  // characters; bytes are never fewer
constexpr int most_pages = 10;

std::string but_not_own(const std::string& handle) {
  return " -is:retweet -from:" + handle;
}

std::vector<std::string> mention_terms(const std::string& handle) {
  return {"@" + handle, fmt::format("url:\"x.com/{}/status\"", handle)};
}

std::vector<std::string> tag_terms(const std::vector<std::string>& tags) {
  std::vector<std::string> terms;
  for (const std::string& tag : tags) terms.push_back("#" + tag);
  return terms;
}

std::string any_of(const std::vector<std::string>& terms) {
  return fmt::format("({})", fmt::join(terms, " OR "));
}

/// Reads the rules that X has into `rules`.
Outcome read_rules(Api& api, std::vector<Rule>& rules, const std::stop_token& stop) {
  std::string page;
  for (int pages = 0; pages < most_pages; ++pages) {
    auto outcome = api.fetch(calls::rules(page), stop);
    const auto* answer = std::get_if<Answer>(&outcome);
    if (answer == nullptr) return outcome;
    try {
      const json body = read_json(answer->json);
      if (const json* data = field(body, "data"); data != nullptr && data->is_array()) {
        for (const json& one : *data) rules.push_back({string(one, "value"), string(one, "tag"), string(one, "id")});
      }
      const json* meta = field(body, "meta");
      page = meta != nullptr && meta->is_object() ? string(*meta, "next_token") : "";
    } catch (const Malformed& error) {
      return Failure{.why = fmt::format("the stream's rules make no sense: {}", error.what())};
    }
    if (page.empty()) return outcome;
  }
  return Failure{.why = "X has more pages of rules than it allows rules"};
}

/// X answers 200 with errors when it takes only some of the rules, or none.
Outcome insist(Outcome outcome) {
  const auto* answer = std::get_if<Answer>(&outcome);
  if (answer == nullptr) return outcome;
  try {
    const json body = read_json(answer->json);
    const json* errors = field(body, "errors");
    if (errors == nullptr || !errors->is_array() || errors->empty()) return outcome;
    const json& first = errors->front();
    const std::string title = string(first, "title");
    if (title == "DuplicateRule") return outcome;  // it is there: that is all that was wanted
    return Refusal{.status = 400, .type = title, .detail = title + ": " + string(first, "detail")};
  } catch (const Malformed& error) {
    return Failure{.why = fmt::format("the answer makes no sense: {}", error.what())};
  }
}

bool has(const std::vector<Rule>& rules, const Rule& rule) {
  return std::ranges::any_of(rules, [&](const Rule& one) { return one.value == rule.value && one.tag == rule.tag; });
}

}  // namespace

std::vector<Rule> wanted_rules(const std::vector<std::string>& tags, const std::string& handle) {
  const std::string end = but_not_own(handle);
  std::vector<Rule> rules = {{any_of(mention_terms(handle)) + end, std::string(own_rules) + "mentions"}};
  std::vector<std::string> together;
  const auto close = [&] {
    if (!together.empty()) rules.push_back({any_of(together) + end, std::string(own_rules) + "tags"});
    together.clear();
  };
  for (std::string& term : tag_terms(tags)) {
    together.push_back(std::move(term));
    if ((any_of(together) + end).size() <= longest_rule) continue;
    std::string last = std::move(together.back());
    together.pop_back();
    close();
    together.push_back(std::move(last));
  }
  close();
  return rules;
}

std::string wanted_query(const std::vector<std::string>& tags, const std::string& handle) {
  std::vector<std::string> terms = mention_terms(handle);
  std::ranges::move(tag_terms(tags), std::back_inserter(terms));
  return any_of(terms) + but_not_own(handle);
}

Outcome synchronise(Api& api, const std::vector<Rule>& wanted, const Log& log, const std::stop_token& stop) {
  std::vector<Rule> there;
  auto outcome = read_rules(api, there, stop);
  if (!std::holds_alternative<Answer>(outcome)) return outcome;

  std::vector<Rule> missing;
  std::ranges::copy_if(wanted, std::back_inserter(missing), [&](const Rule& rule) { return !has(there, rule); });
  if (!missing.empty()) {
    outcome = insist(api.fetch(calls::add_rules(missing), stop));
    if (!std::holds_alternative<Answer>(outcome)) return outcome;
  }
  std::vector<std::string> stale;
  for (const Rule& rule : there) {
    if (rule.tag.starts_with(own_rules) && !has(wanted, rule)) stale.push_back(rule.id);
  }
  if (!stale.empty()) {
    outcome = insist(api.fetch(calls::delete_rules(stale), stop));
    if (!std::holds_alternative<Answer>(outcome)) return outcome;
  }
  if (!missing.empty() || !stale.empty()) {
    log(LogLevel::info, fmt::format("the stream's rules: {} added, {} deleted", missing.size(), stale.size()));
  }
  return outcome;
}

}  // namespace osrbot::x
