// The settings of X. Internal to config/.
#pragma once

#include <vector>

#include "config/settings.h"

namespace osrbot::settings {

std::vector<Setting> x_settings();

}  // namespace osrbot::settings
