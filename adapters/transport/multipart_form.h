// A form with files, as HTTP sends it: multipart/form-data (RFC 7578).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace osrbot {

class MultipartForm {
 public:
  void add_field(std::string_view name, std::string value);

  /// `file_name` in UTF-8; `media_type` such as "text/csv".
  void add_file(std::string_view name, std::string_view file_name, std::string_view media_type, std::string content);

  struct Encoded {
    std::string content_type;  ///< with the boundary, which occurs in no value
    std::string body;
  };
  Encoded encode() const;

 private:
  struct Part {
    std::string head;
    std::string value;
  };
  std::vector<Part> parts_;
};

}  // namespace osrbot
