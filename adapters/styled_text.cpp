#include "adapters/styled_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

#include <unicode/brkiter.h>
#include <unicode/utf8.h>

#include "adapters/json_text.h"

namespace osrbot {

namespace {

using Style = Span::Style;
using Range = std::pair<std::size_t, std::size_t>;

constexpr std::string_view blanks = " \t\r\n";

void append_valid(std::string& out, std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t i = 0; i < size;) {
    const auto begin = i;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    // Platforms show no control characters, and count them nevertheless.
    const bool is_control = (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
    if (c < 0) {
      out += replacement_character;
    } else if (!is_control) {
      out += bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
  }
}

/// ICU's boundaries of one kind in one text, by byte.
class Boundaries {
 public:
  using Create = icu::BreakIterator* (*)(const icu::Locale&, UErrorCode&);

  Boundaries(Create create, const std::string& text) : create_(create), text_(text) {}

  /// The last boundary in (above, limit] that `allowed` lets pass; `above` when there is none.
  template <typename Allowed>
  std::size_t last(std::size_t above, std::size_t limit, Allowed allowed) {
    if (!iterator_) open();
    auto at = iterator_->isBoundary(static_cast<std::int32_t>(limit))
                  ? static_cast<std::int32_t>(limit)
                  : iterator_->preceding(static_cast<std::int32_t>(limit));
    for (; at != icu::BreakIterator::DONE && static_cast<std::size_t>(at) > above; at = iterator_->previous()) {
      if (allowed(static_cast<std::size_t>(at))) return static_cast<std::size_t>(at);
    }
    return above;
  }

 private:
  struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
  };

  void open() {
    UErrorCode status = U_ZERO_ERROR;
    utext_.reset(utext_openUTF8(nullptr, text_.data(), static_cast<std::int64_t>(text_.size()), &status));
    iterator_.reset(create_(icu::Locale::getRoot(), status));
    if (U_SUCCESS(status)) iterator_->setText(utext_.get(), status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
  }

  Create create_;
  const std::string& text_;
  std::unique_ptr<UText, CloseText> utext_;
  std::unique_ptr<icu::BreakIterator> iterator_;
};

class Splitter {
 public:
  Splitter(const StyledText& styled, const PartLimits& limits)
      : styled_(styled),
        limits_(limits),
        levels_{Boundaries(&icu::BreakIterator::createSentenceInstance, styled.text),
                Boundaries(&icu::BreakIterator::createWordInstance, styled.text),
                Boundaries(&icu::BreakIterator::createCharacterInstance, styled.text)} {}

  std::vector<Range> ranges() {
    std::vector<Range> out;
    const auto& text = styled_.text;
    std::size_t begin = text.find_first_not_of(blanks);
    while (begin < text.size()) {
      const auto limit = furthest_end(begin);
      const auto cut = limit == text.size() ? limit : best_cut(begin, limit);
      const auto last = text.find_last_not_of(blanks, cut - 1);
      out.emplace_back(begin, last + 1);
      begin = text.find_first_not_of(blanks, cut);
    }
    return out;
  }

 private:
  std::size_t furthest_end(std::size_t begin) const {
    const auto& text = styled_.text;
    std::size_t units = 0;
    std::size_t end = begin;
    // Whole characters only: a lead byte is taken when its units still fit.
    while (end < text.size()) {
      units += limits_.units(text[end]);
      if (units > limits_.most_units) break;
      ++end;
    }
    const auto first = std::ranges::find_if(styled_.runs, [&](const auto& run) { return run.end > begin; });
    if (static_cast<std::size_t>(styled_.runs.end() - first) > limits_.most_runs) {
      end = std::min(end, (first + static_cast<std::ptrdiff_t>(limits_.most_runs))->begin);
    }
    return end;
  }

  bool is_whole(std::size_t cut) const {
    return std::ranges::none_of(styled_.runs,
                                [&](const auto& run) { return run.is_atomic() && run.begin < cut && cut < run.end; });
  }

  std::size_t best_cut(std::size_t begin, std::size_t limit) {
    const auto whole = [this](std::size_t cut) { return is_whole(cut); };
    const auto half = begin + (limit - begin) / 2;
    for (const std::string_view gap : {"\n\n", "\n"}) {
      for (auto at = styled_.text.rfind(gap, limit - 1); at != std::string::npos && at > half;
           at = styled_.text.rfind(gap, at - 1)) {
        if (is_whole(at)) return at;
      }
    }
    for (auto& level : levels_) {
      if (const auto at = level.last(half, limit, whole); at > half) return at;
    }
    auto& graphemes = levels_.back();
    if (const auto at = graphemes.last(begin, limit, whole); at > begin) return at;
    // One link fills it all; and if that is one word, or one grapheme, so be it.
    for (auto& level : levels_) {
      if (const auto at = level.last(half, limit, [](std::size_t) { return true; }); at > half) return at;
    }
    return limit;
  }

  const StyledText& styled_;
  const PartLimits limits_;
  std::array<Boundaries, 3> levels_;
};

}  // namespace

void StyledText::add(Style style, std::string_view words, const std::string& target) {
  const auto begin = text.size();
  append_valid(text, words);
  if (text.size() == begin || style == Style::plain) return;
  runs.push_back({begin, text.size(), style, target});
}

StyledText styled_text(const std::vector<Block>& blocks, const Targets& targets) {
  const auto shown = [&](const Span& span) {
    const bool is_possible = span.style == Style::link      ? targets.is_link(span.target)
                             : span.style == Style::mention ? targets.is_user(span.target)
                                                            : true;
    return is_possible ? span.style : Style::plain;
  };
  StyledText out;
  for (const auto& block : blocks) {
    if (&block != &blocks.front()) out.add(Style::plain, block_separator(block));
    if (block.kind == Block::Kind::item) out.add(Style::plain, "• ");
    for (const auto& span : block.spans) out.add(shown(span), span.text, span.target);
  }
  return out;
}

std::size_t utf16_units(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte >= 0xF0U ? 2 : 1;
}

std::size_t utf16_length(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) units += utf16_units(c);
  return units;
}

std::vector<Range> split(const StyledText& styled, const PartLimits& limits) {
  return Splitter(styled, limits).ranges();
}

}  // namespace osrbot
