#include "commands/credit_roles.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace osrbot {
namespace {

using Words = std::string_view[];

constexpr Words conceptualization = {"conceptualisation", "concept", "idea"};
constexpr Words curation = {"curation", "data cleaning", "data management"};
constexpr Words analysis = {"analysis", "statistics", "statistical analysis"};
constexpr Words funding = {"funding"};
constexpr Words investigation = {"data collection"};
constexpr Words methodology = {"methods", "study design"};
constexpr Words administration = {"administration", "coordination"};
constexpr Words resources = {"materials"};
constexpr Words software = {"programming", "code"};
constexpr Words supervision = {"mentoring"};
constexpr Words validation = {"checking"};
constexpr Words visualization = {"visualisation", "figures"};
constexpr Words drafting = {"writing", "original draft", "draft", "drafting"};
constexpr Words reviewing = {"review & editing", "review and editing", "writing - review and editing", "review",
                             "editing"};

// Beginnings of words, in lower case.
constexpr Words of_conceptualization = {"idea", "concept"};
constexpr Words of_curation = {"clean", "curat", "data manag", "codebook", "dictionar"};
constexpr Words of_analysis = {"statist", "analys", "analyz", "regress", "meta-analy"};
constexpr Words of_funding = {"grant", "fund"};
constexpr Words of_investigation = {"collect", "screen", "extract", "interview", "survey", "label", "search"};
constexpr Words of_methodology = {"protocol", "method", "design"};
constexpr Words of_administration = {"coordinat", "ethics", "minutes", "schedul"};
constexpr Words of_resources = {"equipment", "hosting", "sample"};
constexpr Words of_software = {"software", "script", "program", "code ", "app "};
constexpr Words of_supervision = {"supervis", "mentor"};
constexpr Words of_validation = {"validat", "verif", "check", "replicat"};
constexpr Words of_visualization = {"figure", "plot", "chart", "visuali", "graphic"};
constexpr Words of_drafting = {"writ", "draft"};
constexpr Words of_reviewing = {"review", "edit", "proofread", "comment"};

constexpr std::array<CreditRole, 14> roles = {{
    {"conceptualization", "Conceptualization", "Conceptualization", true, conceptualization, of_conceptualization},
    {"data-curation", "Data curation", "Data curation", true, curation, of_curation},
    {"formal-analysis", "Formal analysis", "Formal analysis", true, analysis, of_analysis},
    {"funding-acquisition", "Funding acquisition", "Funding acquisition", false, funding, of_funding},
    {"investigation", "Investigation", "Investigation", true, investigation, of_investigation},
    {"methodology", "Methodology", "Methodology", true, methodology, of_methodology},
    {"project-administration", "Project administration", "Project administration", false, administration,
     of_administration},
    {"resources", "Resources", "Resources", false, resources, of_resources},
    {"software", "Software", "Software", true, software, of_software},
    {"supervision", "Supervision", "Supervision", false, supervision, of_supervision},
    {"validation", "Validation", "Validation", true, validation, of_validation},
    {"visualization", "Visualization", "Visualization", true, visualization, of_visualization},
    {"writing-original-draft", "Writing – original draft", "Writing - original draft", false, drafting, of_drafting},
    {"writing-review-editing", "Writing – review & editing", "Writing - review & editing", false, reviewing,
     of_reviewing},
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
