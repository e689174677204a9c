#include "commands/language/intent.h"

#include <algorithm>

namespace osrbot::language {
namespace {

bool asks_at(const Reading& reading, std::size_t token) {
  const auto end = reading.sentence_end(token);
  return reading.tokens().is_mark(end, "?");
}

/// Anything between `hit` and the two words before it of that sense?
bool follows(const Reading& reading, const Hit& hit, Sense sense, std::size_t reach) {
  if (!reading.has(sense)) return false;
  const auto from = hit.first > reach ? hit.first - reach : 0;
  for (auto i = hit.first; i > from; --i) {
    if (reading.ends_sentence(i - 1)) return false;
    if (reading.at(sense, i - 1)) return true;
  }
  return false;
}

bool inside(const Reading& reading, const Hit& hit, Sense sense) {
  const auto* outer = reading.at(sense, hit.first);
  return outer && outer->last >= hit.last && outer->last - outer->first >= hit.last - hit.first;
}

/// Is the whole message a way to say stop, but for mentions, tags and courtesy?
const Hit* stop_alone(const Reading& reading) {
  const auto& tokens = reading.tokens();
  const auto* stop = reading.find(Sense::stop_alone);
  if (!stop) return nullptr;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::number || tokens[i].kind == TokenKind::url) return nullptr;
    if (tokens[i].kind != TokenKind::word) continue;
    if (!reading.at(Sense::stop_alone, i) && !reading.at(Sense::politeness, i)) return nullptr;
  }
  return stop;
}

bool is_repost(const Reading& reading) {
  constexpr std::size_t kBeginning = 2;
  const auto* hit = reading.find(Sense::repost);
  return hit && hit->first <= kBeginning;
}

/// Does what is needed follow in the sentence?
bool names_object(const Reading& reading, const Hit& hit) {
  const auto end = reading.sentence_end(hit.first);
  for (auto i = static_cast<std::size_t>(hit.last); i < end; ++i) {
    if (reading.at(Sense::skill, i) || reading.at(Sense::people, i) || reading.at(Sense::role, i)) return true;
  }
  return false;
}

/// "Does my hospital need ethics approval?" asks; "need" in it calls for nobody. Neither does "Need a statistician? I
/// can help".
bool is_real_need(const Reading& reading, const Hit& hit) {
  if (follows(reading, hit, Sense::third_party, 3)) return false;
  if (!asks_at(reading, hit.first)) return true;
  if (reading.has(Sense::offer)) return false;
  const auto begin = reading.sentence_begin(hit.first);
  for (auto i = begin; i <= std::min<std::size_t>(begin + 2, hit.first); ++i) {
    if (reading.at(Sense::question, i)) return i == hit.first && names_object(reading, hit);
  }
  return true;
}

bool has_object(const Reading& reading) {
  return reading.has(Sense::skill) || reading.has(Sense::people) || reading.has(Sense::role);
}

const Hit* first_call(const Reading& reading) {
  for (const auto& hit : reading.hits()) {
    const auto sense = reading.meaning(hit).sense;
    if (sense != Sense::call && sense != Sense::need_verb) continue;
    if (is_cancelled(reading, hit) || follows(reading, hit, Sense::third_party, 2)) continue;
    if (inside(reading, hit, Sense::seek_place) || reading.at(Sense::offer, hit.first)) continue;
    // "puedo ayudar con": the call's words, offered.
    if (hit.first > 0 && (reading.at(Sense::offer_weak, hit.first - 1) || reading.at(Sense::offer, hit.first - 1)))
      continue;
    if (sense == Sense::need_verb && !is_real_need(reading, hit)) continue;
    return &hit;
  }
  return nullptr;
}

const Hit* first_weak_call(const Reading& reading) {
  if (!has_object(reading)) return nullptr;
  for (const auto& hit : reading.hits()) {
    if (reading.meaning(hit).sense != Sense::call_weak) continue;
    if (!asks_at(reading, hit.first) || is_cancelled(reading, hit)) continue;
    // The skill must be in the same question.
    const auto end = reading.sentence_end(hit.first);
    for (auto i = hit.last; i < end; ++i) {
      if (reading.at(Sense::skill, i) || reading.at(Sense::people, i)) return &hit;
    }
  }
  return nullptr;
}

