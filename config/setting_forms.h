// What several settings may be. Internal to config/.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <type_traits>

#include "config/settings.h"

namespace osrbot::settings {

bool is_url(std::string_view text);

/// Of what tokens are made: letters, digits, '_' and '-'.
bool is_token_letter(char c);

inline const Form path_form{.allowed = "a path", .pattern = "", .accepts = nullptr};
inline const Form url_form{.allowed = "a URL that begins with https:// or http://, without ? and #",
                           .pattern = "^https?://[^\\s\"?#]+$",
                           .accepts = is_url};
inline const Form optional_url{.allowed = url_form.allowed,
                               .pattern = "^(https?://[^\\s\"?#]+)?$",
                               .accepts = [](std::string_view text) { return text.empty() || is_url(text); }};

/// A choice of an enum whose values are numbered like the words.
template <auto Field>
Choice choice(std::initializer_list<std::string_view> words) {
  return {.words = words,
          .get = [](const Config& config) { return static_cast<std::size_t>(Field(const_cast<Config&>(config))); },
          .set =
              [](Config& config, std::size_t index) {
                using Value = std::remove_reference_t<decltype(Field(config))>;
                Field(config) = static_cast<Value>(index);
              }};
}

}  // namespace osrbot::settings
