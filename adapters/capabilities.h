// What platforms can do. In a file of its own, because most commands need no more of the contract with platforms.
#pragma once

#include <cstddef>
#include <string>

namespace osrbot {

/// What a platform can do, and how much of it the platform allows.
struct Capabilities {
  bool buttons = false;
  bool files = false;      ///< takes Message::file
  bool is_public = false;  ///< everybody reads and writes there: nothing is said to whom has not addressed the bot, and
                           ///< nobody belongs to a team by writing there
  bool publishes = false;  ///< takes posts of the bot's own, sent to the conversation `timeline`; those with `reply_to`
                           ///< go below the post named
  bool pictures = false;   ///< posts of the bot's own take Message::picture
  std::string reply_page = {};  ///< web page on which a person answers a post by hand, with "{post}" for the post's id
                                ///< and "{text}" for a prepared answer (percent-encoded); empty: there is none
  bool one_person = false;      ///< has a place for Surface::one_person
  bool private_messages = false;       ///< the bot may write to a person who has not just written to it
  std::size_t sends_in_flight = 1;     ///< over all conversations; there is never more than one for a conversation
  double messages_per_second = 0;      ///< over all conversations; 0 = no limit
  double per_conversation_second = 0;  ///< to one conversation; 0 = no limit
  double per_group_minute = 0;         ///< to one conversation that is not private; 0 = no limit
  std::size_t merge_bytes = 0;         ///< messages that wait for one conversation may be merged up to so many bytes
};

}  // namespace osrbot
