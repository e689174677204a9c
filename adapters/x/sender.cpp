#include "adapters/x/sender.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/x/calls.h"
#include "adapters/x/post_reader.h"
#include "adapters/x/render.h"

namespace osrbot::x {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// X: 100 posts in 15 minutes for an account, 10,000 in 24 hours for an app.
constexpr std::chrono::minutes short_window{15};
constexpr std::size_t most_in_short_window = 100;
constexpr std::chrono::hours long_window{24};
constexpr std::size_t most_in_long_window = 10'000;
constexpr milliseconds soon{5'000};

RetryLater later(milliseconds after, std::string why) {
  return {.after = after, .why = std::move(why)};
}

/// The id in the answer to a post or a direct message.
std::string id_of(const std::string& answer, const char* name) {
  const auto body = read_json(answer);
  const auto* data = field(body, "data");
  if (data == nullptr) throw Malformed("no data");
  auto id = string(*data, name);
  if (to_id(id) == 0) throw Malformed("no id");
  return id;
}

bool is_duplicate(const Delivery& delivery) {
  const auto* rejected = std::get_if<Rejected>(&delivery);
  return rejected != nullptr && rejected->why.find("duplicate") != std::string::npos;
}

/// The text of a post as X shows it, without what X may have put before or changed: for comparison.
bool is_same_text(std::string_view shown, std::string_view written) {
  const auto link = std::min(written.find("http"), written.size());
  return shown.starts_with(written.substr(0, link)) && (link < written.size() || shown.size() == written.size());
}

}  // namespace

Sender::Sender(const XConfig& config, Parts parts, const TextRules& rules, Pace pace)
    : config_(config),
      parts_(std::move(parts)),
      rules_(rules),
      pace_(pace),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Sender::~Sender() {
  thread_.request_stop();
  thread_.join();
}

void Sender::send(OutboundMessage message, std::function<void(Delivery)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      orders_.push_back({std::move(message), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(later(milliseconds(0), "the bot is stopping"));
}

void Sender::run(const std::stop_token& stop) {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return !orders_.empty(); });
    if (stop.stop_requested()) break;
    const Order order = std::move(orders_.front());
    orders_.pop_front();
    lock.unlock();
    order.done(deliver(order.message, stop));
  }
  std::deque<Order> left;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    left.swap(orders_);
  }
  for (const Order& order : left) order.done(later(milliseconds(0), "the bot is stopping"));
}

Delivery Sender::deliver(const OutboundMessage& message, const std::stop_token& stop) {
  const auto self = parts_.account.self();
  if (!self) return later(soon, "X has not told yet who the bot is");
  try {
    auto end = message.to.is_private ? deliver_message(message, *self, stop) : deliver_posts(message, *self, stop);
    // A call is of use next month as well; an answer that comes weeks later is not.
    if (auto* later = std::get_if<RetryLater>(&end); later != nullptr && message.to.conversation != timeline) {
      later->held = false;
    }
    return end;
  } catch (const std::exception& error) {
    // The journal cannot be written: what was begun is looked for before it goes again.
    return later(soon, error.what());
  }
}

Delivery Sender::deliver_message(const OutboundMessage& message, const Self& self, const std::stop_token& stop) {
  const std::string& person = message.to.conversation;
  if (to_id(person) == 0 || !parts_.journal.has_summoned("dm:" + person)) {
    return Rejected{.why = "the bot writes only to who has written to it before", .unreachable = true};
  }
  const auto texts = render(message.message, {.handle = self.handle, .is_private = true, .links = true}, rules_);
  const auto known = parts_.journal.parts(message.id);
  std::string id;
  for (std::size_t part = 0; part < texts.size(); ++part) {
    // One that was begun and not confirmed goes again: to look for it would cost as much, and rather twice than never.
    if (part < known.size() && !known[part].post_id.empty()) {
      id = known[part].post_id;
      continue;
    }
    const auto call = calls::message(person, texts[part]);
    if (auto end = write(message.id, part, Charge::write_message, call, id, stop)) {
      if (auto* rejected = std::get_if<Rejected>(&*end)) rejected->unreachable = true;
      return *std::move(end);
    }
  }
  return Sent{.message_id = id};
}

