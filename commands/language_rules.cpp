#include "commands/language_rules.h"

#include <array>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/timezone.h>

namespace osrbot {

namespace {

/// Writes wall-clock times: they are given to ICU as if they were UTC. ICU makes a format by reading all patterns of
/// the language: it is made when the first date is written.
class Dates {
 public:
  Dates(const char* skeleton, icu::Locale locale) : skeleton_(skeleton), locale_(std::move(locale)) {}

  std::string write(std::chrono::local_seconds time) const {
    std::call_once(made_, [this] { make(); });
    icu::UnicodeString text;
    std::string result;
    format_->format(static_cast<UDate>(std::chrono::milliseconds(time.time_since_epoch()).count()), text);
    text.toUTF8String(result);
    return result;
  }

 private:
  void make() const {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createInstanceForSkeleton(skeleton_, locale_, status));
    if (U_FAILURE(status)) {
      throw std::runtime_error(fmt::format("dates in \"{}\": {}", locale_.getName(), u_errorName(status)));
    }
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
    format_ = std::move(format);
  }

  const char* skeleton_;
  icu::Locale locale_;
  mutable std::once_flag made_;
  mutable std::unique_ptr<const icu::DateFormat> format_;
};

/// Writes numbers in the digits of a language.
class Numbers {
 public:
  explicit Numbers(const icu::Locale& locale)
      : format_(icu::number::NumberFormatter::withLocale(locale).precision(icu::number::Precision::maxFraction(2))) {}

  std::string write(double value) const {
    UErrorCode status = U_ZERO_ERROR;
    return utf8(format_.formatDouble(value, status), status);
  }

  std::string write(std::int64_t value) const {
    constexpr std::int64_t least_grouped = 1000;
    if (value < 0 || value >= least_grouped) return formatted(value);
    // Most numbers are small, and ICU takes as long for one as everything else around it.
    std::call_once(made_, [this] { make_digits(); });
    return small(value);
  }

 private:
  static std::string utf8(const icu::number::FormattedNumber& number, UErrorCode& status) {
    std::string result;
    number.toTempString(status).toUTF8String(result);
    if (U_FAILURE(status)) throw std::runtime_error(fmt::format("cannot write a number: {}", u_errorName(status)));
    return result;
  }

  std::string formatted(std::int64_t value) const {
    UErrorCode status = U_ZERO_ERROR;
    return utf8(format_.formatInt(value, status), status);
  }

  void make_digits() const {
    for (std::size_t digit = 0; digit < digits_.size(); ++digit) {
      digits_[digit] = formatted(static_cast<std::int64_t>(digit));
    }
  }

  std::string small(std::int64_t value) const {
    const std::string& last = digits_[static_cast<std::size_t>(value % 10)];
    return value < 10 ? last : small(value / 10) + last;
  }

  icu::number::LocalizedNumberFormatter format_;
  mutable std::once_flag made_;
  mutable std::array<std::string, 10> digits_;
};

}  // namespace

struct LanguageRules::Data {
  explicit Data(const icu::Locale& locale)
      : numbers(locale), dates("yMMMEd", locale), dates_and_times("yMMMEdHm", locale) {}

  std::unique_ptr<const icu::PluralRules> plurals;
  Numbers numbers;
  bool right_to_left = false;
  Dates dates;
  Dates dates_and_times;
};

LanguageRules::LanguageRules(const std::string& tag) : tag_(tag) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
  auto data = std::make_unique<Data>(locale);
  data->plurals.reset(icu::PluralRules::forLocale(locale, status));
  data->right_to_left = locale.isRightToLeft();
  if (U_FAILURE(status)) throw std::runtime_error(fmt::format("language \"{}\": {}", tag, u_errorName(status)));
  data_ = std::move(data);
}

LanguageRules::~LanguageRules() = default;

std::string LanguageRules::plural_category(double number) const {
  std::string category;
  data_->plurals->select(number).toUTF8String(category);
  return category;
}

std::string LanguageRules::number(std::int64_t value) const {
  return data_->numbers.write(value);
}

std::string LanguageRules::number(double value) const {
  return data_->numbers.write(value);
}

std::string LanguageRules::date(std::chrono::year_month_day day) const {
  return data_->dates.write(std::chrono::local_days(day));
}

std::string LanguageRules::date_and_time(std::chrono::local_seconds time) const {
  return data_->dates_and_times.write(time);
}

bool LanguageRules::right_to_left() const {
  return data_->right_to_left;
}

}  // namespace osrbot
