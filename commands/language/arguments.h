// Fits the words behind a verb to the arguments that the verb declares.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"
#include "commands/language/command_words.h"

namespace osrbot::language {

/// A verb was found; these are the words behind it.
struct ArgumentInput {
  std::string_view text;  ///< of the whole message
  const VerbSpec* verb = nullptr;
  std::vector<CommandWord> words;  ///< behind the verb, on its line
  std::vector<ByteRange> values;   ///< following lines that are further values of the last argument
  std::size_t begin = 0;           ///< of the command, in bytes of the message
  std::size_t verb_end = 0;
  std::size_t end = 0;
  std::vector<ByteRange> people;  ///< names that the platform resolved as people
  std::chrono::local_seconds now{};
  bool strict = false;  ///< not written to the bot: nothing may be left over, see command_line.h
};

/// One pass over the words; typed arguments are found wherever they stand, what is left is text, prose or an error.
CommandResult fit_arguments(const ArgumentInput& input);

}  // namespace osrbot::language