Delivery Sender::deliver_posts(const OutboundMessage& message, const Self& self, const std::stop_token& stop) {
  const bool own = message.to.conversation == timeline;
  if (!own && message.reply_to.empty()) return Rejected{.why = "X permits the bot to answer only who spoke to it"};
  if (!own && !parts_.journal.may_answer(message.reply_to, message.id)) {
    return Rejected{.why = "X permits one answer to each post that mentions the bot, and none to others"};
  }
  const bool links = config_.links.value_or(false);
  const auto texts = render(message.message, {.handle = self.handle, .is_private = false, .links = links}, rules_);
  if (texts.empty()) return Rejected{.why = "there is nothing to say"};

  const auto known = parts_.journal.parts(message.id);
  std::string parent = message.reply_to;
  std::string first;
  for (std::size_t part = 0; part < texts.size(); ++part) {
    std::string id = part < known.size() ? known[part].post_id : "";
    const bool summoned = !own && part == 0;
    bool unsure = false;
    const auto price = links && !rules_.links(texts[part]).empty() ? Charge::write_link
                       : summoned                                  ? Charge::write_reply
                                                                   : Charge::write_post;
    if (id.empty() && part < known.size() && known[part].begun) {
      auto found = find_part(self, texts[part], parent, stop);
      if (auto* delivery = std::get_if<Delivery>(&found)) return std::move(*delivery);
      id = std::get<std::string>(found);
      unsure = id.empty();
      if (unsure) {
        parts_.journal.undo_part(message.id, part);
        parts_.budget.pay(price, -1);
      } else {
        parts_.journal.finish_part(message.id, part, id);
      }
    }
    if (id.empty()) {
      std::string picture;
      if (own && part == 0 && message.message.picture) {
        auto uploaded = upload(*message.message.picture, price, stop);
        if (auto* end = std::get_if<Delivery>(&uploaded)) return std::move(*end);
        picture = std::get<std::string>(std::move(uploaded));
      }
      if (auto end = write(message.id, part, price, calls::post(texts[part], parent, picture), id, stop)) {
        if (!(unsure && is_duplicate(*end))) return *std::move(end);
        // It is out, though X does not list it yet.
        parts_.budget.pay(price);
        parts_.journal.begin_part(message.id, part);
        return later(soon, "a part is out that X does not list yet");
      }
    }
    if (part == 0) first = id;
    parent = id;
  }
  return Sent{.message_id = first};
}

std::optional<Delivery> Sender::write(std::int64_t message, std::size_t part, Charge price, const Call& call,
                                      std::string& id, const std::stop_token& stop) {
  if (auto full = wait_for_room()) return *std::move(full);
  if (!parts_.budget.allows(price)) return budget_used_up();
  parts_.budget.pay(price);
  parts_.journal.begin_part(message, part);
  const auto not_written = [&] {
    parts_.journal.undo_part(message, part);
    parts_.budget.pay(price, -1);
  };
  const auto outcome = parts_.api.fetch(call, stop);
  if (const auto* answer = std::get_if<Answer>(&outcome)) {
    written_.push_back(steady_clock::now());
    if (answer->wait_until) room_from_ = *answer->wait_until;
    try {
      id = id_of(answer->json, price == Charge::write_message ? "dm_event_id" : "id");
    } catch (const Malformed& error) {
      ++parts_.counts.failures;
      return later(soon, fmt::format("X's answer to a post makes no sense: {}", error.what()));
    }
    parts_.journal.finish_part(message, part, id);
    return std::nullopt;
  }
  ++parts_.counts.failures;
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    // After a 5xx nobody knows whether the post is out.
    if (refusal->status < 500) not_written();
    return delivery_of(*refusal);
  }
  const auto& failure = std::get<Failure>(outcome);
  if (!failure.sent) not_written();
  return delivery_of(failure);
}

std::variant<std::string, Delivery> Sender::upload(const Picture& picture, Charge post, const std::stop_token& stop) {
  if (auto full = wait_for_room()) return *std::move(full);
  if (!parts_.budget.allows(post) || !parts_.budget.allows(Charge::write_picture)) return budget_used_up();
  auto uploaded = upload_step(calls::upload(picture), stop);
  const auto* id = std::get_if<std::string>(&uploaded);
  if (id == nullptr) return uploaded;
  auto described = upload_step(calls::describe_picture(*id, picture.alt), stop);
  if (std::holds_alternative<Delivery>(described)) return described;
  parts_.budget.pay(Charge::write_picture);
  return uploaded;
}

