#include "commands/contact_exchange.h"

#include <string>

#include "commands/context.h"
#include "storage/handles.h"
#include "storage/invitations.h"

namespace osrbot {
namespace {

/// "@ana (telegram), @ana.k (slack)"; empty: no handle is known.
std::string contacts_of(const Context& context, std::int64_t person_id) {
  std::string contacts;
  for (const storage::people::Handle& one : storage::people::handles(context.db, person_id)) {
    contacts += (contacts.empty() ? "@" : ", @") + one.handle + " (" + one.adapter + ")";
  }
  return contacts;
}

}  // namespace

void exchange_contacts(Context& context, const storage::Person& newcomer, std::int64_t need_id) {
  const auto invitation = storage::invitations::find(context.db, need_id, newcomer.id);
  if (!invitation || invitation->state != "yes") return;
  const std::string project = project_ref(context.project->id);
  context.tell(
      newcomer, "contact.exchanged",
      {{"person", context.sender.name}, {"contacts", contacts_of(context, context.sender.id)}, {"project", project}});
  context.tell(context.sender, "contact.exchanged",
               {{"person", newcomer.name}, {"contacts", contacts_of(context, newcomer.id)}, {"project", project}}, {},
               context.update.place.adapter, Occasion::answer);
}

}  // namespace osrbot
