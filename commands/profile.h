// What somebody keeps with the bot about themselves: shown, and changed by words, buttons or a form.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command my_profile();
Command profile_edit();
Command my_skills();
Command forget_skill();
Command learn();
Command my_languages();
Command my_hours();
Command my_country();
Command my_career();
Command my_field();
Command my_orcid();
Command my_limit();
Command quiet_hours();
Command first_time();
Command conflict();
Command no_conflict();

}  // namespace osrbot
