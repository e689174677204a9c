#include "commands/language/digit_chains.h"

#include <algorithm>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

/// The digits that a token says; empty: none.
std::string_view digits_of(const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return {};
  const auto folded = tokens.folded(at);
  if (tokens[at].kind == TokenKind::number) return folded;
  const bool keycap =
      tokens[at].kind == TokenKind::emoji && !folded.empty() && folded.front() >= '0' && folded.front() <= '9';
  return keycap ? folded.substr(0, 1) : std::string_view();
}

struct Link {
  std::size_t next = 0;  // the token of the next group; 0: the chain ends
  bool listed = false;
  char separator = ' ';
};

/// What ties the group at `at` to a next one: at most a blank, one run of a sign, and a blank.
Link link_behind(const Tokens& tokens, std::size_t at) {
  constexpr std::uint32_t kWidest = 12;  // bytes between two groups
  auto next = at + 1;
  Link link;
  if (next < tokens.size() && digits_of(tokens, next).empty()) {
    const auto kind = tokens[next].kind;
    if (kind != TokenKind::punctuation && kind != TokenKind::emoji) return {};
    const auto sign = tokens.folded(next);
    if (sign == "=" || sign == "%" || sign == "+" || sign == "!" || sign == "?" || tokens[next].line_start) return {};
    link.separator = sign.size() == 1 ? sign.front() : '*';
    ++next;
    link.listed = (link.separator == ',' || link.separator == ';') && next < tokens.size() && !tokens[next].glued;
  }
  if (next >= tokens.size() || digits_of(tokens, next).empty() || tokens[next].line_start) return {};
  if (tokens[next].begin - tokens[at].end > kWidest) return {};
  link.next = next;
  return link;
}

/// Appends the digits of a token; invisible characters between them part groups as blanks do.
void append_groups(DigitChain& chain, const Tokens& tokens, const Link& link) {
  const auto digits = digits_of(tokens, link.next);
  const auto written = tokens.original(link.next);
  const auto first = chain.digits.size();
  chain.groups.push_back({link.next, first, digits.size(), link.listed, link.separator});
  chain.digits += digits;
  if (tokens[link.next].kind != TokenKind::number || written.size() == digits.size()) return;
  std::size_t count = 0;
  for (std::size_t at = 0; at < written.size();) {
    const auto c = decode(written, at);
    at += c.size;
    if (char_class(c.value) == CharClass::digit) {
      ++count;
    } else if (first + count > chain.groups.back().begin && count < digits.size()) {
      chain.groups.back().size = first + count - chain.groups.back().begin;
      chain.groups.push_back({link.next, first + count, digits.size() - count, false, ' '});
    }
  }
}

}  // namespace

bool DigitChain::has_grouping(std::initializer_list<std::size_t> sizes) const {
  return std::equal(groups.begin(), groups.end(), sizes.begin(), sizes.end(),
                    [](const auto& group, std::size_t size) { return group.size == size; });
}

std::vector<DigitChain> digit_chains(const Tokens& tokens) {
  std::vector<DigitChain> chains;
  for (std::size_t at = 0; at < tokens.size();) {
    if (digits_of(tokens, at).empty()) {
      ++at;
      continue;
    }
    DigitChain chain;
    chain.first = at;
    Link link{.next = at, .listed = false, .separator = 0};
    while (link.next != 0 || chain.groups.empty()) {
      append_groups(chain, tokens, link);
      chain.last = link.next + 1;
      link = link_behind(tokens, link.next);
    }
    at = chain.last;
    chains.push_back(std::move(chain));
  }
  return chains;
}

bool is_nhs_number(std::string_view digits) {
  constexpr std::size_t kSize = 10;
  if (digits.size() != kSize || digits.find_first_not_of(digits.front()) == std::string_view::npos) return false;
  int sum = 0;
  for (std::size_t i = 0; i + 1 < kSize; ++i) sum += (digits[i] - '0') * static_cast<int>(kSize - i);
  const auto check = (11 - sum % 11) % 11;
  return check == digits.back() - '0';
}

bool begins_like_cpr(std::string_view digits) {
  if (digits.size() < 6) return false;
  const auto pair = [&](std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); };
  const auto day = pair(0) > 60 ? pair(0) - 60 : pair(0);
  return day >= 1 && day <= 31 && pair(2) >= 1 && pair(2) <= 12;
}

}  // namespace osrbot::language
