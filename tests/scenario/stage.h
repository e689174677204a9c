// Plays the steps of a transcript in a world, and writes down what the bot says in the transcript's own form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/scenario/transcript.h"
#include "tests/scenario/world.h"

namespace osrbot::scenario {

class Stage {
 public:
  explicit Stage(World& world) : world_(world) {}

  /// Plays one step; the lines that the bot answers with, indented as in a transcript. Throws TranscriptError when the
  /// step asks for something that there is not, such as a button that was never shown.
  std::vector<std::string> play(const Step& step);

 private:
  struct Person {
    std::string name;
    std::string language;
  };

  void direct(const Step& step);
  bool direct_time(const std::string& text);
  bool direct_person(const std::string& text);
  bool direct_platform(const std::string& text);
  /// "can r spss; learns stata; in KE Africa/Nairobi; speaks en fr; field nursing; hours 5; growth"
  void tell_profile(const std::string& who, const std::string& text);
  void press(const Step& step);
  Update update(const std::string& who, const Scene& scene);
  void write(Update& update, std::string_view text) const;
  std::string without_code(std::string line);
  Person& person(const std::string& who);
  std::vector<std::string> answers(const std::optional<Scene>& scene);
  void happens(Update update);

  World& world_;
  std::map<std::string, Person> people_;
  std::map<std::string, std::string> last_message_;  ///< id of what somebody wrote last, by who and where
  std::vector<Said> shown_;                          ///< messages with buttons, the newest last
  std::string code_;                                 ///< the newest that the bot gave to somebody to link accounts
  std::optional<Update> last_update_;
  std::uint64_t updates_ = 0;
};

/// A message as a transcript shows it: markup as in the catalogue, buttons in brackets; the first line without indent.
std::vector<std::string> written(const Message& message);

}  // namespace osrbot::scenario
