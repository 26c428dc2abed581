// A URI that is read, written again with every byte encoded that may be, is read as the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/pkcs11_uri.h"

namespace hallmark::crypto {
namespace {

std::string percent_encoded(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += '%';
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xfU];
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const Pkcs11Uri& uri) {
    text("token", uri.token, 32);
    text("manufacturer", uri.manufacturer, 32);
    text("model", uri.model, 16);
    text("serial", uri.serial, 16);
    text("slot-manufacturer", uri.slot_manufacturer, 32);
    text("slot-description", uri.slot_description, 64);
    text("library-manufacturer", uri.library_manufacturer, 32);
    text("library-description", uri.library_description, 32);
    text("object", uri.object, kLongestPkcs11Uri);
    if (uri.id) add("id", percent_encoded(*uri.id));
    if (uri.slot_id) add("slot-id", std::to_string(*uri.slot_id));
    if (uri.library_version) {
      add("library-version", std::to_string(uri.library_version->major) + "." +
                                 std::to_string(uri.library_version->minor));
    }
    if (uri.type) add("type", kTypes[static_cast<std::size_t>(*uri.type)]);
    separator_ = '?';
    text("module-path", uri.module_path, kLongestPkcs11Uri);
    text("module-name", uri.module_name, kLongestPkcs11Uri);
    if (uri.pin_file) {  // A path that begins with slashes would begin with a host in a file URI.
      const bool absolute = uri.pin_file->starts_with('/');
      add("pin-source", percent_encoded(bytes_of((absolute ? "" : "file:") + *uri.pin_file)));
    }
    if (uri.pin_value) {
      add("pin-value", percent_encoded(bytes_of(uri.pin_value->expose_secret())));
    }
  }

  [[nodiscard]] const std::string& written() const { return written_; }

 private:
  static constexpr const char* kTypes[] = {"public", "private", "cert", "secret-key", "data"};

  void text(std::string_view name, const std::optional<std::string>& value, std::size_t longest) {
    if (!value) return;
    HALLMARK_CHECK(value->size() <= longest);
    HALLMARK_CHECK(base::is_utf8(*value) && value->find('\0') == std::string::npos);
    add(name, percent_encoded(bytes_of(*value)));
  }

  void add(std::string_view name, std::string_view value) {
    if (separator_ != ':') written_ += separator_;
    separator_ = separator_ == '?' || separator_ == '&' ? '&' : ';';
    written_.append(name).append("=").append(value);
  }

  std::string written_ = "pkcs11:";
  char separator_ = ':';
};

void check_places(const Pkcs11Uri& uri) {
  if (uri.module_path) HALLMARK_CHECK(uri.module_path->starts_with('/'));
  if (uri.module_name) HALLMARK_CHECK(uri.module_name->find('/') == std::string::npos);
  HALLMARK_CHECK(!uri.pin_file || !uri.pin_value);
}

}  // namespace
}  // namespace hallmark::crypto

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto uri = crypto::Pkcs11Uri::parse(text_of({data, size}));
  if (!uri) {
    HALLMARK_CHECK(uri.error().code == Code::kPkcs11UriInvalid);
    HALLMARK_CHECK(base::is_utf8(uri.error().message));
    return 0;
  }
  crypto::check_places(*uri);
  const std::string written = crypto::Writer(*uri).written();
  if (written.size() > crypto::kLongestPkcs11Uri) return 0;
  const auto again = crypto::Pkcs11Uri::parse(written);
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(crypto::Writer(*again).written() == written);
  return 0;
}
