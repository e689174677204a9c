// A picture for a call, from the photo to the post: with the real router and database, on platforms of straw.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adapters/message.h"
#include "bot/retention.h"
#include "storage/announcements.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using namespace osrbot::scenario;
namespace calls = storage::calls;

namespace {

const Picture map{.media_type = "image/png", .content = "bWFw"};

/// Ana, who coordinates P1 and looks for somebody (N1), on Telegram.
class PictureDesk {
 public:
  PictureDesk() {
    says("project new Hernia repair");
    says("yes");
    says("need P1 statistician by 30 April 5h/week for authorship");
  }

  /// What the bot answers her, in one text.
  std::string says(std::string text, std::optional<SentPicture> picture = std::nullopt) {
    Update update;
    update.key = std::to_string(++updates_);
    update.place = {.adapter = "telegram", .workspace = "", .conversation = "7", .thread = "", .is_private = true};
    update.from = {.id = "7", .name = "Ana", .handle = "ana", .language = "en", .direct = "7"};
    update.message_id = update.key;
    update.text = std::move(text);
    update.picture = std::move(picture);
    update.addressed = true;
    update.at = world.now();
    world.happens(std::move(update));
    CHECK(world.take_failures().empty());
    std::string answer;
    for (Said& said : world.take_said()) {
      if (said.to.adapter == "x") {
        posted.push_back(std::move(said.message));
      } else {
        answer += plain_text(said.message) + "\n";
      }
    }
    return answer;
  }
  std::string shows(std::string caption, SentPicture::State state = SentPicture::State::here) {
    const bool here = state == SentPicture::State::here;
    return says(std::move(caption), SentPicture{.state = state, .picture = here ? map : Picture{}});
  }

  std::optional<std::string> kept() { return calls::picture_alt(world.db(), 1, "en"); }

  fakes::TemporaryFolder folder;
  World world{folder.path(), source_folder / "config"};
  std::vector<Message> posted;

 private:
  int updates_ = 0;
};

}  // namespace

TEST_CASE("a photo with words for who does not see it is shown in the preview and goes with the post") {
  PictureDesk ana;
  const auto preview = ana.shows("announce N1 alt \"A map of the wards\"");
  CHECK(preview.contains("I am going to post N1"));
  CHECK(preview.contains("A map of the wards"));
  CHECK(ana.posted.empty());
  ana.says("yes");
  REQUIRE(ana.posted.size() == 1);
  REQUIRE(ana.posted.front().picture);
  CHECK(ana.posted.front().picture->media_type == map.media_type);
  CHECK(ana.posted.front().picture->content == map.content);
  CHECK(ana.posted.front().picture->alt == "A map of the wards");

  ana.world.advance(std::chrono::minutes(2));
  CHECK_FALSE(ana.kept());
}

TEST_CASE("a photo without words is refused, and nothing of it is kept") {
  PictureDesk ana;
  CHECK(ana.shows("announce N1").contains("people who do not see it"));
  CHECK(ana.shows("announce N1 alt \"\"").contains("people who do not see it"));
  CHECK_FALSE(ana.kept());
  CHECK(ana.shows("announce N1 alt \"" + std::string(1'001, 'x') + "\"").contains("1,001 characters"));
  CHECK_FALSE(ana.kept());
}

TEST_CASE("a picture that cannot be posted is refused with its reason") {
  PictureDesk ana;
  const std::string caption = "announce N1 alt \"A map\"";
  CHECK(ana.shows(caption, SentPicture::State::too_large).contains("5 MB fit"));
  CHECK(ana.shows(caption, SentPicture::State::other_kind).contains("PNG, JPEG and WebP"));
  CHECK(ana.shows(caption, SentPicture::State::missing).contains("could not get the picture"));
  CHECK(ana.shows("announce N1 on homes alt \"A map\"").contains("on X only"));
  CHECK_FALSE(ana.kept());
}

TEST_CASE("the picture waits for the yes, can be described anew and left out again") {
  PictureDesk ana;
  ana.shows("announce N1 alt \"A map\"");
  ana.says("no");
  CHECK(ana.says("announce N1").contains("A map"));
  CHECK(ana.says("announce N1 alt \"A map of the wards\"").contains("A map of the wards"));
  CHECK(ana.kept() == "A map of the wards");
  const auto in_french = ana.says("announce N1 in fr");
  CHECK_FALSE(in_french.contains("A map"));
  CHECK_FALSE(ana.says("announce N1 without picture").contains("A map"));
  CHECK_FALSE(ana.kept());
  ana.says("yes");
  REQUIRE(ana.posted.size() == 1);
  CHECK_FALSE(ana.posted.front().picture);
  CHECK(ana.says("announce N1 alt \"A map\"").contains("has no picture"));
  CHECK(ana.says("announce N1 without picture").contains("has no picture"));
}

TEST_CASE("another picture takes the place of the one before; none is kept for more than a month") {
  PictureDesk ana;
  ana.shows("announce N1 alt \"A map\"");
  ana.shows("announce N1 alt \"A plan\"");
  CHECK(ana.kept() == "A plan");
  run_retention(ana.world.db(), ana.world.config(), ana.world.now() + std::chrono::days(29));
  CHECK(ana.kept() == "A plan");
  run_retention(ana.world.db(), ana.world.config(), ana.world.now() + std::chrono::days(31));
  CHECK_FALSE(ana.kept());
}
