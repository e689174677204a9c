// The table of all settings: the one source from which the file and the environment are read and the JSON Schema, the
// annotated example and the documentation are made. Internal to config/ and its tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"

namespace osrbot::settings {

/// What a text must look like. `pattern` is a regular expression that says the same to an editor; empty: any text.
struct Form {
  std::string_view allowed;  ///< "host:port, for example 127.0.0.1:8080, or off"
  std::string_view pattern;
  bool (*accepts)(std::string_view) = nullptr;  ///< null: everything
};

struct Text {
  std::string& (*in)(Config&);
  Form form;
};
/// A text that is never shown.
struct Hidden {
  Secret& (*in)(Config&);
  Form form;
};
struct Integer {
  int& (*in)(Config&);
  int min;
  int max;
};
struct Number {
  double& (*in)(Config&);
  double min;
  double max;
};
struct Flag {
  std::optional<bool>& (*in)(Config&);
};
/// One of a few words; `get` and `set` use the index in `words`.
struct Choice {
  std::vector<std::string_view> words;
  std::size_t (*get)(const Config&);
  void (*set)(Config&, std::size_t);
};
/// A list of texts; in the environment they are separated by commas.
struct List {
  std::vector<std::string>& (*in)(Config&);
  Form item;
};

using Kind = std::variant<Text, Hidden, Integer, Number, Flag, Choice, List>;

struct Setting {
  std::string_view path;  ///< key in the file, sections separated by dots
  Kind kind;
  std::string_view help;           ///< one or two sentences
  std::string_view variable = {};  ///< in the environment, where it is not OSRBOT_ and the path in capitals
  std::string_view if_unset = {};  ///< what is done without it, where the default value does not say so
};

/// All settings, in the order in which the documentation shows them.
const std::vector<Setting>& all();

/// "OSRBOT_TELEGRAM_BASE_URL"
std::string variable_of(const Setting& setting);

/// What a value may be, in words: "a whole number from 1 to 1000".
std::string allowed(const Setting& setting);

/// The platforms of this version, as names of sections.
const std::vector<std::string_view>& platforms();

}  // namespace osrbot::settings
