// A refusal or a mistake that the person who wrote is told about, in words that say what to do next.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/catalogue.h"

namespace osrbot {

/// Thrown by a handler: everything that the command did is undone, and the sender gets the catalogue's message. All
/// other exceptions are the bot's own failures.
class UserError : public std::exception {
 public:
  explicit UserError(std::string key, Arguments arguments = {}, std::vector<Button> buttons = {})
      : key_(std::move(key)), arguments_(std::move(arguments)), buttons_(std::move(buttons)) {}

  const char* what() const noexcept override { return key_.c_str(); }
  const std::string& key() const { return key_; }
  const Arguments& arguments() const { return arguments_; }
  const std::vector<Button>& buttons() const { return buttons_; }

  /// Says which argument of the command the mistake is in: a form shows it beside that field.
  UserError at(std::string_view argument) && {
    argument_ = argument;
    return std::move(*this);
  }
  /// Empty: in none, or in several.
  const std::string& argument() const { return argument_; }

 private:
  std::string key_;
  Arguments arguments_;
  std::vector<Button> buttons_;
  std::string argument_;
};

}  // namespace osrbot
