// What is made from the table of settings: the JSON Schema for editors, the annotated example, and the reference in
// docs/configuration.md. A test compares the files in the source tree with these.
#pragma once

#include <string>

namespace osrbot {

/// JSON Schema (draft 7, which editors know best) of a configuration file.
std::string config_schema();

/// A configuration file with every setting at its default value and explained by a comment.
std::string config_example();

/// Every setting in Markdown tables, one per section.
std::string config_reference();

}  // namespace osrbot
