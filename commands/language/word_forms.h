// Inflections, as far as looking up a vocabulary needs them: endings of English, French, Spanish, Portuguese, Danish
// and Hindi, and the clitics that Arabic writes in front of a word. All on folded words.
#pragma once

#include <string>
#include <string_view>

namespace osrbot::language {

/// How the vocabulary keeps a word: Arabic without the article, Hindi without a final halant and with one spelling of
/// common loans.
std::string canonical_form(std::string_view folded);

namespace detail {
/// The next shorter form of `folded`, number `step` from 0; empty when there are no more.
std::string_view stem(std::string_view folded, std::size_t step, std::string& buffer);
}  // namespace detail

/// Calls `try_stem` with what `folded` may be a form of, likeliest first, until it returns false.
template <typename F>
void each_stem(std::string_view folded, F&& try_stem) {
  std::string buffer;
  for (std::size_t step = 0;; ++step) {
    const auto stem = detail::stem(folded, step, buffer);
    if (stem.empty() || !try_stem(stem)) return;
  }
}

}  // namespace osrbot::language
