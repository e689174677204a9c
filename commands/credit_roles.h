// The Contributor Role Taxonomy, CRediT: ANSI/NISO Z39.104-2022, https://credit.niso.org.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"
#include "storage/tasks.h"

namespace osrbot {

struct CreditRole {
  std::string_view slug;        ///< "writing-review-editing", as the URI and storage have it
  std::string_view name;        ///< "Writing – review & editing", as the standard writes it
  std::string_view plain_name;  ///< the same with hyphens for dashes: "Writing - review & editing"
  /// Work on the conception or design of a study or on its data, as ICMJE's first criterion has it; funding,
  /// supervision and administration alone are not
  /// (https://www.icmje.org/recommendations/browse/roles-and-responsibilities/).
  bool is_substantial;
  std::span<const std::string_view> also_called;    ///< what people write for it in commands
  std::span<const std::string_view> words_of_work;  ///< parts of words that tell of such work in a task's title
};

/// In the order of the standard, which is that of the alphabet.
std::span<const CreditRole, 14> credit_roles();

/// The role with that slug. Throws std::logic_error when there is none.
const CreditRole& credit_role(std::string_view slug);

/// "https://credit.niso.org/contributor-roles/formal-analysis/"
std::string uri_of(const CreditRole& role);

/// How far somebody's part in a role went; the weightiest first.
inline constexpr std::array<std::string_view, 3> credit_degrees = {"lead", "equal", "supporting"};

/// Everything that names a role in a command: names, with any dash, short names and spellings.
std::vector<std::string_view> credit_role_choices();

/// The role that one of these choices means.
const CreditRole& credit_role_chosen(std::string_view choice);

language::ArgumentSpec optional_credit_role();
language::ArgumentSpec optional_credit_degree();

/// Roles that a task's skill and title speak of, at most `most`: a suggestion and no more.
std::vector<const CreditRole*> likely_roles(const storage::Task& task, std::size_t most);

}  // namespace osrbot
