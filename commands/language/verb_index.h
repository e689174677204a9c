// Which verb some words name.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"
#include "commands/language/command_words.h"

namespace osrbot::language {

/// The verbs of a grammar by their names and aliases. Refers to them; they must outlive it.
class VerbIndex {
 public:
  struct Found {
    const VerbSpec* verb = nullptr;
    std::size_t last = 0;  ///< the word behind the verb
  };

  explicit VerbIndex(const std::vector<VerbSpec>& verbs);

  /// The longest verb that begins at word `at`.
  std::optional<Found> find(const std::vector<CommandWord>& words, std::size_t at) const;

  /// The verb of that name, which may have '_' for its spaces; null when there is none.
  const VerbSpec* named(std::string_view name) const;

  /// Names and aliases, in the order of declaration.
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  void add(std::string_view name, const VerbSpec& verb);

  std::map<std::string, const VerbSpec*, std::less<>> by_words_;
  std::vector<std::string_view> names_;
  std::size_t longest_ = 0;  // words of the longest verb
};

}  // namespace osrbot::language
