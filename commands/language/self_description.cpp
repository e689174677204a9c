#include "commands/language/self_description.h"

#include <algorithm>
#include <utility>

#include "commands/language/details.h"
#include "commands/language/needs.h"
#include "commands/language/numbers.h"
#include "commands/language/orcid.h"
#include "commands/language/reading.h"

namespace osrbot::language {
namespace {

void add(std::vector<std::string>& list, const std::string& entry) {
  if (std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(entry);
}

class SelfReader {
 public:
  SelfReader(std::string_view text, const Lexicon& lexicon, Asked asked) : reading_(text, lexicon), asked_(asked) {}

  SelfDescription read() {
    skills();
    hours();
    places();
    labels();
    orcid();
    return std::move(found_);
  }

  std::string words() {
    read();
    std::sort(ranges_.begin(), ranges_.end());
    std::string result;
    std::size_t end = 0;
    for (const auto& [first, last] : ranges_) {
      if (first < end) continue;
      if (!result.empty()) result += ", ";
      result += reading_.slice(first, last);
      end = last;
    }
    return result;
  }

 private:
  void skills() {
    for (const Hit* hit : skills_of(reading_)) {
      const std::string& id = reading_.lexicon().skills()[reading_.meaning(*hit).value].id;
      const bool wanted = reading_.has(Sense::learn) ? is_to_be_learnt(*hit) : asked_ == Asked::wants;
      add(wanted ? found_.wants : found_.skills, id);
      note(hit->first, hit->last);
    }
    // One cannot want to learn what one can do: what was said last of all is true.
    std::erase_if(found_.skills, [&](const std::string& id) {
      return std::find(found_.wants.begin(), found_.wants.end(), id) != found_.wants.end();
    });
  }

  /// Behind words like "I want to learn", in the same sentence and before another verb about oneself.
  bool is_to_be_learnt(const Hit& skill) {
    const std::size_t begin = reading_.sentence_begin(skill.first);
    for (auto i = static_cast<std::size_t>(skill.first); i > begin; --i) {
      if (const Hit* cue = reading_.at(Sense::learn, i - 1)) {
        note(cue->first, cue->last);
        return true;
      }
      if (reading_.at(Sense::self, i - 1) || reading_.at(Sense::offer_weak, i - 1)) return false;
    }
    return false;
  }

  void hours() {
    std::optional<Quantity> bare;
    for (const Quantity& quantity : find_quantities(reading_.tokens(), reading_.language())) {
      const bool weekly = quantity.kind == QuantityKind::hours_per_week;
      const bool duration = quantity.kind == QuantityKind::duration && quantity.unit == TimeUnit::hour;
      if (weekly || duration) return take_hours(quantity);
      if (asked_ == Asked::hours && quantity.kind == QuantityKind::duration && quantity.unit == TimeUnit::minute) {
        Quantity in_hours = quantity;
        in_hours.low /= 60;
        return take_hours(in_hours);
      }
      if (quantity.kind == QuantityKind::number && quantity.form != QuantityForm::article && !bare) bare = quantity;
    }
    if (asked_ == Asked::hours && bare) take_hours(*bare);
  }

  void take_hours(const Quantity& quantity) {
    if (!(quantity.low > 0 && quantity.low <= kMostHoursAWeek)) return;
    found_.hours = quantity.low;
    note(quantity.first, quantity.last);
  }

  void places() {
    for (const Hit& hit : reading_.hits()) {
      const Meaning& meaning = reading_.meaning(hit);
      if (meaning.sense != Sense::country && meaning.sense != Sense::city) continue;
      if (reading_.at(Sense::region, hit.first)) continue;
      if (asked_ != Asked::place && !is_place(reading_, hit)) continue;
      const std::string& code = reading_.lexicon().label(meaning.value);
      if (!found_.country.empty() && found_.country != code) continue;
      found_.country = code;
      if (meaning.sense == Sense::city && found_.city.empty()) {
        found_.city = std::string(reading_.slice(hit.first, hit.last));
      }
      note(hit.first, hit.last);
    }
  }

  void labels() {
    for (const Hit& hit : reading_.hits()) {
      const Meaning& meaning = reading_.meaning(hit);
      switch (meaning.sense) {
        case Sense::language_name:
          if (asked_ != Asked::languages && !reading_.has(Sense::speaks)) continue;
          add(found_.languages, reading_.lexicon().label(meaning.value));
          break;
        case Sense::speaks:
          if (!reading_.has(Sense::language_name)) continue;
          break;
        case Sense::career_stage:
          if (!found_.career_stage.empty()) continue;
          found_.career_stage = reading_.lexicon().label(meaning.value);
          break;
        case Sense::first_timer:
          found_.first_timer = true;
          break;
        default:
          continue;
      }
      note(hit.first, hit.last);
    }
  }

  void orcid() {
    const Tokens& tokens = reading_.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != TokenKind::orcid) continue;
      std::string id(tokens.original(i));
      if (id.back() == 'x') id.back() = 'X';
      if (!is_valid_orcid(id)) continue;
      found_.orcid = std::move(id);
      note(i, i + 1);
    }
  }

  void note(std::size_t first, std::size_t last) { ranges_.emplace_back(first, last); }

  const Reading reading_;
  const Asked asked_;
  SelfDescription found_;
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;  ///< tokens that say something
};

}  // namespace

bool SelfDescription::empty() const {
  return skills.empty() && wants.empty() && !hours && country.empty() && languages.empty() && career_stage.empty() &&
         !first_timer && orcid.empty();
}

SelfDescription read_self_description(std::string_view text, const Lexicon& lexicon, Asked asked) {
  return SelfReader(text, lexicon, asked).read();
}

std::string words_about_oneself(std::string_view text, const Lexicon& lexicon) {
  return SelfReader(text, lexicon, Asked::anything).words();
}

}  // namespace osrbot::language
