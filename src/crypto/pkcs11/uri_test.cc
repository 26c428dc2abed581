#include <string>

#include <gtest/gtest.h>

#include "hallmark/crypto/pkcs11_uri.h"
#include "testing/result_matchers.h"

namespace hallmark::crypto {
namespace {

using ::hallmark::testing::FailsWith;
using ::hallmark::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

Pkcs11Uri parsed(std::string_view uri) {
  auto result = Pkcs11Uri::parse(uri);
  if (!result) ADD_FAILURE() << uri << ": " << result.error().message;
  return result ? *std::move(result) : Pkcs11Uri{};
}

TEST(Pkcs11UriTest, ReadsEveryAttributeOfThePath) {
  const Pkcs11Uri uri = parsed(
      "pkcs11:token=My%20token;manufacturer=Maker;model=M1;serial=00ff;slot-manufacturer=SM;"
      "slot-description=SD;slot-id=7;library-manufacturer=LM;library-description=LD;"
      "library-version=2.40;object=signer&co;id=%00%fF-;type=private");
  EXPECT_THAT(uri.token, Optional(std::string("My token")));
  EXPECT_THAT(uri.manufacturer, Optional(std::string("Maker")));
  EXPECT_THAT(uri.model, Optional(std::string("M1")));
  EXPECT_THAT(uri.serial, Optional(std::string("00ff")));
  EXPECT_THAT(uri.slot_manufacturer, Optional(std::string("SM")));
  EXPECT_THAT(uri.slot_description, Optional(std::string("SD")));
  EXPECT_THAT(uri.slot_id, Optional(7));
  EXPECT_THAT(uri.library_manufacturer, Optional(std::string("LM")));
  EXPECT_THAT(uri.library_description, Optional(std::string("LD")));
  EXPECT_THAT(uri.library_version, Optional(Pkcs11Version{2, 40}));
  EXPECT_THAT(uri.object, Optional(std::string("signer&co")));
  EXPECT_THAT(uri.id, Optional(Bytes{0x00, 0xff, '-'}));
  EXPECT_THAT(uri.type, Optional(Pkcs11ObjectType::kPrivate));
}

TEST(Pkcs11UriTest, ReadsEveryAttributeOfTheQuery) {
  const Pkcs11Uri uri =
      parsed("pkcs11:?module-path=/usr/lib/x.so&module-name=softhsm2&pin-value=12%2634?|");
  EXPECT_THAT(uri.module_path, Optional(std::string("/usr/lib/x.so")));
  EXPECT_THAT(uri.module_name, Optional(std::string("softhsm2")));
  ASSERT_TRUE(uri.pin_value.has_value());
  EXPECT_EQ(uri.pin_value->expose_secret(), "12&34?|");
  EXPECT_FALSE(uri.pin_file.has_value());
}

TEST(Pkcs11UriTest, LeavesAbsentWhatIsAbsent) {
  for (const char* text : {"pkcs11:", "pkcs11:?", "PKCS11:"}) {
    const Pkcs11Uri uri = parsed(text);
    EXPECT_FALSE(uri.token || uri.object || uri.id || uri.type || uri.slot_id || uri.module_path ||
                 uri.module_name || uri.pin_file || uri.pin_value)
        << text;
  }
}

TEST(Pkcs11UriTest, TellsAnEmptyValueFromAnAbsentOne) {
  const Pkcs11Uri uri = parsed("pkcs11:token=;id=");
  EXPECT_THAT(uri.token, Optional(std::string()));
  EXPECT_THAT(uri.id, Optional(Bytes{}));
}

TEST(Pkcs11UriTest, ReadsVersionsAndNumbers) {
  EXPECT_THAT(parsed("pkcs11:library-version=3").library_version, Optional(Pkcs11Version{3, 0}));
  EXPECT_THAT(parsed("pkcs11:library-version=255.007").library_version,
              Optional(Pkcs11Version{255, 7}));
  EXPECT_THAT(parsed("pkcs11:slot-id=0018").slot_id, Optional(18));
  EXPECT_THAT(parsed("pkcs11:slot-id=18446744073709551615").slot_id,
              Optional(18446744073709551615U));
}

TEST(Pkcs11UriTest, ReadsEveryType) {
  EXPECT_THAT(parsed("pkcs11:type=public").type, Optional(Pkcs11ObjectType::kPublic));
  EXPECT_THAT(parsed("pkcs11:type=cert").type, Optional(Pkcs11ObjectType::kCertificate));
  EXPECT_THAT(parsed("pkcs11:type=secret-key").type, Optional(Pkcs11ObjectType::kSecretKey));
  EXPECT_THAT(parsed("pkcs11:type=data").type, Optional(Pkcs11ObjectType::kData));
}

TEST(Pkcs11UriTest, TakesThePathOfAFileUriAsPinSource) {
  const std::pair<const char*, const char*> sources[] = {
      {"/etc/pin", "/etc/pin"},        {"pin.txt", "pin.txt"},
      {"dir/a:b", "dir/a:b"},          {"file:/etc/pin", "/etc/pin"},
      {"file:///etc/pin", "/etc/pin"}, {"file://localhost/etc/pin", "/etc/pin"},
      {"file:pin.txt", "pin.txt"},     {"file:/a%2520b", "/a%20b"},
  };
  for (const auto& [source, path] : sources) {
    EXPECT_THAT(parsed(std::string("pkcs11:?pin-source=") + source).pin_file,
                Optional(std::string(path)))
        << source;
  }
}

TEST(Pkcs11UriTest, ReadsTextOfTheLengthOfItsField) {
  EXPECT_TRUE(parsed("pkcs11:token=" + std::string(32, 'x')).token);
  EXPECT_TRUE(parsed("pkcs11:model=" + std::string(16, 'x')).model);
  EXPECT_TRUE(parsed("pkcs11:slot-description=" + std::string(64, 'x')).slot_description);
}

struct Fault {
  std::string uri;
  const char* message;
};

TEST(Pkcs11UriTest, RefusesEachFaultWithItsPlace) {
  const Fault faults[] = {
      {"", "offset 0: expected 'pkcs11:'"},
      {"pkcs11", "offset 0: expected 'pkcs11:'"},
      {" pkcs11:token=a", "offset 0: expected 'pkcs11:'"},
      {"file:/etc/key", "offset 0: expected 'pkcs11:'"},
      {"pkcs11:token", "offset 7: expected 'name=value'"},
      {"pkcs11:token=a;", "offset 15: expected 'name=value'"},
      {"pkcs11:;token=a", "offset 7: expected 'name=value'"},
      {"pkcs11:token=a;;object=b", "offset 15: expected 'name=value'"},
      {"pkcs11:?pin-source=a&", "offset 21: expected 'name=value'"},
      {"pkcs11:=a", "offset 7: unknown attribute ''"},
      {"pkcs11:Token=a", "offset 7: unknown attribute 'Token'"},
      {"pkcs11:token=a;x-vendor=b", "offset 15: unknown attribute 'x-vendor'"},
      {"pkcs11:t%6Fken=a", "offset 7: unknown attribute 't%6Fken'"},
      {"pkcs11:module-name=a", "offset 7: unknown attribute 'module-name'"},
      {"pkcs11:?token=a", "offset 8: expected module-path, module-name, pin-source or pin-value"},
      {"pkcs11:token=a;object=b;token=a", "offset 24: token stands twice"},
      {"pkcs11:?module-name=a&module-name=a", "offset 22: module-name stands twice"},
      {"pkcs11:token=a b", "offset 14: a character that has to be percent-encoded"},
      {"pkcs11:token=a/b", "offset 14: a character that has to be percent-encoded"},
      {"pkcs11:token=a#b", "offset 14: a character that has to be percent-encoded"},
      {"pkcs11:token=\xc3\xa9", "offset 13: a character that has to be percent-encoded"},
      {"pkcs11:token=a|b", "offset 14: a character that has to be percent-encoded"},
      {"pkcs11:?module-name=a;b", "offset 21: a character that has to be percent-encoded"},
      {"pkcs11:token=%", "offset 13: expected two hex digits after '%'"},
      {"pkcs11:token=a%4", "offset 14: expected two hex digits after '%'"},
      {"pkcs11:token=%4;object=a", "offset 13: expected two hex digits after '%'"},
      {"pkcs11:token=%4g", "offset 13: expected two hex digits after '%'"},
      {"pkcs11:id=%g4", "offset 10: expected two hex digits after '%'"},
      {"pkcs11:token=%ff", "offset 13: token: expected UTF-8"},
      {"pkcs11:object=%ed%a0%80", "offset 14: object: expected UTF-8"},
      {"pkcs11:?pin-value=%ff", "offset 18: pin-value: expected UTF-8"},
      {"pkcs11:token=a%00b", "offset 13: token: expected no NUL"},
      {"pkcs11:?module-path=/a%00b", "offset 20: module-path: expected no NUL"},
      {"pkcs11:token=" + std::string(33, 'x'), "token: expected at most 32 bytes"},
      {"pkcs11:manufacturer=" + std::string(33, 'x'), "manufacturer: expected at most 32 bytes"},
      {"pkcs11:model=" + std::string(17, 'x'), "model: expected at most 16 bytes"},
      {"pkcs11:serial=" + std::string(17, 'x'), "serial: expected at most 16 bytes"},
      {"pkcs11:slot-manufacturer=" + std::string(33, 'x'), "expected at most 32 bytes"},
      {"pkcs11:slot-description=" + std::string(65, 'x'), "expected at most 64 bytes"},
      {"pkcs11:library-manufacturer=" + std::string(33, 'x'), "expected at most 32 bytes"},
      {"pkcs11:library-description=" + std::string(33, 'x'), "expected at most 32 bytes"},
      {"pkcs11:type=", "offset 12: type: expected public, private, cert"},
      {"pkcs11:type=Private", "offset 12: type: expected public, private, cert"},
      {"pkcs11:slot-id=", "offset 15: slot-id: expected a number"},
      {"pkcs11:slot-id=-1", "offset 15: slot-id: expected a number"},
      {"pkcs11:slot-id=0x1", "offset 15: slot-id: expected a number"},
      {"pkcs11:slot-id=18446744073709551616", "offset 15: slot-id: expected a number"},
      {"pkcs11:library-version=", "offset 23: library-version: expected two numbers"},
      {"pkcs11:library-version=1.", "offset 23: library-version: expected two numbers"},
      {"pkcs11:library-version=.1", "offset 23: library-version: expected two numbers"},
      {"pkcs11:library-version=1.2.3", "offset 23: library-version: expected two numbers"},
      {"pkcs11:library-version=256.0", "offset 23: library-version: expected two numbers"},
      {"pkcs11:?module-path=", "offset 20: module-path: expected an absolute path"},
      {"pkcs11:?module-path=lib/x.so", "offset 20: module-path: expected an absolute path"},
      {"pkcs11:?module-path=file:/x.so", "offset 20: module-path: expected an absolute path"},
      {"pkcs11:?module-name=", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?module-name=..", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?module-name=.", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?module-name=../x", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?module-name=/x", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?module-name=a%2fb", "offset 20: module-name: expected the name of a file"},
      {"pkcs11:?pin-source=", "offset 19: pin-source: expected the path of a file"},
      {"pkcs11:?pin-source=file:", "offset 19: pin-source: expected the path of a file"},
      {"pkcs11:?pin-source=|getpin", "offset 19: pin-source: expected a file, not a command"},
      {"pkcs11:?pin-source=https://a/b", "offset 19: pin-source: expected a path or a 'file:'"},
      {"pkcs11:?pin-source=env:PIN", "offset 19: pin-source: expected a path or a 'file:'"},
      {"pkcs11:?pin-source=file://host/b", "offset 19: pin-source: expected a file of this"},
      {"pkcs11:?pin-source=a&pin-value=b", "expected pin-source or pin-value, found both"},
      {"pkcs11:token=" + std::string(kLongestPkcs11Uri, 'x'), "longer than 8192 bytes"},
  };
  for (const auto& [uri, message] : faults) {
    EXPECT_THAT(Pkcs11Uri::parse(uri), FailsWith(Code::kPkcs11UriInvalid, HasSubstr(message)))
        << uri;
  }
}

TEST(Pkcs11UriTest, ReadsAUriOfTheGreatestLength) {
  const std::string start = "pkcs11:object=";
  const std::string longest = start + std::string(kLongestPkcs11Uri - start.size(), 'x');
  EXPECT_THAT(Pkcs11Uri::parse(longest), IsOk());
  EXPECT_THAT(Pkcs11Uri::parse(longest + "x"), Not(IsOk()));
}

TEST(Pkcs11UriTest, ShowsNoPartOfAPinInItsMessages) {
  for (const char* uri : {"pkcs11:?pin-value=987&654", "pkcs11:?pin-value=987&654=3",
                          "pkcs11:?pin-value=987#654", "pkcs11:?pin-value=987%654&pin-value=98",
                          "pkcs11:?pin-value=%ff987654", "pkcs11:?pin-value=987;654"}) {
    const auto result = Pkcs11Uri::parse(uri);
    ASSERT_FALSE(result.has_value()) << uri;
    EXPECT_THAT(result.error().message, Not(HasSubstr("987"))) << uri;
    EXPECT_THAT(result.error().message, Not(HasSubstr("654"))) << uri;
  }
}

}  // namespace
}  // namespace hallmark::crypto
