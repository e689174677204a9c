#include "commands/credit_roles.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace osrbot {
namespace {

using Said = std::string_view[];

// What people call the roles.
namespace names {
constexpr Said conceptualization = {"conceptualisation", "concept", "idea"};
constexpr Said curation = {"curation", "data cleaning", "data management"};
constexpr Said analysis = {"analysis", "statistics", "statistical analysis"};
constexpr Said funding = {"funding"};
constexpr Said investigation = {"data collection"};
constexpr Said methodology = {"methods", "study design"};
constexpr Said administration = {"administration", "coordination"};
constexpr Said resources = {"materials"};
constexpr Said software = {"programming", "code"};
constexpr Said supervision = {"mentoring"};
constexpr Said validation = {"checking"};
constexpr Said visualization = {"visualisation", "figures"};
constexpr Said drafting = {"writing", "original draft", "draft", "drafting"};
constexpr Said reviewing = {"review & editing", "review and editing", "writing - review and editing", "review",
                            "editing"};
}  // namespace names

// How words about such work begin, in lower case.
namespace beginnings {
constexpr Said conceptualization = {"idea", "concept"};
constexpr Said curation = {"clean", "curat", "data manag", "codebook", "dictionar"};
constexpr Said analysis = {"statist", "analys", "analyz", "regress", "meta-analy"};
constexpr Said funding = {"grant", "fund"};
constexpr Said investigation = {"collect", "screen", "extract", "interview", "survey", "label", "search"};
constexpr Said methodology = {"protocol", "method", "design"};
constexpr Said administration = {"coordinat", "ethics", "minutes", "schedul"};
constexpr Said resources = {"equipment", "hosting", "sample"};
constexpr Said software = {"software", "script", "program", "code ", "app "};
constexpr Said supervision = {"supervis", "mentor"};
constexpr Said validation = {"validat", "verif", "check", "replicat"};
constexpr Said visualization = {"figure", "plot", "chart", "visuali", "graphic"};
constexpr Said drafting = {"writ", "draft"};
constexpr Said reviewing = {"review", "edit", "proofread", "comment"};
}  // namespace beginnings

constexpr std::array<CreditRole, 14> roles = {{
    {"conceptualization", "Conceptualization", "Conceptualization", true, names::conceptualization,
     beginnings::conceptualization},
    {"data-curation", "Data curation", "Data curation", true, names::curation, beginnings::curation},
    {"formal-analysis", "Formal analysis", "Formal analysis", true, names::analysis, beginnings::analysis},
    {"funding-acquisition", "Funding acquisition", "Funding acquisition", false, names::funding, beginnings::funding},
    {"investigation", "Investigation", "Investigation", true, names::investigation, beginnings::investigation},
    {"methodology", "Methodology", "Methodology", true, names::methodology, beginnings::methodology},
    {"project-administration", "Project administration", "Project administration", false, names::administration,
     beginnings::administration},
    {"resources", "Resources", "Resources", false, names::resources, beginnings::resources},
    {"software", "Software", "Software", true, names::software, beginnings::software},
    {"supervision", "Supervision", "Supervision", false, names::supervision, beginnings::supervision},
    {"validation", "Validation", "Validation", true, names::validation, beginnings::validation},
    {"visualization", "Visualization", "Visualization", true, names::visualization, beginnings::visualization},
    {"writing-original-draft", "Writing – original draft", "Writing - original draft", false, names::drafting,
     beginnings::drafting},
    {"writing-review-editing", "Writing – review & editing", "Writing - review & editing", false, names::reviewing,
     beginnings::reviewing},
}};

/// Whether a word of the text begins so.
bool has_word(std::string_view text, std::string_view beginning) {
  for (std::size_t at = text.find(beginning); at != std::string_view::npos; at = text.find(beginning, at + 1)) {
    if (at == 0 || text[at - 1] < 'a' || text[at - 1] > 'z') return true;
  }
  return false;
}

}  // namespace

std::span<const CreditRole, 14> credit_roles() {
  return roles;
}

const CreditRole& credit_role(std::string_view slug) {
  const auto found = std::ranges::find(roles, slug, &CreditRole::slug);
  if (found == roles.end()) throw std::logic_error(fmt::format("{} is no role of CRediT", slug));
  return *found;
}

std::string uri_of(const CreditRole& role) {
  return fmt::format("https://credit.niso.org/contributor-roles/{}/", role.slug);
}

std::vector<std::string_view> credit_role_choices() {
  std::vector<std::string_view> choices;
  for (const CreditRole& role : roles) choices.push_back(role.name);
  for (const CreditRole& role : roles) {
    choices.insert(choices.end(), role.also_called.begin(), role.also_called.end());
  }
  return choices;
}

const CreditRole& credit_role_chosen(std::string_view choice) {
  for (const CreditRole& role : roles) {
    if (role.name == choice || std::ranges::find(role.also_called, choice) != role.also_called.end()) return role;
  }
  throw std::logic_error(fmt::format("{} is no choice of a role", choice));
}

language::ArgumentSpec optional_credit_role() {
  return {.name = "role", .kind = language::ArgumentKind::choice, .required = false, .choices = credit_role_choices()};
}

language::ArgumentSpec optional_credit_degree() {
  return {.name = "degree",
          .kind = language::ArgumentKind::choice,
          .required = false,
          .choices = {credit_degrees.begin(), credit_degrees.end()}};
}

std::vector<const CreditRole*> likely_roles(const storage::Task& task, std::size_t most) {
  std::string text = task.skill + " " + task.title + " ";
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  std::vector<const CreditRole*> likely;
  for (const CreditRole& role : roles) {
    if (likely.size() == most) break;
    const auto tells = [&](std::string_view word) { return has_word(text, word); };
    if (std::ranges::any_of(role.words_of_work, tells)) likely.push_back(&role);
  }
  return likely;
}

}  // namespace osrbot
