#include "commands/language/entities.h"

#include <algorithm>
#include <array>
#include <string>

#include <unicode/unorm2.h>

#include "commands/language/emoji.h"
#include "commands/language/text.h"
#include "commands/language/top_level_domains.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kLongestDomain = 253;
constexpr std::size_t kLongestUrl = 4096;
constexpr std::size_t kLongestBracket = 256;  ///< keeps the look-ahead for a closing bracket bounded

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alnum(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_accented_latin(char32_t c) {
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x1E00 && c <= 0x1EFF);
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x4FF;
}

/// Signs that X allows in a hashtag beside letters, marks, digits and '_'.
bool is_hashtag_sign(char32_t c) {
  switch (c) {
    case '_':
    case 0xB7:
    case 0x200C:
    case 0x200D:
    case 0xA67E:
    case 0x05BE:
    case 0x05F3:
    case 0x05F4:
    case 0xFF5E:
    case 0x301C:
    case 0x309B:
    case 0x309C:
    case 0x30A0:
    case 0x30FB:
    case 0x3003:
    case 0x0F0B:
    case 0x0F0C:
      return true;
    default:
      return false;
  }
}

bool is_hashtag_letter(char32_t c) {
  const auto kind = char_class(c);
  return kind == CharClass::letter || (kind == CharClass::mark && c != 0x20E3);
}
bool is_hashtag_part(char32_t c) {
  return is_hashtag_letter(c) || char_class(c) == CharClass::digit || is_hashtag_sign(c);
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  return at < text.size() ? decode(text, at).value : 0;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char l, char t) {
           return l == (t >= 'A' && t <= 'Z' ? static_cast<char>(t + 32) : t);
         });
}

struct Domain {
  std::size_t end = 0;      ///< of the longest part that ends in a known top-level domain; 0: none
  std::size_t any_end = 0;  ///< of all labels, known or not
  std::size_t labels = 0;   ///< in front of the known top-level domain
  bool country = false;     ///< that domain is a country's
};

/// Labels of letters, digits, hyphens and underscores, parted by full stops.
Domain domain_at(std::string_view text, std::size_t begin) {
  Domain found;
  const auto limit = std::min(text.size(), begin + kLongestDomain);
  std::size_t at = begin;
  for (std::size_t label = 0;; ++label) {
    const auto start = at;
    std::array<char, 64> lower{};
    std::size_t size = 0;
    bool ascii = true;
    while (at < limit) {
      const auto [c, width] = decode(text, at);
      if (c < 0x80 ? !(is_alnum(static_cast<char>(c)) || c == '-' || c == '_') : !is_hashtag_letter(c)) break;
      ascii &= c < 0x80;
      if (c < 0x80 && size < lower.size()) lower[size++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      at += width;
    }
    if (at == start || at >= limit + 1) break;
    if (label > 0) found.any_end = at;
    const std::string_view name(lower.data(), size);
    if (label > 0 && ascii && code_point_at(text, at) != '@') {
      const bool country = is_country_domain(name);
      if (country || is_generic_domain(name)) found = {at, at, label, country};
    }
    if (at + 1 >= text.size() || text[at] != '.') break;
    ++at;
  }
  return found;
}

bool is_path_char(char32_t c) {
  if (c < 0x80)
    return is_alnum(static_cast<char>(c)) ||
           std::string_view("!*';:=+,.$/%#[]-_~@|&").find(static_cast<char>(c)) != std::string_view::npos;
  return is_accented_latin(c) || is_cyrillic(c) || c == 0x2013;
}
bool may_end_path(char32_t c) {
  if (c < 0x80)
    return is_alnum(static_cast<char>(c)) ||
           std::string_view("+-=_#/").find(static_cast<char>(c)) != std::string_view::npos;
  return is_accented_latin(c) || is_cyrillic(c);
}
bool is_query_char(char c) {
  return is_alnum(c) || std::string_view("!?*'@();:&=+$/%#[]-_.,~|").find(c) != std::string_view::npos;
}
bool may_end_query(char c) {
  return is_alnum(c) || std::string_view("-_&=#/").find(c) != std::string_view::npos;
}

/// Path behind a domain; brackets belong to it only in pairs.
std::size_t path_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;  // the slash
  std::size_t open_since = 0;
  int depth = 0;
  for (std::size_t at = end; at < text.size() && at < begin + kLongestUrl;) {
    const auto [c, size] = decode(text, at);
    if (c == '(') {
      if (depth == 0) open_since = at;
      if (++depth > 2) break;
    } else if (c == ')') {
      if (depth == 0) break;
      if (--depth == 0) end = at + size;
    } else if (!is_path_char(c)) {
      break;
    } else if (depth == 0 && may_end_path(c)) {
      end = at + size;
    }
    if (depth > 0 && at > open_since + kLongestBracket) break;
    at += size;
  }
  return end;
}

