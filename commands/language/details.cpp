#include "commands/language/details.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/language/orcid.h"

namespace osrbot::language {
namespace {

std::string iso(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

class Details {
 public:
  Details(const Reading& reading, Post& post) : reading_(reading), tokens_(reading.tokens()), post_(post) {}

  void labels() {
    const bool wants = post_.intent == Intent::call || post_.intent == Intent::idea;
    const bool person = post_.intent == Intent::offer || post_.intent == Intent::join;
    if (wants) label(Sense::study_type, post_.extra.study_type, "study_type");
    if (wants || person) label(Sense::role, post_.extra.role, "role");
    if (person) label(Sense::career_stage, post_.extra.career_stage, "career_stage");
    if (wants) label(Sense::urgency, post_.extra.urgency, "urgency");
    if (wants || person) label(Sense::region, post_.extra.region, "region");
    if (post_.intent == Intent::question) label(Sense::topic, post_.extra.topic, "topic");
    if (post_.intent == Intent::update) label(Sense::update, post_.extra.update, "update");
    post_.extra.first_timer = person && mark(Sense::first_timer, "first_timer");
    post_.extra.students_welcome = post_.intent == Intent::call && mark(Sense::students_welcome, "students_welcome");
    post_.extra.lmic_preferred = post_.intent == Intent::call && mark(Sense::lmic, "lmic_preferred");
  }

  void places() {
    const bool person = post_.intent == Intent::offer || post_.intent == Intent::join;
    for (const auto& hit : reading_.hits()) {
      const auto& meaning = reading_.meaning(hit);
      if ((meaning.sense != Sense::country && meaning.sense != Sense::city) || !is_place(reading_, hit)) continue;
      if (reading_.at(Sense::region, hit.first)) continue;  // "Latin America"
      const auto& code = reading_.lexicon().label(meaning.value);
      if (person) {
        // The first place of somebody who offers is where they are.
        if (post_.extra.country.empty()) {
          post_.extra.country = code;
          note("country", code, hit);
        }
      } else if (std::find(post_.extra.countries_mentioned.begin(), post_.extra.countries_mentioned.end(), code) ==
                 post_.extra.countries_mentioned.end()) {
        post_.extra.countries_mentioned.push_back(code);
        note("countries_mentioned", code, hit);
      }
    }
  }

  void languages() {
    if (!reading_.has(Sense::language_name)) return;
    const bool translation = std::find(post_.skills.begin(), post_.skills.end(), "translation") != post_.skills.end();
    const bool person = post_.intent == Intent::offer || post_.intent == Intent::join;
    auto& target = translation && !(person && reading_.has(Sense::speaks)) ? post_.extra.translation_languages
                                                                           : post_.extra.languages;
    if (!translation && !person && !reading_.has(Sense::speaks)) return;
    for (const auto& hit : reading_.hits()) {
      if (reading_.meaning(hit).sense != Sense::language_name) continue;
      const auto& code = reading_.lexicon().label(reading_.meaning(hit).value);
      if (std::find(target.begin(), target.end(), code) != target.end()) continue;
      target.push_back(code);
      note(&target == &post_.extra.languages ? "languages" : "translation_languages", code, hit);
    }
  }

  void identifiers() {
    std::size_t long_numbers = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::orcid) {
        std::string id(tokens_.original(i));
        if (id.back() == 'x') id.back() = 'X';
        ++long_numbers;
        if (post_.extra.orcid.empty() && is_valid_orcid(id)) post_.extra.orcid = id;
      } else if (tokens_[i].kind == TokenKind::doi) {
        if (post_.extra.doi.empty()) post_.extra.doi = std::string(tokens_.original(i));
        ++long_numbers;
      } else if (tokens_[i].kind == TokenKind::number && tokens_.folded(i).size() >= 9) {
        ++long_numbers;
      }
    }
    post_.extra.not_phi = long_numbers > 0;
  }

  void hours(const std::vector<Quantity>& quantities) {
    if (post_.intent != Intent::offer && post_.intent != Intent::join && post_.intent != Intent::call) return;
    for (const auto& quantity : quantities) {
      if (quantity.kind != QuantityKind::hours_per_week) continue;
      post_.extra.hours_per_week = static_cast<int>(quantity.low);
      note("hours_per_week", std::to_string(*post_.extra.hours_per_week),
           {static_cast<std::uint32_t>(quantity.first), static_cast<std::uint32_t>(quantity.last), 0});
      return;
    }
  }

  void dates(const std::vector<DateMatch>& dates) {
    const bool person = post_.intent == Intent::offer || post_.intent == Intent::join;
    for (const auto& date : dates) {
      const Hit words{static_cast<std::uint32_t>(date.marked_first), static_cast<std::uint32_t>(date.marked_last), 0};
      if (person) {
        if ((date.role == DateRole::start || announced(date, Sense::available)) && post_.extra.available_from.empty() &&
            !date.is_ambiguous()) {
          post_.extra.available_from = iso(date.candidates.front());
          note("available_from", post_.extra.available_from, words);
        }
        continue;
      }
      if (is_deadline(date)) {
        if (post_.deadline.empty() && post_.extra.deadline_candidates.empty()) deadline(date, words);
      } else if ((date.role == DateRole::start || announced(date, Sense::start)) && post_.extra.start_date.empty() &&
                 !date.is_ambiguous()) {
        post_.extra.start_date = iso(date.candidates.front());
        note("start_date", post_.extra.start_date, words);
      }
    }
  }

