#include "commands/jats.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "commands/credit_roles.h"

namespace osrbot {
namespace {

/// Text for content and attributes alike. XML 1.0 has no control characters but tab and line ends, and no U+FFFE and
/// U+FFFF.
std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")) {
      i += 2;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') {
      out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", name, xml(text));
}

std::string name_element(const Contributor& one) {
  const storage::AuthorDetails& details = one.details;
  if (details.family_name.empty()) return element("string-name", one.published_name());
  std::string given = details.given_name;
  if (!details.middle_name.empty()) given += (given.empty() ? "" : " ") + details.middle_name;
  return fmt::format("<name>{}{}</name>", element("surname", details.family_name),
                     given.empty() ? "" : element("given-names", given));
}

std::string role_of(const CreditRole& role, std::string_view degree) {
  return fmt::format(
      "<role vocab=\"credit\" vocab-identifier=\"https://credit.niso.org/\" vocab-term=\"{0}\" "
      "vocab-term-identifier=\"{1}\" degree-contribution=\"{2}\">{0}</role>",
      xml(role.name), uri_of(role), degree);
}

/// Affiliations in the order in which they come first; each stands in the document once.
class Affiliations {
 public:
  std::string reference(const std::string& place) {
    auto known = std::ranges::find(places_, place);
    if (known == places_.end()) known = places_.insert(places_.end(), place);
    return fmt::format("<xref ref-type=\"aff\" rid=\"aff{}\"/>", known - places_.begin() + 1);
  }

  std::string elements() const {
    std::string text;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      text += fmt::format("    <aff id=\"aff{}\">{}</aff>\n", i + 1, xml(places_[i]));
    }
    return text;
  }

 private:
  std::vector<std::string> places_;
};

std::string contrib(const Contributor& one, Affiliations& affiliations) {
  std::string text =
      fmt::format("    <contrib contrib-type=\"author\"{}>\n", one.author.corresponding ? " corresp=\"yes\"" : "");
  const auto line = [&](const std::string& xml_text) { text += "      " + xml_text + "\n"; };
  if (!one.orcid.empty()) {
    line(fmt::format("<contrib-id contrib-id-type=\"orcid\">https://orcid.org/{}</contrib-id>", xml(one.orcid)));
  }
  line(name_element(one));
  if (!one.details.email.empty()) line(element("email", one.details.email));
  for (const CreditRole& role : credit_roles()) {
    const auto found = one.roles.find(std::string(role.slug));
    if (found != one.roles.end()) line(role_of(role, found->second));
  }
  for (const std::string& place : one.details.affiliations) {
    if (!place.empty()) line(affiliations.reference(place));
  }
  return text + "    </contrib>\n";
}

/// What one author declares, by name.
std::string declared(const Contributor& one, const std::string& words) {
  return xml(one.published_name() + ": " + words);
}

/// Conflicts of interest as a note to the authors; nothing when no author has said a word about them.
std::string notes(const std::vector<Contributor>& people) {
  std::string paragraphs;
  for (const Contributor& one : people) {
    if (!one.is_in_byline() || one.details.conflicts.empty()) continue;
    paragraphs += fmt::format("      <p>{}</p>\n", declared(one, one.details.conflicts));
  }
  if (paragraphs.empty()) return {};
  return "  <author-notes>\n    <fn fn-type=\"coi-statement\">\n" + paragraphs + "    </fn>\n  </author-notes>\n";
}

std::string funding(const std::vector<Contributor>& people) {
  std::string statements;
  for (const Contributor& one : people) {
    if (!one.is_in_byline() || one.details.funding.empty()) continue;
    statements += fmt::format("    <funding-statement>{}</funding-statement>\n", declared(one, one.details.funding));
  }
  return statements.empty() ? statements : "  <funding-group>\n" + statements + "  </funding-group>\n";
}

}  // namespace

std::string jats_article_meta(const std::vector<Contributor>& people) {
  Affiliations affiliations;
  std::string authors;
  for (const Contributor& one : people) {
    if (one.is_in_byline()) authors += contrib(one, affiliations);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<article-meta>\n  <contrib-group content-type=\"authors\">\n" +
         authors + affiliations.elements() + "  </contrib-group>\n" + notes(people) + funding(people) +
         "</article-meta>\n";
}

}  // namespace osrbot
