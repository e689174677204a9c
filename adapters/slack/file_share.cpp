#include "adapters/slack/file_share.h"

#include <memory>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

/// One file on its way; lives as long as a step of it is under way.
class Sharing : public std::enable_shared_from_this<Sharing> {
 public:
  Sharing(WebApi& api, Secret token, std::string thread, Part part, WebApi::Done done)
      : api_(api),
        token_(std::move(token)),
        thread_(std::move(thread)),
        part_(std::move(part)),
        done_(std::move(done)) {}

  void begin_with_person(const std::string& person) {
    api_.call_form("conversations.open", token_, {{"users", person}}, next([](Sharing& self, const json& answer) {
                     const json* channel = field(answer, "channel");
                     if (channel == nullptr) throw Malformed("channel is missing");
                     self.begin(string(*channel, "id"));
                   }));
  }

  void begin(std::string channel) {
    channel_ = std::move(channel);
    const auto length = std::to_string(part_.file->content.size());
    api_.call_form("files.getUploadURLExternal", token_, {{"filename", part_.file->name}, {"length", length}},
                   next([](Sharing& self, const json& answer) {
                     self.upload(string(answer, "upload_url"), string(answer, "file_id"));
                   }));
  }

 private:
  /// Goes on with what Slack answered, and ends here if that was no.
  template <typename Step>
  WebApi::Done next(Step step) {
    return [self = shared_from_this(), step](ApiOutcome outcome) {
      const auto* result = std::get_if<ApiResult>(&outcome);
      if (result == nullptr) return self->done_(std::move(outcome));
      try {
        step(*self, read_json(result->json));
      } catch (const Malformed& error) {
        self->done_(ApiFailure{error.what(), false});
      }
    };
  }

  void upload(const std::string& url, const std::string& id) {
    if (url.empty() || id.empty()) throw Malformed("upload_url or file_id is missing");
    api_.upload(url, part_.file->media_type, part_.file->content, [self = shared_from_this(), id](ApiOutcome outcome) {
      if (!std::holds_alternative<ApiResult>(outcome)) return self->done_(std::move(outcome));
      self->complete(id);
    });
  }

  void complete(const std::string& id) {
    json body = {{"files", json::array({{{"id", id}, {"title", part_.file->name}}})}, {"channel_id", channel_}};
    if (!thread_.empty()) body["thread_ts"] = thread_;
    if (!part_.blocks.empty()) {
      body["blocks"] = read_json(part_.blocks);
    } else if (!part_.text.empty()) {
      body["initial_comment"] = part_.text;
    }
    api_.call("files.completeUploadExternal", token_, json_text(body), done_);
  }

  WebApi& api_;
  const Secret token_;
  const std::string thread_;
  const Part part_;
  const WebApi::Done done_;
  std::string channel_;
};

}  // namespace

void share_file(WebApi& api, const Secret& token, const Place& to, const Part& part, WebApi::Done done) {
  const auto sharing = std::make_shared<Sharing>(api, token, to.thread, part, std::move(done));
  if (to.is_private) {
    sharing->begin_with_person(to.conversation);
  } else {
    sharing->begin(to.conversation);
  }
}

}  // namespace osrbot::slack
