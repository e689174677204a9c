// `osrbot slack manifest`: the description of the Slack app, from which Slack makes it.
#pragma once

#include <string>
#include <vector>

#include "commands/catalogue.h"
#include "commands/command.h"
#include "config/config.h"

namespace osrbot {

/// The manifest as JSON, indented, by the schema of Slack's app manifests (v1): features from the commands, addresses
/// and the way of connecting from the configuration. In English, for an app has one language.
std::string slack_manifest(const Config& config, const std::vector<Command>& commands, const Catalogue& words);

}  // namespace osrbot
