// A platform that keeps what it is given to send, and answers when the test says so.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/adapter.h"

namespace osrbot::fakes {

class RecordingAdapter final : public Adapter {
 public:
  explicit RecordingAdapter(std::string name, Capabilities can = {.buttons = true, .sends_in_flight = 8})
      : name_(std::move(name)), can_(can) {}

  std::string_view name() const override { return name_; }
  Capabilities capabilities() const override { return can_; }
  void publish(const Menus&) override {}
  void receive(std::stop_token, const std::string&, const Deliver&) override {}

  void send(OutboundMessage message, std::function<void(Delivery)> done) override {
    sent.push_back(message);
    if (answers_at_once) {
      done(Sent{std::to_string(sent.size())});
    } else {
      in_flight.emplace_back(std::move(message), std::move(done));
    }
  }

  /// Answers the oldest message that is in flight.
  void answer(Delivery delivery) {
    auto done = std::move(in_flight.front().second);
    in_flight.pop_front();
    done(std::move(delivery));
  }

  bool answers_at_once = true;
  std::vector<OutboundMessage> sent;  ///< in the order in which they were handed over, repetitions too
  std::deque<std::pair<OutboundMessage, std::function<void(Delivery)>>> in_flight;

 private:
  std::string name_;
  Capabilities can_;
};

}  // namespace osrbot::fakes
