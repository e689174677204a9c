#include "commands/language/project_ref.h"

#include <algorithm>

#include "commands/language/numbers.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kLongestNumber = 7;

bool is_project_number(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_kind(at, TokenKind::number) || tokens.folded(at).size() > kLongestNumber) return false;
  if (at + 1 >= tokens.size()) return true;
  const auto& next = tokens[at + 1];
  // "P2Y12", "project 5%", "project 5-6", "project 10/5", "projet 3 mois" are no references.
  if (next.glued && (next.kind == TokenKind::word || next.kind == TokenKind::number)) return false;
  const auto mark = tokens.folded(at + 1);
  if (next.kind == TokenKind::punctuation && next.glued && (mark == "%" || mark == "/")) return false;
  if ((mark == "-" || mark == ".") && next.glued && tokens.is_kind(at + 2, TokenKind::number) && tokens[at + 2].glued)
    return false;
  return next.kind != TokenKind::word || !time_unit(mark);
}

std::string number_without_zeros(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

ProjectMention numbered(const Reading& reading, std::size_t first, std::size_t number) {
  return {"P" + number_without_zeros(reading.tokens().folded(number)), "", first, number + 1};
}

/// "P12", "p7"; a P with a blank ("P 7") is a p-value as often as a project.
bool is_short_reference(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_word(at, "p") || (tokens[at].glued && tokens[at].joiner != 0)) return false;
  if (tokens[at].glued && at > 0 && tokens[at - 1].kind != TokenKind::punctuation) return false;
  if (!is_project_number(tokens, at + 1))
    return tokens.is_mark(at + 1, "-") && tokens[at + 1].glued && is_project_number(tokens, at + 2);
  return tokens[at + 1].glued;
}

std::optional<ProjectMention> by_word(const Reading& reading, const Hit& hit) {
  const auto& tokens = reading.tokens();
  auto at = static_cast<std::size_t>(hit.last);
  for (int signs = 0; signs < 3 && at < tokens.size(); ++signs) {
    const auto mark = tokens.folded(at);
    const bool sign = tokens[at].kind == TokenKind::punctuation &&
                      (mark == "#" || mark == "." || mark == ":" || mark == "(" || mark == "°" || mark == "-");
    if (const auto* word = reading.at(Sense::ordinal_sign, at)) {
      at = word->last;
    } else if (sign) {
      ++at;
    } else {
      break;
    }
  }
  // "project P12": the next token is the reference itself.
  if (!is_project_number(tokens, at)) return std::nullopt;
  return numbered(reading, hit.first, at);
}

/// A name that nobody writes by chance: a capital inside the word.
bool is_coined(std::string_view written) {
  bool lower = false;
  bool inner_capital = false;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < written.size();) {
    const auto [c, size] = decode(written, at);
    if (is_upper(c)) {
      inner_capital |= letters > 0;
    } else {
      lower = true;
    }
    ++letters;
    at += size;
  }
  return letters >= 4 && lower && inner_capital;
}

/// "the ColoAI audit", "the stoma survey"
std::optional<ProjectMention> by_study_noun(const Reading& reading, const Hit& noun) {
  const auto& tokens = reading.tokens();
  if (noun.first == 0 || tokens[noun.first - 1].kind != TokenKind::word) return std::nullopt;
  const auto name = noun.first - 1;
  if (reading.at(Sense::skill, name) || reading.at(Sense::study_type, name)) return std::nullopt;
  if (is_coined(tokens.original(name))) {
    return ProjectMention{std::string(tokens.folded(name)), std::string(reading.slice(name, noun.last)), name,
                          noun.last};
  }
  for (auto first = name; first > 0 && first + 2 > name; --first) {
    if (tokens.is_word(first - 1, "the") && tokens[first].kind == TokenKind::word &&
        !reading.at(Sense::study_noun, first)) {
      return ProjectMention{"", std::string(reading.slice(first, noun.last)), first, noun.last};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<ProjectMention> find_project(const Reading& reading, const std::vector<std::string>& registered) {
  const auto& tokens = reading.tokens();
  std::optional<ProjectMention> hint;
  for (const auto& name : registered) {
    const auto folded = fold(name);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const bool candidate = tokens[i].kind == TokenKind::word || tokens[i].kind == TokenKind::hashtag;
      if (candidate && tokens.folded(i) == folded)
        return ProjectMention{name, std::string(tokens.original(i)), i, i + 1};
    }
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::word) {
      if (is_short_reference(tokens, i))
        return numbered(reading, i, tokens[i + 1].kind == TokenKind::number ? i + 1 : i + 2);
    } else if (tokens.is_mark(i, "#") && is_project_number(tokens, i + 1) && tokens[i + 1].glued &&
               tokens.folded(i + 1).size() <= 5) {
      return numbered(reading, i, i + 1);
    }
    if (const auto* word = reading.at(Sense::project_word, i); word && word->first == i) {
      if (auto found = by_word(reading, *word)) return found;
    }
    if (const auto* noun = reading.at(Sense::study_noun, i);
        noun && noun->first == i && (!hint || hint->project.empty())) {
      if (auto found = by_study_noun(reading, *noun); found && (!hint || !found->project.empty()))
        hint = std::move(found);
    }
  }
  return hint;
}

}  // namespace osrbot::language
