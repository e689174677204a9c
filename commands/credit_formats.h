// A project's contributors in the forms that journals and tools take. Only confirmed contributions count; whoever does
// not agree to be named is named in none of them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot {

enum class CreditFormat {
  tenzing,        ///< CSV in the layout that tenzing reads (https://tenzing.club)
  jats,           ///< XML: contributors with their roles, for the article's front matter (https://jats.nlm.nih.gov)
  collaborators,  ///< "Name, Name (Hospital); …", for group authorship
  statement,      ///< sentences for the paper: "Software: Ana García (lead)."
  csv,            ///< the ledger as it stands, unconfirmed credits too
};

inline constexpr std::array<std::string_view, 5> credit_format_names = {"tenzing", "jats", "collaborators", "statement",
                                                                        "csv"};

/// "tenzing" and the like, as in the names above.
std::optional<CreditFormat> credit_format_named(std::string_view name);

struct CreditFile {
  std::string name;  ///< "credits-P7-tenzing.csv"
  std::string media_type;
  std::string content;  ///< UTF-8
};

CreditFile credit_file(storage::Connection& db, std::int64_t project_id, CreditFormat format);

/// What an export leaves out or lacks, for people to know before they send it on.
struct CreditGaps {
  std::int64_t unconfirmed = 0;     ///< credits that no export but csv has
  std::int64_t tasks_without = 0;   ///< finished tasks for which nobody has a credit
  std::int64_t without_byline = 0;  ///< people who meet the first criterion and are not in the order of authors
  std::string incomplete;           ///< authors in the order who do not meet all four criteria: "Ana (3), Ben (2, 4)"
};
CreditGaps credit_gaps(storage::Connection& db, std::int64_t project_id);

}  // namespace osrbot
