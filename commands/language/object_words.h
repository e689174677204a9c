// Words that name numbered objects: P7, N5, T12, C5.
#pragma once

#include <string_view>

#include "commands/language/command_line.h"
#include "commands/language/command_words.h"

namespace osrbot::language {

/// The letter of the object that an argument of this kind refers to, in lower case: 't' for a task; 0 for other kinds.
char letter_of(ArgumentKind kind);

/// The letter of the object that a word names, "T2" or "#t2", in lower case: 't'. 0 for other words.
char object_letter(std::string_view word);

/// Does the word name an object also where it stands in a sentence? (C5 is a vertebra too.)
bool names_object(std::string_view word);

/// Does the word add one object to another: "T1 and T2", "T1, then T2"?
bool adds(const CommandWord& word);

}  // namespace osrbot::language
