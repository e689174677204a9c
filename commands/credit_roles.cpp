#include "commands/credit_roles.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace osrbot {
namespace {

using WordList = std::string_view[];

// What people call the roles.
namespace role_names {
constexpr WordList conceptualization = {"conceptualisation", "concept", "idea"};
constexpr WordList curation = {"curation", "data cleaning", "data management"};
constexpr WordList analysis = {"analysis", "statistics", "statistical analysis"};
constexpr WordList funding = {"funding"};
constexpr WordList investigation = {"data collection"};
constexpr WordList methodology = {"methods", "study design"};
constexpr WordList administration = {"administration", "coordination"};
constexpr WordList resources = {"materials"};
constexpr WordList software = {"programming", "code"};
constexpr WordList supervision = {"mentoring"};
constexpr WordList validation = {"checking"};
constexpr WordList visualization = {"visualisation", "figures"};
constexpr WordList drafting = {"writing", "original draft", "draft", "drafting"};
constexpr WordList reviewing = {"review & editing", "review and editing", "writing - review and editing", "review",
                                "editing"};
}  // namespace role_names

// How words about such work begin, in lower case.
namespace role_beginnings {
constexpr WordList conceptualization = {"idea", "concept"};
constexpr WordList curation = {"clean", "curat", "data manag", "codebook", "dictionar"};
constexpr WordList analysis = {"statist", "analys", "analyz", "regress", "meta-analy"};
constexpr WordList funding = {"grant", "fund"};
constexpr WordList investigation = {"collect", "screen", "extract", "interview", "survey", "label", "search"};
constexpr WordList methodology = {"protocol", "method", "design"};
constexpr WordList administration = {"coordinat", "ethics", "minutes", "schedul"};
constexpr WordList resources = {"equipment", "hosting", "sample"};
constexpr WordList software = {"software", "script", "program", "code ", "app "};
constexpr WordList supervision = {"supervis", "mentor"};
constexpr WordList validation = {"validat", "verif", "check", "replicat"};
constexpr WordList visualization = {"figure", "plot", "chart", "visuali", "graphic"};
constexpr WordList drafting = {"writ", "draft"};
constexpr WordList reviewing = {"review", "edit", "proofread", "comment"};
}  // namespace role_beginnings

constexpr std::array<CreditRole, 14> roles = {{
    {"conceptualization", "Conceptualization", "Conceptualization", true, role_names::conceptualization,
     role_beginnings::conceptualization},
    {"data-curation", "Data curation", "Data curation", true, role_names::curation, role_beginnings::curation},
    {"formal-analysis", "Formal analysis", "Formal analysis", true, role_names::analysis, role_beginnings::analysis},
    {"funding-acquisition", "Funding acquisition", "Funding acquisition", false, role_names::funding,
     role_beginnings::funding},
    {"investigation", "Investigation", "Investigation", true, role_names::investigation,
     role_beginnings::investigation},
    {"methodology", "Methodology", "Methodology", true, role_names::methodology, role_beginnings::methodology},
    {"project-administration", "Project administration", "Project administration", false, role_names::administration,
     role_beginnings::administration},
    {"resources", "Resources", "Resources", false, role_names::resources, role_beginnings::resources},
    {"software", "Software", "Software", true, role_names::software, role_beginnings::software},
    {"supervision", "Supervision", "Supervision", false, role_names::supervision, role_beginnings::supervision},
    {"validation", "Validation", "Validation", true, role_names::validation, role_beginnings::validation},
    {"visualization", "Visualization", "Visualization", true, role_names::visualization,
     role_beginnings::visualization},
    {"writing-original-draft", "Writing – original draft", "Writing - original draft", false, role_names::drafting,
     role_beginnings::drafting},
    {"writing-review-editing", "Writing – review & editing", "Writing - review & editing", false, role_names::reviewing,
     role_beginnings::reviewing},
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
