// What commands about credit have in common: who may confirm what, how a credit is told, and when it is asked about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands/context.h"
#include "storage/credits.h"

namespace osrbot {

inline constexpr int credits_read = 50;  ///< of one task or person in a project: more than anybody has

/// Whether the sender may confirm for the project what a person did: a coordinator, but nobody for themselves, unless
/// there is no other coordinator.
bool may_confirm_as_lead(Context& context, std::int64_t person_id);

/// A role of CRediT by its slug, as people read it.
std::string role_name(const Voice& voice, const std::string& language, std::string_view slug);

/// What a message says of a credit: credit, person, role, degree, task, title, project, state, evidence, reason.
/// `state`: "planned" (the work is not done yet), "confirmed", "disputed", or for whom it waits: "both", "person",
/// "lead".
Arguments words_of(const Voice& voice, const std::string& language, const storage::Credit& credit);

/// "C5, C7".
std::string refs_of(const std::vector<storage::Credit>& credits);

/// The buttons that offer to agree on the credit for a task, to whoever has it; none when that is agreed.
std::vector<Button> credit_buttons(Context& context, const storage::Task& task);

/// The buttons by which those of the credits are confirmed that wait for a coordinator.
std::vector<Button> confirm_buttons(const Context& context, const std::vector<storage::Credit>& credits);

/// A task was finished: its credits have their evidence now and wait for confirmation. The credits of the task.
std::vector<storage::Credit> settle_credits(Context& context, const storage::Task& task, std::string_view evidence);

/// Writes down what is said of a credit now, and offers authorship when that gives somebody a right to the offer.
/// `action`: of the audit event.
void say_of_credit(Context& context, storage::credits::Kind kind, const storage::Contribution& said,
                   std::string_view action, std::string_view why = {});

/// The first line of a new credit stands: records it, and plans what follows. `context.credit` is the new one.
void note_claim(Context& context);

/// Takes back the last thing that was said of a credit: it is said again how it was before. False when that was not
/// the last thing.
bool take_back_credit(Context& context, std::int64_t credit_id, std::int64_t contribution_id);

}  // namespace osrbot