const Hit* first_uncancelled(const Reading& reading, Sense sense) {
  if (!reading.has(sense)) return nullptr;
  for (const auto& hit : reading.hits()) {
    if (reading.meaning(hit).sense == sense && !is_cancelled(reading, hit) && !inside(reading, hit, Sense::invite))
      return &hit;
  }
  return nullptr;
}

const Hit* first_offer(const Reading& reading) {
  if (const auto* strong = first_uncancelled(reading, Sense::offer)) return strong;
  const bool concrete = reading.has(Sense::skill) || reading.has(Sense::language_name);
  const auto* weak = first_uncancelled(reading, Sense::offer_weak);
  return weak && concrete && !asks_at(reading, weak->first) ? weak : nullptr;
}

const Hit* first_update(const Reading& reading) {
  for (const auto& hit : reading.hits()) {
    if (reading.meaning(hit).sense != Sense::update) continue;
    if (!asks_at(reading, hit.first) && !follows(reading, hit, Sense::negation, 2)) return &hit;
  }
  return nullptr;
}

bool same_sentence(const Reading& reading, const Hit& one, const Hit& other) {
  return reading.sentence_begin(one.first) == reading.sentence_begin(other.first);
}

}  // namespace

bool is_cancelled(const Reading& reading, const Hit& hit) {
  if (inside(reading, hit, Sense::call_closed)) return true;
  if (follows(reading, hit, Sense::negation, 2)) return true;
  // "I can not"
  const auto sense = reading.meaning(hit).sense;
  return (sense == Sense::offer_weak || sense == Sense::offer) && reading.at(Sense::negation, hit.last) != nullptr;
}

IntentVerdict read_intent(const Reading& reading) {
  IntentVerdict verdict;
  const auto decide = [&](Intent intent, const Hit* cue) {
    verdict.intent = intent;
    if (cue) verdict.cue = *cue;
    return verdict;
  };
  if (is_repost(reading)) {
    verdict.repost = true;
    return decide(Intent::none, reading.find(Sense::repost));
  }
  if (const auto* stop = reading.find(Sense::stop)) return decide(Intent::optout, stop);
  if (const auto* stop = stop_alone(reading)) return decide(Intent::optout, stop);

  const auto* call = first_call(reading);
  const auto* join = first_uncancelled(reading, Sense::join);
  const auto* offer = first_offer(reading);
  if (const auto* leave = reading.find(Sense::leave); leave && !asks_at(reading, leave->first))
    return decide(Intent::leave, leave);
  if (const auto* closed = reading.find(Sense::call_closed); closed && !call && !join && !offer) {
    verdict.negated_call = true;
    return decide(Intent::none, closed);
  }
  if (const auto* update = first_update(reading)) {
    const bool filled = reading.lexicon().label(reading.meaning(*update).value) == "need-filled";
    // "Screening is finished. Now we need a statistician" calls; "finished my degree, happy to help" offers.
    const bool calls = call && has_object(reading) && !same_sentence(reading, *call, *update);
    const bool offers = !filled && (join || offer);
    if (!calls && !offers) return decide(Intent::update, update);
  }
  if (join) return decide(Intent::join, join);
  if (const auto* place = first_uncancelled(reading, Sense::seek_place)) return decide(Intent::join, place);
  const auto* idea = reading.find(Sense::idea);
  if (call && !(offer && offer->first < call->first && reading.meaning(*call).sense == Sense::need_verb &&
                same_sentence(reading, *offer, *call))) {
    return decide(Intent::call, call);
  }
  if (idea) return decide(Intent::idea, idea);
  if (offer) return decide(Intent::offer, offer);
  if (const auto* weak = first_weak_call(reading)) return decide(Intent::call, weak);
  const auto& tokens = reading.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens.is_mark(i, "?")) return decide(Intent::question, reading.find(Sense::question));
  }
  if (const auto* question = reading.find(Sense::question);
      question && reading.sentence_begin(question->first) == question->first) {
    return decide(Intent::question, question);
  }
  return verdict;
}

}  // namespace osrbot::language
