#include "commands/moderation.h"

#include <algorithm>
#include <string>

#include "commands/language/guard.h"
#include "commands/queue_intake.h"

namespace osrbot {
namespace {

/// "phi:nhs-number" as a word that the catalogue can choose by: "nhs_number".
std::string category_of(const language::GuardFinding& finding) {
  std::string category(finding.name.substr(finding.name.find(':') + 1));
  std::ranges::replace(category, '-', '_');
  return category;
}

void tell_coordinators(Context& context, std::string_view key, const language::GuardFinding& finding) {
  const Place& place = context.update.place;
  const auto home = storage::conversations::project_of(context.db, conversation_of(place), place.thread);
  if (!home) return;
  for (const storage::Person& one : storage::projects::coordinators(context.db, *home)) {
    if (one.id == context.sender.id) continue;
    context.tell(
        one, key,
        {{"project", project_ref(*home)}, {"person", context.sender.name}, {"category", category_of(finding)}});
  }
}

}  // namespace

bool withhold_patient_data(Context& context, std::string_view text) {
  const language::GuardVerdict verdict = language::check_patient_data(text);
  if (verdict.clean()) return false;
  const language::GuardFinding& finding = verdict.findings.front();
  if (!verdict.blocks()) {
    tell_coordinators(context, "patient_data.doubtful", finding);
    return false;
  }
  context.record("patient_data.withheld", "", {{"category", finding.name}});
  if (!context.may_answer()) {
    queue_withheld(context, category_of(finding));
    return true;
  }
  const Arguments arguments = {{"category", category_of(finding)}};
  const bool told_privately =
      !context.update.place.is_private && context.tell(context.sender, "patient_data.withheld", arguments, {},
                                                       context.update.place.adapter, Occasion::answer);
  if (!told_privately) context.reply("patient_data.withheld", arguments);
  tell_coordinators(context, "patient_data.coordinator", finding);
  return true;
}

}  // namespace osrbot
