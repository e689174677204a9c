// One setting's value between JSON, the environment and Config. Internal to config/.
#pragma once

#include <expected>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "config/settings.h"

namespace osrbot::settings {

/// Puts a JSON value into its place; when it is not what the setting allows, says what was found instead.
std::expected<void, std::string> assign(Config& config, const Setting& setting, const nlohmann::json& value);

/// The text of a variable as the JSON value that its setting expects; the text itself where it is no such thing.
nlohmann::json from_variable(const Setting& setting, const std::string& text);

/// A JSON value in an error message: texts are cut, and not shown at all when they may be a secret.
std::string shown(const nlohmann::json& value, bool secret);

}  // namespace osrbot::settings
