#include "commands/language/form_values.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "commands/language/argument_fitter.h"
#include "commands/language/argument_values.h"
#include "commands/language/command_words.h"

namespace osrbot::language {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto size = std::min(text.find('\n'), text.size());
    if (const auto line = trimmed(text.substr(0, size)); !line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return lines;
}

class FormReader {
 public:
  FormReader(const VerbSpec& verb, std::chrono::local_seconds now) : verb_(verb), now_(now) {}

  void read(std::size_t spec, const std::vector<FormValue>& values) {
    const ArgumentSpec& argument = verb_.arguments[spec];
    bool given = false;
    for (const FormValue& value : values) {
      if (value.argument != argument.name) continue;
      const auto texts = argument.repeated ? lines_of(value.text) : std::vector{trimmed(value.text)};
      for (const auto text : texts) {
        if (text.empty() || (given && !argument.repeated)) continue;
        given = true;
        take(spec, text);
      }
    }
    if (argument.required && !given) fail(CommandError::Kind::missing_argument, argument);
  }

  std::variant<ParsedCommand, std::vector<CommandError>> result() {
    if (!errors_.empty()) return std::move(errors_);
    return ParsedCommand{.verb = &verb_, .arguments = std::move(values_)};
  }

 private:
  void take(std::size_t spec, std::string_view text) {
    const ArgumentSpec& argument = verb_.arguments[spec];
    if (is_free_text(argument.kind)) {
      values_.push_back({.name = argument.name, .value = std::string(text)});
      return;
    }
    // A form asks for a name; what a command line needs to know one by is added.
    const bool bare_name = argument.kind == ArgumentKind::person && text != "me" && !text.starts_with('@');
    const std::string said = (bare_name ? "@" : "") + std::string(text);
    auto found = typed(spec, said);
    if (!found) {
      fail(CommandError::Kind::bad_argument, argument);
    } else if (!found->alternatives.empty()) {
      fail(CommandError::Kind::ambiguous_date, argument, std::move(found->alternatives));
    } else {
      values_.push_back({.name = argument.name, .value = std::move(found->value)});
    }
  }

  /// The value that all of a text says.
  std::optional<ReadValue> typed(std::size_t spec, std::string_view text) const {
    CommandLines lines(text, {});
    CommandLine line;
    if (!lines.next(line) || line.quotation || line.words.empty()) return std::nullopt;
    CommandLine more;
    if (lines.next(more)) return std::nullopt;
    const ArgumentReader reader(verb_, text, line.words, {}, now_);
    auto found = reader.read(spec, 0, true);
    if (!found) return std::nullopt;
    const bool all = std::all_of(line.words.begin() + static_cast<std::ptrdiff_t>(found->last), line.words.end(),
                                 [](const CommandWord& word) { return word.silent; });
    return all ? std::move(found) : std::nullopt;
  }

  void fail(CommandError::Kind kind, const ArgumentSpec& argument, std::vector<std::string> suggestions = {}) {
    errors_.push_back(
        {.kind = kind, .verb = &verb_, .argument = std::string(argument.name), .suggestions = std::move(suggestions)});
  }

  const VerbSpec& verb_;
  const std::chrono::local_seconds now_;
  std::vector<ParsedArgument> values_;
  std::vector<CommandError> errors_;
};

struct Entered {
  std::string operator()(const Ref& ref) const { return fmt::format("{}{}", ref.kind, ref.number); }
  std::string operator()(const PersonName& person) const { return person.is_me ? "me" : "@" + person.handle; }
  std::string operator()(const DateValue& date) const {
    const auto& day = date.candidates.front();
    auto text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                            static_cast<unsigned>(day.day()));
    if (date.minute_of_day >= 0) {
      text += fmt::format(" {:02}:{:02}", date.minute_of_day / 60, date.minute_of_day % 60);
    }
    return text;
  }
  std::string operator()(std::chrono::minutes length) const { return fmt::format("{} min", length.count()); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(const std::string& text) const { return text; }
};

}  // namespace

std::variant<ParsedCommand, std::vector<CommandError>> read_form(const VerbSpec& verb,
                                                                 const std::vector<FormValue>& values,
                                                                 std::chrono::local_seconds now) {
  FormReader reader(verb, now);
  for (std::size_t spec = 0; spec < verb.arguments.size(); ++spec) reader.read(spec, values);
  return reader.result();
}

std::string as_entered(const ArgumentValue& value) {
  return std::visit(Entered(), value);
}

}  // namespace osrbot::language
