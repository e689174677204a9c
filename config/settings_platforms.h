// The settings of each platform. Internal to config/.
#pragma once

#include <vector>

#include "config/settings.h"

namespace osrbot::settings {

std::vector<Setting> telegram_settings();
std::vector<Setting> slack_settings();
std::vector<Setting> x_settings();

}  // namespace osrbot::settings
