#include "adapters/transport/http_transfer.h"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace osrbot::transport {

namespace {

constexpr std::size_t most_headers = 16;

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Whether a URL leads to this machine.
bool is_local(std::string_view url) {
  url.remove_prefix(std::min(url.size(), url.find("://") + 3));
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  const std::string_view host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                                           : authority.substr(0, authority.find(':'));
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

bool is_kept(std::string_view name) {
  return name == "retry-after" || name == "x-oauth-scopes" || name.starts_with("x-rate-limit-");
}

HttpFailure::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return HttpFailure::Kind::unreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return HttpFailure::Kind::untrusted;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpFailure::Kind::timeout;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return HttpFailure::Kind::invalid;
    default:
      return HttpFailure::Kind::broken;
  }
}

}  // namespace

void add_header(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

template <typename Value>
void Transfer::set(CURLoption option, Value value) {
  if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK) {
    throw std::runtime_error("libcurl refuses option " + std::to_string(option));
  }
}

Transfer::Transfer(std::size_t read_at_once) : easy(curl_easy_init()) {
  if (!easy) throw std::bad_alloc();
  set(CURLOPT_BUFFERSIZE, static_cast<long>(read_at_once));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_USERAGENT, "osrbot");
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
}

void Transfer::prepare(curl_slist* plain_json) {
  response_ = {};
  head_complete_ = false;
  too_large_ = false;
  stopped_ = false;
  last_byte_ = std::chrono::steady_clock::now();
  error_[0] = '\0';
  set(CURLOPT_URL, request.url.c_str());
  // A proxy of the environment cannot reach this machine, and must not see what is for it alone.
  set(CURLOPT_NOPROXY, is_local(request.url) ? "*" : static_cast<const char*>(nullptr));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  set(CURLOPT_FRESH_CONNECT, request.once ? 1L : 0L);
  const bool post = request.method == HttpRequest::Method::post;
  if (post) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  } else {
    set(CURLOPT_HTTPGET, 1L);
  }
  if (post && request.headers.empty() && request.content_type == "application/json") {
    set(CURLOPT_HTTPHEADER, plain_json);
    return;
  }
  headers_.reset();
  add_header(headers_, "Expect:");
  if (post) add_header(headers_, "Content-Type: " + request.content_type);
  for (const auto& line : request.headers) add_header(headers_, line);
  set(CURLOPT_HTTPHEADER, headers_.get());
}

HttpResult Transfer::result(CURLcode code) {
  if (too_large_) {
    return HttpFailure{HttpFailure::Kind::too_large,
                       "the answer is longer than " + std::to_string(request.largest_response) + " bytes"};
  }
  if (stopped_) return HttpFailure{HttpFailure::Kind::cancelled, "the receiver takes no more"};
  if (code != CURLE_OK) {
    const auto kind = kind_of(code);
    // curl's own words name host and port where that helps; elsewhere they might quote what was sent.
    const bool names_the_host = kind == HttpFailure::Kind::unreachable || kind == HttpFailure::Kind::untrusted;
    return HttpFailure{kind, names_the_host && error_[0] != '\0' ? error_.data() : curl_easy_strerror(code)};
  }
  // curl takes a head that breaks off for a whole one.
  if (!head_complete_) return HttpFailure{HttpFailure::Kind::broken, "the answer ended within its head"};
  response_.status = status();
  return std::move(response_);
}

int Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

void Transfer::hurry() {
  set(CURLOPT_QUICK_EXIT, 1L);
}

std::optional<Transfer::Time> Transfer::silent_at() const {
  if (request.longest_silence.count() == 0) return std::nullopt;
  return last_byte_ + request.longest_silence;
}

void Transfer::rest() {
  request = {};
  done = nullptr;
  response_ = {};
  set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  headers_.reset();
}

/// Gives a piece to the sink; what curl wants to hear: that all bytes were taken, or that it is to stop.
std::size_t Transfer::hand_on(std::string_view piece, std::size_t bytes) {
  stopped_ = !request.sink(piece);
  return stopped_ ? CURL_WRITEFUNC_ERROR : bytes;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer.last_byte_ = std::chrono::steady_clock::now();
  if (transfer.request.sink && transfer.status() == 200) return transfer.hand_on({data, bytes}, bytes);
  if (transfer.response_.body.size() + bytes > transfer.request.largest_response) {
    transfer.too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  transfer.response_.body.append(data, bytes);
  return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer.last_byte_ = std::chrono::steady_clock::now();
  const std::string_view line(data, bytes);
  // A head may follow an interim one (100 Continue).
  if (line.starts_with("HTTP/")) transfer.head_complete_ = false;
  if (line == "\r\n" || line == "\n") {
    transfer.head_complete_ = true;
    return transfer.request.sink && transfer.status() == 200 ? transfer.hand_on({}, bytes) : bytes;
  }
  const auto colon = line.find(':');
  // The names kept begin with r or x: most headers are left out without a copy.
  if (colon == std::string_view::npos || std::string_view("rRxX").find(line.front()) == std::string_view::npos) {
    return bytes;
  }
  std::string name = lower_case(line.substr(0, colon));
  if (!is_kept(name) || transfer.response_.headers.size() == most_headers) return bytes;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
    value.remove_suffix(1);
  transfer.response_.headers.emplace_back(std::move(name), value);
  return bytes;
}

}  // namespace osrbot::transport
