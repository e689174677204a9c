// Tables for spreadsheets: comma-separated values as RFC 4180 has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace osrbot {

/// One record with its line end (CR LF). A field that holds a comma, a quotation mark or a line end is quoted. A field
/// from which a spreadsheet would make a formula (it begins with = + - @, also in their full width, a tab or a line
/// end) gets an apostrophe in front: https://owasp.org/www-community/attacks/CSV_Injection. One that begins with
/// apostrophes and goes on so gets one more: whoever takes one apostrophe away in front of such a beginning has the
/// text again.
std::string csv_row(const std::vector<std::string>& fields);

}  // namespace osrbot
