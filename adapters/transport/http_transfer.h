// One exchange on a handle of libcurl. Belongs to the HTTP client: with http_client.cpp the only code that knows
// libcurl.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "adapters/transport/http_client.h"

namespace osrbot::transport {

struct HeaderListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, HeaderListFree>;

void add_header(HeaderList& list, const std::string& line);

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

/// One exchange, with curl's handle for it. Used again and again: setting up a handle costs more than a small request.
/// Stays where it is while libcurl works on it.
class Transfer {
 public:
  /// @param read_at_once bytes: the size of the buffer that the answer is read into
  explicit Transfer(std::size_t read_at_once);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Easy easy;
  std::uint64_t id = 0;
  HttpRequest request;
  HttpClient::Done done;

  /// Sets the handle up for `request`. `plain_json`: the headers of a usual request, which all of those share. Throws
  /// std::runtime_error when libcurl does not take the request.
  void prepare(curl_slist* plain_json);

  /// What came of it, once libcurl is done.
  HttpResult result(CURLcode code);

  /// A transfer that is given up must not wait for a name that is still being resolved.
  void hurry();

  using Time = std::chrono::steady_clock::time_point;
  /// When the other side will have been silent for too long; nothing when it may take its time.
  std::optional<Time> silent_at() const;

  /// Lets go of all that belonged to this exchange.
  void rest();

 private:
  template <typename Value>
  void set(CURLoption option, Value value);
  int status() const;
  std::size_t hand_on(std::string_view piece, std::size_t bytes);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);

  HttpResponse response_;
  HeaderList headers_;
  bool head_complete_ = false;
  bool too_large_ = false;
  bool stopped_ = false;  ///< by the sink
  Time last_byte_{};
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace osrbot::transport
