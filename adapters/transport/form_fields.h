// application/x-www-form-urlencoded, and the query of a URL, which is written the same way.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace osrbot {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// The fields in their order; '+' and "%20" are spaces. What is no escape stays as it is. At most 100 fields.
FormFields read_form(std::string_view text);

/// The first value of a field; empty when it is not there.
std::string_view form_value(const FormFields& fields, std::string_view name);

/// The reverse of read_form().
std::string write_form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

}  // namespace osrbot
