#include "commands/language_rules.h"

#include <stdexcept>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/timezone.h>

namespace osrbot {

struct LanguageRules::Data {
  std::unique_ptr<const icu::PluralRules> plurals;
  icu::number::LocalizedNumberFormatter numbers;
  std::unique_ptr<const icu::DateFormat> dates;
  std::unique_ptr<const icu::DateFormat> dates_and_times;
  bool right_to_left = false;
};

namespace {

std::string utf8(const icu::number::FormattedNumber& number, UErrorCode& status) {
  std::string result;
  number.toTempString(status).toUTF8String(result);
  if (U_FAILURE(status)) throw std::runtime_error(fmt::format("cannot write a number: {}", u_errorName(status)));
  return result;
}

/// Writes wall-clock times: they are given to ICU as if they were UTC.
std::unique_ptr<const icu::DateFormat> date_format(const char* skeleton, const icu::Locale& locale,
                                                   UErrorCode& status) {
  std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createInstanceForSkeleton(skeleton, locale, status));
  if (format) format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  return format;
}

std::string written(const icu::DateFormat& format, std::chrono::local_seconds time) {
  icu::UnicodeString text;
  std::string result;
  format.format(static_cast<UDate>(std::chrono::milliseconds(time.time_since_epoch()).count()), text);
  text.toUTF8String(result);
  return result;
}

}  // namespace

LanguageRules::LanguageRules(const std::string& tag) : tag_(tag) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
  auto data = std::make_unique<Data>();
  data->plurals.reset(icu::PluralRules::forLocale(locale, status));
  data->numbers = icu::number::NumberFormatter::withLocale(locale).precision(icu::number::Precision::maxFraction(2));
  data->dates = date_format("yMMMEd", locale, status);
  data->dates_and_times = date_format("yMMMEdHm", locale, status);
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
  UErrorCode status = U_ZERO_ERROR;
  return utf8(data_->numbers.formatInt(value, status), status);
}

std::string LanguageRules::number(double value) const {
  UErrorCode status = U_ZERO_ERROR;
  return utf8(data_->numbers.formatDouble(value, status), status);
}

std::string LanguageRules::date(std::chrono::year_month_day day) const {
  return written(*data_->dates, std::chrono::local_days(day));
}

std::string LanguageRules::date_and_time(std::chrono::local_seconds time) const {
  return written(*data_->dates_and_times, time);
}

bool LanguageRules::right_to_left() const {
  return data_->right_to_left;
}

}  // namespace osrbot
