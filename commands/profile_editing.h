// A change to somebody's profile: read, checked and kept as a whole, whichever command brings it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/context.h"
#include "commands/facts.h"
#include "commands/language/form_values.h"
#include "storage/profiles.h"

namespace osrbot {

/// Takes words over into the sender's profile; finish() keeps them and shows what is kept now. Each member throws
/// UserError for words that make no sense; of a list, what makes no sense is named beside what is kept. Only for
/// somebody who has consented (consent.h).
class ProfileEditing {
 public:
  explicit ProfileEditing(Context& context);

  void skills(std::string_view words);
  void wants(std::string_view words);
  void drop_skills(std::string_view words);
  void languages(std::string_view words);
  void hours(double hours);
  void hours(std::string_view words);
  void place(std::string_view words);
  void career(std::string_view words);
  void field(std::string_view words);
  void orcid(std::string_view words);
  /// Nothing: as the projects have it.
  void task_limit(std::optional<std::int64_t> limit);
  /// "22:00-07:00", "10pm to 7am", "off".
  void quiet_hours(std::string_view words);
  void first_time(bool first);

  /// The same three as a whole, as a form shows them: what the list does not name any more goes.
  void all_skills(std::string_view words);
  void all_wants(std::string_view words);
  void all_languages(std::string_view words);
  /// Takes a part away, by the name of its argument in `profile edit`.
  void drop(std::string_view part);

  void finish();

 private:
  /// Names the entries of a list in which nothing was found.
  void note_unknown(std::string_view words, language::Asked asked, std::vector<std::string> Facts::*kind);
  void take_skills(std::string_view words, language::Asked asked, std::vector<std::string> Facts::*kind);

  Context& context_;
  storage::Profile profile_;
  const Facts kept_;
  Facts facts_;
  std::string unknown_;  // entries of a list
};

/// What is kept, by the arguments of `profile edit`, as a form shows it.
std::vector<language::FormValue> profile_kept(const Context& context);

/// Shows the profile to its owner: in private, wherever they ask. `unknown`: words in which nothing was found, if any.
void show_profile(Context& context, std::string_view head, std::string_view unknown = "");

}  // namespace osrbot
