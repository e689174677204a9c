#include "adapters/telegram/webhook.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "adapters/transport/digest.h"

namespace osrbot::telegram {

namespace {

// As many as a poll brings.
constexpr std::size_t largest_batch = 100;

ServerResponse stopping() {
  return {.status = 503, .body = "stopping\n"};
}

}  // namespace

struct Webhook::Queue {
  struct Call {
    std::string update;
    HttpServer::Reply reply;
  };

  std::mutex mutex;
  std::condition_variable_any arrived;
  std::vector<Call> calls;
  bool closed = false;

  std::vector<Call> take(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    if (!arrived.wait(lock, stop, [&] { return !calls.empty(); })) return {};
    const auto count = static_cast<std::ptrdiff_t>(std::min(calls.size(), largest_batch));
    std::vector<Call> out(std::move_iterator(calls.begin()), std::move_iterator(calls.begin() + count));
    calls.erase(calls.begin(), calls.begin() + count);
    return out;
  }
};

Webhook::Webhook(Secret secret, Counts& counts)
    : secret_(std::move(secret)), counts_(counts), queue_(std::make_shared<Queue>()) {}

bool Webhook::is_from_telegram(const ServerRequest& request) const {
  const auto told = request.header("x-telegram-bot-api-secret-token");
  const auto& known = secret_.reveal();
  return !known.empty() && equal_in_constant_time(told, known);
}

HttpServer::Handler Webhook::handler() {
  return [this](ServerRequest request, HttpServer::Reply reply) {
    if (request.method != "POST") return reply({.status = 405, .body = "POST only\n", .headers = {{"Allow", "POST"}}});
    if (!is_from_telegram(request)) {
      ++counts_.forged;
      return reply({.status = 403, .body = "the secret token is missing or wrong\n"});
    }
    {
      const std::lock_guard lock(queue_->mutex);
      if (!queue_->closed) {
        queue_->calls.push_back({std::move(request.body), std::move(reply)});
        queue_->arrived.notify_one();
        return;
      }
    }
    reply(stopping());
  };
}

void Webhook::run(const std::stop_token& stop, Intake& intake, const Deliver& deliver) {
  for (;;) {
    const auto calls = queue_->take(stop);
    if (calls.empty()) return;
    for (const auto& call : calls) intake.add(call.update);
    const bool durable = intake.deliver({}, deliver, stop);
    // An update that cannot be read is answered with 200 as well: it would not get better by being sent again.
    for (const auto& call : calls) call.reply(durable ? ServerResponse{} : stopping());
    if (!durable) return;
  }
}

void Webhook::close() {
  std::vector<Queue::Call> left;
  {
    const std::lock_guard lock(queue_->mutex);
    queue_->closed = true;
    left.swap(queue_->calls);
  }
  for (const auto& call : left) call.reply(stopping());
}

}  // namespace osrbot::telegram