std::variant<std::string, Delivery> Sender::upload_step(const Call& call, const std::stop_token& stop) {
  const auto outcome = parts_.api.fetch(call, stop);
  if (const auto* answer = std::get_if<Answer>(&outcome)) {
    try {
      return id_of(answer->json, "id");
    } catch (const Malformed& error) {
      return later(soon, fmt::format("X's answer to a picture makes no sense: {}", error.what()));
    }
  }
  ++parts_.counts.failures;
  if (const auto* failure = std::get_if<Failure>(&outcome)) return delivery_of(*failure);
  const auto& refusal = std::get<Refusal>(outcome);
  if (refusal.status == 403) {
    return Rejected{.why = describe(refusal) +
                           "; pictures need the permission media.write: run `osrbot x login` again, or check the app's "
                           "permissions"};
  }
  return delivery_of(refusal);
}

std::variant<std::string, Delivery> Sender::find_part(const Self& self, const std::string& text,
                                                      const std::string& parent, const std::stop_token& stop) {
  if (!parts_.budget.allows(Charge::read_mention)) return budget_used_up();
  const auto outcome = parts_.api.fetch(calls::own_posts(self.id, to_id(parent)), stop);
  const auto* answer = std::get_if<Answer>(&outcome);
  if (answer == nullptr) {
    return later(soon, fmt::format("whether a part is out could not be found out: {}", describe(outcome)));
  }
  try {
    const auto posts = own_posts(answer->json);
    parts_.budget.pay(Charge::read_mention, static_cast<std::int64_t>(posts.size()));
    const auto found = std::ranges::find_if(posts, [&](const OwnPost& post) {
      return post.reply_to == parent && (!parent.empty() || is_same_text(post.text, text));
    });
    return found == posts.end() ? std::string() : found->id;
  } catch (const Malformed& error) {
    return later(soon, error.what());
  }
}

RetryLater Sender::budget_used_up() const {
  return {.after = pace_.budget, .why = "the month's budget for X is used up", .held = true};
}

std::optional<RetryLater> Sender::wait_for_room() {
  if (const auto told = room_from_ - parts_.api.now(); told.count() > 0) {
    return later(told, "X's limit of posts is reached");
  }
  const auto now = steady_clock::now();
  while (!written_.empty() && written_.front() + long_window <= now) written_.pop_front();
  const auto full = [&](std::size_t most, steady_clock::duration window) -> std::optional<milliseconds> {
    if (written_.size() < most) return std::nullopt;
    const auto free_at = written_[written_.size() - most] + window;
    if (free_at <= now) return std::nullopt;
    return std::chrono::ceil<milliseconds>(free_at - now);
  };
  auto wait = full(most_in_short_window, short_window);
  if (const auto day = full(most_in_long_window, long_window)) wait = std::max(wait.value_or(milliseconds(0)), *day);
  if (!wait) return std::nullopt;
  return later(*wait, "X's limit of posts is reached");
}

Delivery Sender::delivery_of(const Refusal& refusal) {
  const auto why = describe(refusal);
  if (refusal.status == 429) {
    const auto wait = refusal.wait_until ? *refusal.wait_until - parts_.api.now() : std::chrono::seconds(60);
    return later(std::max(milliseconds(1'000), std::chrono::duration_cast<milliseconds>(wait)), why);
  }
  if (refusal.status >= 500) return later(milliseconds(0), why);
  if (refusal.status == 401) {
    parts_.log(LogLevel::error, "X refuses the account: mend the keys of OAuth 1.0a, or run `osrbot x login` again");
    return later(pace_.login, why);
  }
  return Rejected{.why = why};
}

Delivery Sender::delivery_of(const Failure& failure) {
  if (failure.login_needed) {
    parts_.log(LogLevel::error, failure.why);
    return later(pace_.login, failure.why);
  }
  return later(milliseconds(0), failure.why);
}

}  // namespace osrbot::x
