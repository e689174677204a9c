// The operations of the X API that the bot uses, as calls: paths, parameters and bodies stand here and nowhere else.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "adapters/picture.h"
#include "adapters/x/api.h"
#include "adapters/x/post_id.h"

namespace osrbot::x::calls {

struct Rule {
  std::string value;
  std::string tag;
  std::string id = {};  ///< given by X
};

Call me();

Call stream();
Call rules(const std::string& page);
Call add_rules(const std::vector<Rule>& rules);
Call delete_rules(const std::vector<std::string>& ids);

/// Pages of what came after `since`, newest first. @param page token of the page; empty: the first
Call search(const std::string& query, Id since, const std::string& page, Identity who);
Call mentions(const std::string& user, Id since, const std::string& page);
Call own_posts(const std::string& user, Id since);
Call messages(std::size_t most, const std::string& page);
Call look_up(const std::vector<std::string>& ids);

/// Takes a picture for a post to come; X answers with its id and keeps it for a day.
Call upload(const Picture& picture);
/// Says what a picture shows.
Call describe_picture(const std::string& id, const std::string& alt);

/// @param reply_to empty: a post that answers nothing @param picture id of one that was uploaded; empty: none
Call post(const std::string& text, const std::string& reply_to, const std::string& picture = {});
Call message(const std::string& user, const std::string& text);

}  // namespace osrbot::x::calls