std::size_t query_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t at = begin + 1; at < text.size() && at < begin + kLongestUrl && is_query_char(text[at]); ++at) {
    if (may_end_query(text[at])) end = at + 1;
  }
  return end;
}

std::size_t after_domain(std::string_view text, std::size_t end) {
  if (end + 1 < text.size() && text[end] == ':' && is_digit(text[end + 1])) {
    ++end;
    for (int digits = 0; digits < 5 && end < text.size() && is_digit(text[end]); ++digits) ++end;
  }
  if (end < text.size() && text[end] == '/') end = path_end(text, end);
  if (end < text.size() && text[end] == '?') end = query_end(text, end);
  return end;
}

/// `any_domain`: with a protocol, a domain that does not exist (yet) will do.
std::size_t link_end(std::string_view text, std::size_t at, bool any_domain) {
  const auto before = decode_before(text, at);
  if (before < 0x80 ? is_alnum(static_cast<char>(before)) || before == '@' || before == '$' || before == '#'
                    : before == 0xFF20 || before == 0xFF03) {
    return 0;
  }
  const auto rest = text.substr(at);
  const std::size_t protocol = starts_with_ignoring_case(rest, "https://")  ? 8
                               : starts_with_ignoring_case(rest, "http://") ? 7
                                                                            : 0;
  if (protocol == 0 && (before == '-' || before == '_' || before == '.' || before == '/')) return 0;
  const auto domain = domain_at(text, at + protocol);
  if (protocol) {
    const auto end = any_domain ? domain.any_end : domain.end;
    return end ? after_domain(text, end) : 0;
  }
  if (domain.end == 0) return 0;
  const auto end = after_domain(text, domain.end);
  // X: "name.dk" alone is no link, "name.dk/page", "www.name.dk" and "name.tv" are.
  const auto tail = text.substr(at, domain.end - at);
  if (domain.country && domain.labels == 1 && end == domain.end && !tail.ends_with(".co") && !tail.ends_with(".tv"))
    return 0;
  return end;
}

}  // namespace

std::size_t hashtag_end(std::string_view text, std::size_t at) {
  const auto sign = decode(text, at);
  if (sign.value != '#' && sign.value != 0xFF03) return 0;
  const auto before = decode_before(text, at);
  if (before == '&' || (before != 0 && is_hashtag_part(before))) return 0;
  std::size_t end = at + sign.size;
  if (const auto next = code_point_at(text, end); next == 0xFE0F || next == 0x20E3) return 0;
  bool letter = false;
  while (end < text.size()) {
    const auto [c, size] = decode(text, end);
    if (!is_hashtag_part(c)) break;
    letter |= is_hashtag_letter(c);
    end += size;
  }
  const auto next = code_point_at(text, end);
  if (!letter || next == '#' || next == 0xFF03 || text.substr(end).starts_with("://")) return 0;
  return end;
}

std::size_t mention_end(std::string_view text, std::size_t at) {
  const auto sign = decode(text, at);
  if (sign.value != '@' && sign.value != 0xFF20) return 0;
  const auto before = decode_before(text, at);
  if (before == 0xFF20) return 0;
  if (before != 0 && before < 0x80) {
    const bool barred = is_alnum(static_cast<char>(before)) ||
                        std::string_view("_!#$%&*@").find(static_cast<char>(before)) != std::string_view::npos;
    // "RT@name" mentions.
    const bool repost =
        at >= 2 && starts_with_ignoring_case(text.substr(at - 2), "rt@") && (at == 2 || !is_alnum(text[at - 3]));
    if (barred && !repost) return 0;
  }
  std::size_t end = at + sign.size;
  const auto limit = end + 20;
  while (end < text.size() && end < limit && (is_alnum(text[end]) || text[end] == '_')) ++end;
  if (end == at + sign.size) return 0;
  const auto next = code_point_at(text, end);
  if (next == '@' || next == 0xFF20 || is_accented_latin(next) || text.substr(end).starts_with("://")) return 0;
  return end;
}

