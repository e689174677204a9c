// Words that name numbered objects: P7, N5, T12, C5.
#pragma once

#include "commands/language/command_line.h"
#include "commands/language/command_words.h"

namespace osrbot::language {

/// The letter of the object that an argument of this kind refers to, in lower case: 't' for a task; 0 for other kinds.
char letter_of(ArgumentKind kind);

/// The letter of the object that "T2" or "#T2" names: 't'. 0 for other words.
char object_letter(const CommandWord& word);

/// Does the word add one object to another: "T1 and T2", "T1, then T2"?
bool adds(const CommandWord& word);

}  // namespace osrbot::language
