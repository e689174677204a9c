// Photos that people send to the bot.
#include <string>

#include <doctest/doctest.h>

#include "adapters/transport/digest.h"
#include "tests/unit/telegram/running_adapter.h"

using namespace osrbot;
using namespace osrbot::telegram;
using fakes::FakeTelegram;
using fakes::Fault;
using State = SentPicture::State;

namespace {

const std::string jpeg = "\xFF\xD8\xFF and more";
constexpr std::int64_t now = 1'789'000'000;

std::string photo(const std::string& caption, const std::vector<std::int64_t>& sizes, std::int64_t message_id = 1) {
  return fakes::photo_update(team, ana, message_id, caption, sizes, now);
}

/// The updates that come of what the server holds.
std::vector<Update> received(FakeTelegram& server, std::size_t count) {
  std::mutex mutex;
  std::vector<Update> updates;
  RunningAdapter bot(server);
  bot.start("", [&](const Batch& batch) {
    const std::lock_guard lock(mutex);
    updates.insert(updates.end(), batch.updates.begin(), batch.updates.end());
    return true;
  });
  REQUIRE(server.wait_until([&] {
    const std::lock_guard lock(mutex);
    return updates.size() >= count;
  }));
  bot.stop();
  CHECK(server.violations().empty());
  return updates;
}

SentPicture picture_in(FakeTelegram& server, const std::string& update) {
  server.push(update);
  const auto updates = received(server, 1);
  REQUIRE(updates.front().picture);
  return *updates.front().picture;
}

}  // namespace

TEST_CASE("a photo that is written to the bot comes with its bytes, in the largest size that fits") {
  FakeTelegram server;
  server.add_file("photo-0", "small");
  server.add_file("photo-1", jpeg);
  server.add_file("photo-2", "too large");
  const auto sent = picture_in(server, photo("/announce N5 alt \"A map\"", {900, 80'000, 5'000'001}));
  CHECK(sent.state == State::here);
  CHECK(sent.picture.media_type == "image/jpeg");
  CHECK(from_base64(sent.picture.content) == jpeg);
  CHECK(server.calls("getFile") == 1);
}

TEST_CASE("a photo that is for others is not fetched") {
  FakeTelegram server;
  server.push(photo("Look at this", {900}));
  CHECK_FALSE(received(server, 1).front().picture);
  CHECK(server.calls("getFile") == 0);
}

TEST_CASE("what is too large, of another kind, or not to be had is said so, and holds nobody up") {
  FakeTelegram server;
  SUBCASE("every size is too large") {
    CHECK(picture_in(server, photo("/announce N5", {6'000'000})).state == State::too_large);
    CHECK(server.calls("getFile") == 0);
  }
  SUBCASE("it is no picture") {
    server.add_file("photo-0", "GIF89a");
    const auto sent = picture_in(server, photo("/announce N5", {900}));
    CHECK(sent.state == State::other_kind);
    CHECK(sent.picture.content.empty());
  }
  SUBCASE("there is more of it than was said") {
    server.add_file("photo-0", jpeg + std::string(largest_picture, ' '));
    CHECK(picture_in(server, photo("/announce N5", {900})).state == State::missing);
  }
  SUBCASE("Telegram does not have it") {
    CHECK(picture_in(server, photo("/announce N5", {900})).state == State::missing);
  }
  SUBCASE("Telegram's answer makes no sense") {
    server.fail("getFile", Fault::garbage(R"({"ok":true,"result":{"file_path":"../../etc"}})"));
    CHECK(picture_in(server, photo("/announce N5", {900})).state == State::missing);
  }
}

TEST_CASE("of many photos that come at once only a few are fetched, and all that was written is heard") {
  FakeTelegram server;
  server.add_file("photo-0", jpeg);
  for (int i = 1; i <= 20; ++i) server.push(photo("/help", {900}, i));
  const auto updates = received(server, 20);
  CHECK(updates.size() == 20);
  CHECK(server.calls("getFile") <= 20);
  CHECK(updates.front().picture->state == State::here);
}

TEST_CASE("nobody but who writes below a picture waits for it") {
  FakeTelegram server;
  server.fail("getFile", Fault::hang());
  const auto in_team = [](const char* words, std::int64_t id) { return fakes::text_update(team, ana, id, words, now); };
  RunningAdapter bot(server);
  server.push(in_team("/status", 1));
  server.push(photo("/announce N5", {900}, 2));
  server.push(in_team("/tasks", 3));
  server.push(says("help", 9));
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts().size() == 2; }));
  CHECK(bot.texts() == std::vector<std::string>{"status", "help"});
  CHECK(bot.cursor().empty());  // the rest is not confirmed: should the bot end now, it comes again
  bot.stop();
  CHECK(bot.texts().size() == 2);
}

TEST_CASE("a picture sent as a file is one too; another file is none") {
  FakeTelegram server;
  server.add_file("plan", "\x89PNG\r\n\x1A\n and more");
  const auto document = [](const std::string& type) {
    return R"({"message":{"message_id":1,"date":1789000000,"chat":{"id":7,"type":"private"},)"
           R"("from":{"id":7,"is_bot":false,"first_name":"Ana"},"caption":"announce N5",)"
           R"("document":{"file_id":"plan","file_unique_id":"u","mime_type":")" +
           type + R"(","file_size":900}}})";
  };
  SUBCASE("image/png") {
    const auto sent = picture_in(server, document("image/png"));
    CHECK(sent.state == State::here);
    CHECK(sent.picture.media_type == "image/png");
  }
  SUBCASE("application/pdf") {
    server.push(document("application/pdf"));
    CHECK_FALSE(received(server, 1).front().picture);
  }
}
