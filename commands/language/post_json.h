// A parse as one line of JSON, with the fields of tests/fixtures/posts.json, and as text that a person can read.
#pragma once

#include <string>
#include <string_view>

#include "commands/language/post.h"

namespace osrbot::language {

/// One object without line breaks: id, intent, language, project, skills, needs, count, deadline, addressed, tag,
/// action, flags, extra. Of a withheld post nothing but the reasons is told.
std::string to_json(std::string_view id, const Post& post);

/// What was understood and by which words, a line per field. A withheld post is not quoted.
std::string explain(std::string_view text, const Post& post);

}  // namespace osrbot::language