std::size_t url_end(std::string_view text, std::size_t at) {
  return link_end(text, at, true);
}

std::size_t email_end(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestName = 64;
  std::size_t end = at;
  while (end < text.size() && end < at + kLongestName &&
         (is_alnum(text[end]) || std::string_view("._%+-").find(text[end]) != std::string_view::npos))
    ++end;
  if (end == at || end + 1 >= text.size() || text[end] != '@') return 0;
  const auto domain = domain_at(text, end + 1);
  return domain.end ? domain.end : domain.any_end;
}

std::vector<Entity> entities(std::string_view text) {
  std::vector<Entity> found;
  std::size_t utf16 = 0;
  std::size_t code_points = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, size] = decode(text, at);
    std::size_t end = 0;
    auto kind = EntityKind::url;
    if (c == '#' || c == 0xFF03) {
      end = hashtag_end(text, at);
      kind = EntityKind::hashtag;
    } else if (c == '@' || c == 0xFF20) {
      end = mention_end(text, at);
      kind = EntityKind::mention;
    } else if (c < 0x80 && is_alnum(static_cast<char>(c))) {
      end = link_end(text, at, false);
    }
    Entity entity{kind, at, end, utf16, 0, code_points, 0};
    const auto stop = end ? end : at + size;
    while (at < stop) {
      const auto step = decode(text, at);
      at += step.size;
      utf16 += step.value > 0xFFFF ? 2 : 1;
      ++code_points;
    }
    if (end) {
      entity.utf16_end = utf16;
      entity.code_point_end = code_points;
      found.push_back(entity);
    }
  }
  return found;
}

std::size_t weighted_length(std::string_view text) {
  constexpr std::size_t kUrlWeight = 23;
  std::u16string source;
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, size] = decode(text, at);
    if (c > 0xFFFF) {
      source += static_cast<char16_t>(0xD7C0 + (c >> 10U));
      source += static_cast<char16_t>(0xDC00 + (c & 0x3FFU));
    } else {
      source += static_cast<char16_t>(c);
    }
    at += size;
  }
  UErrorCode error = U_ZERO_ERROR;
  std::u16string composed(source.size() * 3 + 1, u'\0');
  const auto length =
      unorm2_normalize(unorm2_getNFCInstance(&error), source.data(), static_cast<int32_t>(source.size()),
                       composed.data(), static_cast<int32_t>(composed.size()), &error);
  composed.resize(U_SUCCESS(error) ? static_cast<std::size_t>(length) : 0);
  std::string normal;
  for (std::size_t i = 0; i < composed.size(); ++i) {
    const auto unit = static_cast<char32_t>(composed[i]);
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && i + 1 < composed.size();
    append_utf8(normal, pair ? ((unit - 0xD7C0U) << 10U) + (static_cast<char32_t>(composed[++i]) - 0xDC00U) : unit);
  }
  const std::string_view view = U_SUCCESS(error) ? std::string_view(normal) : text;

  std::size_t weight = 0;
  for (std::size_t at = 0; at < view.size();) {
    const auto [c, size] = decode(view, at);
    if (c < 0x80 && is_alnum(static_cast<char>(c))) {
      if (const auto end = link_end(view, at, false)) {
        weight += kUrlWeight;
        at = end;
        continue;
      }
    }
    if (const auto end = emoji_end(view, at)) {
      weight += 2;
      at = end;
      continue;
    }
    const bool light =
        c <= 0x10FF || (c >= 0x2000 && c <= 0x200D) || (c >= 0x2010 && c <= 0x201F) || (c >= 0x2032 && c <= 0x2037);
    weight += light ? 1 : 2;
    at += size;
  }
  return weight;
}

}  // namespace osrbot::language
