#include "config/config.h"

#include <charconv>

namespace osrbot {

std::string HttpConfig::host() const {
  const auto name = address.substr(0, address.rfind(':'));
  return name.starts_with('[') && name.ends_with(']') ? name.substr(1, name.size() - 2) : name;
}

std::uint16_t HttpConfig::port() const {
  std::uint16_t number = 0;
  const auto colon = address.rfind(':');
  if (colon != std::string::npos) std::from_chars(address.data() + colon + 1, address.data() + address.size(), number);
  return number;
}

std::string TelegramWebhookConfig::path() const {
  const auto host = url.find("://");
  const auto slash = host == std::string::npos ? std::string::npos : url.find('/', host + 3);
  return slash == std::string::npos ? "/" : url.substr(slash);
}

}  // namespace osrbot