  void tools() {
    if (post_.intent == Intent::none || post_.intent == Intent::leave) return;
    for (const auto& hit : reading_.hits()) {
      const auto& meaning = reading_.meaning(hit);
      if (meaning.sense != Sense::skill || !meaning.tool) continue;
      // A program that is a skill of its own ("REDCap") says nothing more.
      const auto& skill = reading_.lexicon().skills()[meaning.value];
      const auto name = reading_.slice(hit.first, hit.last);
      const bool same = std::equal(name.begin(), name.end(), skill.id.begin(), skill.id.end(),
                                   [](char a, char b) { return (a | 0x20) == b; });
      if (same || name.size() <= skill.id.size()) {
        if (same || skill.id.find('-') == std::string::npos) continue;
      }
      post_.extra.tool = std::string(name);
      note("tool", post_.extra.tool, hit);
      return;
    }
  }

  void credit() {
    if (post_.extra.update != "task-done") return;
    for (const auto& id : post_.skills) {
      const auto& role = reading_.lexicon().skills()[reading_.lexicon().skill_with_id(id)].credit;
      if (!role.empty() &&
          std::find(post_.extra.credit.begin(), post_.extra.credit.end(), role) == post_.extra.credit.end())
        post_.extra.credit.push_back(role);
    }
  }

 private:
  void note(std::string_view field, std::string value, const Hit& hit) {
    post_.evidence.push_back({field, std::move(value), tokens_[hit.first].begin, tokens_[hit.last - 1].end});
  }

  void label(Sense sense, std::string& out, std::string_view field) {
    const Hit* best = nullptr;
    for (const auto& hit : reading_.hits()) {
      if (reading_.meaning(hit).sense == sense && (!best || hit.last - hit.first > best->last - best->first) && !best)
        best = &hit;
    }
    if (!best) return;
    out = reading_.lexicon().label(reading_.meaning(*best).value);
    note(field, out, *best);
  }

  bool mark(Sense sense, std::string_view field) {
    const auto* hit = reading_.find(sense);
    if (hit) note(field, "yes", *hit);
    return hit != nullptr;
  }

  /// Does a phrase of that sense stand in front of the date, in its sentence?
  bool announced(const DateMatch& date, Sense sense) const {
    constexpr std::size_t kReach = 6;
    for (auto i = date.marked_first; i > 0 && i + kReach > date.marked_first; --i) {
      if (reading_.ends_sentence(i - 1)) return false;
      if (reading_.at(sense, i - 1)) return true;
    }
    return false;
  }

  bool is_deadline(const DateMatch& date) const {
    if (post_.intent != Intent::call && post_.intent != Intent::update && post_.intent != Intent::idea) return false;
    if (date.role == DateRole::deadline) return true;
    if (date.role == DateRole::start) return false;
    // "we submit this Friday", "Deadline: 5 May"; in Hindi the word follows.
    if (announced(date, Sense::deadline)) return true;
    return reading_.at(Sense::deadline, date.marked_last) != nullptr && !announced(date, Sense::start);
  }

  void deadline(const DateMatch& date, const Hit& words) {
    if (date.is_ambiguous()) {
      for (const auto& day : date.candidates) post_.extra.deadline_candidates.push_back(iso(day));
      post_.flags.emplace_back("ambiguous-date");
      note("deadline", "ambiguous: " + fmt::format("{}", fmt::join(post_.extra.deadline_candidates, " or ")), words);
    } else {
      post_.deadline = iso(date.candidates.front());
      note("deadline", post_.deadline, words);
    }
  }

  const Reading& reading_;
  const Tokens& tokens_;
  Post& post_;
};

}  // namespace

bool is_place(const Reading& reading, const Hit& hit) {
  const auto& tokens = reading.tokens();
  const auto& token = tokens[hit.first];
  if (static_cast<unsigned char>(tokens.text()[token.begin]) >= 0x80) return true;
  if (token.capital && !(reading.shouted() && tokens.folded(hit.first).size() <= 3)) return true;
  return hit.first > 0 && reading.at(Sense::located, hit.first - 1) && tokens.folded(hit.first).size() >= 4;
}

void read_details(const Reading& reading, const std::vector<Quantity>& quantities, const std::vector<DateMatch>& dates,
                  Post& post) {
  Details details(reading, post);
  details.labels();
  details.places();
  details.languages();
  details.identifiers();
  details.hours(quantities);
  details.dates(dates);
  details.tools();
  details.credit();
}

}  // namespace osrbot::language
