#include "commands/credit_formats.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "commands/contributors.h"
#include "commands/credit_roles.h"
#include "commands/csv.h"
#include "storage/credits.h"
#include "storage/projects.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot;

namespace {

const std::chrono::sys_seconds noon{std::chrono::seconds(1'772'452'800)};  // 2026-03-02 12:00 UTC

// The header that the layout has, word for word.
const std::string tenzing_header =
    "Author/Acknowledgee,Order in publication,Firstname,Middle name,Surname,Conceptualization,Data curation,Formal "
    "analysis,Funding acquisition,Investigation,Methodology,Project administration,Resources,Software,Supervision,"
    "Validation,Visualization,Writing - original draft,Writing - review & editing,Notes,Affiliation 1,Affiliation "
    "2,Affiliation 3,Funding,ORCID iD,Email address,Corresponding author?,Declares\r\n";

struct Paper : fakes::FreshDatabase {
  std::int64_t ana = 0;
  std::int64_t ben = 0;
  std::int64_t carol = 0;
  std::int64_t project = 0;

  Paper() : FreshDatabase(noon) {
    ana = meet("Ana");
    ben = meet("Ben");
    carol = meet("Carol");
    project = storage::projects::create(db, "Hernia repair", ana, noon).id;
  }

  void credit(std::int64_t person, const char* role, const char* degree, bool confirmed = true) {
    storage::Contribution said{
        .role = role, .degree = degree, .evidence = {}, .confirmed_by_person = true, .dispute = {}};
    if (confirmed) said.confirmed_by_lead = ana;
    storage::credits::open(db, project, person, std::nullopt, said, person, noon);
  }

  void author(std::int64_t person, std::optional<std::int64_t> position,
              storage::Naming naming = storage::Naming::author) {
    storage::Author one = storage::authors::find(db, project, person);
    one.position = position;
    one.naming = naming;
    one.corresponding = position == 1;
    storage::authors::save(db, one);
  }

  std::string file(CreditFormat format) { return credit_file(db, project, format).content; }

  /// Ana and Ben are authors; Carol drew figures and does not agree to be named.
  void fill() {
    credit(ana, "writing-review-editing", "lead");
    credit(ana, "conceptualization", "supporting");
    credit(ana, "conceptualization", "lead");
    credit(ben, "software", "equal");
    credit(ben, "formal-analysis", "lead", false);
    credit(carol, "visualization", "supporting");
    author(ben, 1);
    author(ana, 2);
    author(carol, std::nullopt, storage::Naming::unnamed);
    storage::authors::save_details(db, project, ana,
                                   {.given_name = "Ana",
                                    .middle_name = "María",
                                    .family_name = "García \"Ani\" López",
                                    .email = "ana@example.org",
                                    .affiliations = {"Hospital A, Lima", "University <B> & Co", ""},
                                    .funding = "=HYPERLINK(\"http://x\")",
                                    .conflicts = "none"});
    storage::authors::save_details(db, project, carol,
                                   {.given_name = "Carol",
                                    .middle_name = "",
                                    .family_name = "Hidden",
                                    .email = "carol@example.org",
                                    .affiliations = {"Hospital C", "", ""},
                                    .funding = "Hidden Fund",
                                    .conflicts = "Hidden interests"});
  }
};

/// The exit code of a command, with the text in a file whose name takes the place of {}.
int run_on(const std::string& text, const std::string& command) {
  const fakes::TemporaryFolder folder;
  const std::string file = (folder / "text.xml").string();
  std::ofstream(file, std::ios::binary) << text;
  const int status = std::system(fmt::format(fmt::runtime(command), file).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Whether an XPath expression holds, asked of a real parser of XML.
bool holds(const std::string& xml, const std::string& expression) {
  return run_on(xml, "test \"$(xmllint --xpath '" + expression + "' {})\" = true") == 0;
}

}  // namespace

TEST_CASE("the header of tenzing's layout, byte by byte") {
  Paper paper;
  CHECK(paper.file(CreditFormat::tenzing) == tenzing_header);
}

TEST_CASE("tenzing gets authors in their order, TRUE and FALSE, and no name of somebody who does not want that") {
  Paper paper;
  paper.fill();
  CHECK(paper.file(CreditFormat::tenzing) ==
        tenzing_header +
            "Author,1,,,Ben,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,TRUE,FALSE,FALSE,FALSE,FALSE,FALSE,,,,,,,,"
            "TRUE,\r\n"
            "Author,2,Ana,María,\"García \"\"Ani\"\" López\",TRUE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,"
            "FALSE,FALSE,FALSE,FALSE,TRUE,,\"Hospital A, Lima\",University <B> & Co,,"
            "\"'=HYPERLINK(\"\"http://x\"\")\",,ana@example.org,FALSE,none\r\n"
            "Don't agree to be named,3,,,,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,TRUE,FALSE,"
            "FALSE,,,,,,,,FALSE,\r\n");
}

TEST_CASE("whoever is not in the order of authors is thanked") {
  Paper paper;
  paper.credit(paper.ben, "software", "lead");
  CHECK(paper.file(CreditFormat::tenzing).find("\r\nAcknowledgment only,1,,,Ben,") != std::string::npos);
  CHECK(paper.file(CreditFormat::statement) == "Acknowledgments: Ben (Software).\n");
}

TEST_CASE("the XML is well-formed and uses CRediT's addresses, whatever people are called") {
  Paper paper;
  paper.fill();
  storage::authors::save_details(paper.db, paper.project, paper.ben,
                                 {.given_name = "Ben <b>&\"'\x01",
                                  .middle_name = "",
                                  .family_name = "]]> \xEF\xBF\xBE&amp;",
                                  .email = "",
                                  .affiliations = {"University <B> & Co", "", ""},
                                  .funding = "Grant <7> & Sons",
                                  .conflicts = "advises \"A & B\""});
  const std::string xml = paper.file(CreditFormat::jats);
  CAPTURE(xml);
  REQUIRE_MESSAGE(run_on(xml, "xmllint --noout {}") == 0, "xmllint is in Debian's libxml2-utils");
  CHECK(run_on("<a>", "xmllint --noout {} 2>/dev/null") != 0);
  CHECK(holds(xml, "count(/article-meta/contrib-group/contrib[@contrib-type=\"author\"]) = 2"));
  CHECK(holds(xml, "count(//contrib[1]/role) = 1 and count(//contrib[2]/role) = 2"));
  CHECK(holds(xml,
              "string(//contrib[1]/role/@vocab-term-identifier) = "
              "\"https://credit.niso.org/contributor-roles/software/\""));
  CHECK(holds(xml,
              "//contrib[1]/role/@vocab = \"credit\" and //contrib[1]/role/@vocab-term = \"Software\" and "
              "//contrib[1]/role/@degree-contribution = \"equal\" and "
              "//contrib[1]/role/@vocab-identifier = \"https://credit.niso.org/\""));
  CHECK(holds(xml, "string(//contrib[2]/role[1]/@degree-contribution) = \"lead\""));
  CHECK(holds(xml, "string(//contrib[2]/role[2]/@vocab-term) = \"Writing – review & editing\""));
  CHECK(holds(xml, "string(//contrib[2]//given-names) = \"Ana María\""));
  CHECK(holds(xml, "count(//aff) = 2 and //contrib[1]/xref/@rid = //aff[.=\"University <B> & Co\"]/@id"));
  CHECK(holds(xml, "count(/article-meta/author-notes/fn[@fn-type=\"coi-statement\"]/p) = 2"));
  CHECK(holds(xml, "contains(string(//author-notes//p[1]), \"amp;: advises\")"));
  CHECK(holds(xml, "count(/article-meta/funding-group/funding-statement) = 2"));
  CHECK(holds(xml, "contains(string(//funding-statement[1]), \": Grant <7> & Sons\")"));
  CHECK(holds(xml, "name(/article-meta/*[1]) = \"contrib-group\" and name(/article-meta/*[3]) = \"funding-group\""));
  CHECK(holds(xml, "//contrib[1]/@corresp = \"yes\" and not(//contrib[2]/@corresp)"));
  CHECK(holds(xml, "not(contains(string(/), \"Carol\")) and not(contains(string(/), \"Hidden\"))"));
}

TEST_CASE("where no author has said a word about conflicts and funding, there are no statements") {
  Paper paper;
  paper.credit(paper.ben, "software", "equal");
  paper.author(paper.ben, 1);
  const std::string xml = paper.file(CreditFormat::jats);
  CHECK(holds(xml, "count(/article-meta/*) = 1"));
}

TEST_CASE("collaborators stand by hospital, and the statement by role") {
  Paper paper;
  paper.fill();
  CHECK(paper.file(CreditFormat::collaborators) == "Ben; Ana María García \"Ani\" López (Hospital A, Lima)\n");
  storage::authors::save_details(paper.db, paper.project, paper.ben,
                                 {.given_name = "Ben",
                                  .middle_name = "",
                                  .family_name = "Okoro",
                                  .email = "",
                                  .affiliations = {"Hospital A, Lima", "", ""},
                                  .funding = "",
                                  .conflicts = ""});
  CHECK(paper.file(CreditFormat::collaborators) == "Ben Okoro, Ana María García \"Ani\" López (Hospital A, Lima)\n");
  CHECK(paper.file(CreditFormat::statement) ==
        "Conceptualization: Ana María García \"Ani\" López (lead). Software: Ben Okoro (equal). "
        "Writing – review & editing: Ana María García \"Ani\" López (lead).\n");
}

TEST_CASE("the table of everything has what is not confirmed, too") {
  Paper paper;
  paper.fill();
  const std::string text = paper.file(CreditFormat::csv);
  CHECK(
      text.starts_with("credit,person,role,role URI,degree,task,title,evidence,state,confirmed by person,confirmed by "
                       "lead,dispute,since\r\n"));
  CHECK(text.find("C5,Ben,Formal analysis,https://credit.niso.org/contributor-roles/formal-analysis/,lead,,,,claimed,"
                  "TRUE,FALSE,,2026-03-02\r\n") != std::string::npos);
  CHECK(text.find("C6,,Visualization,") != std::string::npos);
}

TEST_CASE("what an export leaves out is said") {
  Paper paper;
  paper.fill();
  const CreditGaps gaps = credit_gaps(paper.db, paper.project);
  CHECK(gaps.unconfirmed == 1);
  CHECK(gaps.without_byline == 0);
  CHECK(gaps.incomplete == "Ben (2, 3, 4), Ana María García \"Ani\" López (3, 4)");
}

TEST_CASE("the roles are those of the standard, in its order") {
  std::string names;
  for (const CreditRole& role : credit_roles()) names += std::string(role.name) + "; ";
  CHECK(
      names ==
      "Conceptualization; Data curation; Formal analysis; Funding acquisition; Investigation; Methodology; Project "
      "administration; Resources; Software; Supervision; Validation; Visualization; Writing – original draft; Writing "
      "– review & editing; ");
  CHECK(uri_of(credit_role("writing-review-editing")) ==
        "https://credit.niso.org/contributor-roles/writing-review-editing/");
  CHECK_THROWS(credit_role("coffee"));
}

TEST_CASE("a field that was kept from becoming a formula can be had back") {
  const auto restored = [](std::string text) {
    if (text.starts_with('\'')) {
      const auto rest = text.find_first_not_of('\'');
      if (rest != std::string::npos && std::string("=+-@\t\r\n").find(text[rest]) != std::string::npos)
        text.erase(0, 1);
    }
    return text;
  };
  for (const std::string text : {"=1+1", "'=1+1", "''-x", "'t Hooft", "O'Brien", "-", "a=b", "'"}) {
    CAPTURE(text);
    const std::string row = csv_row({text});
    CHECK(restored(row.substr(0, row.size() - 2)) == text);
  }
  CHECK(csv_row({"＝1"}) == "'＝1\r\n");
  CHECK(csv_row({"'t Hooft"}) == "'t Hooft\r\n");
}
