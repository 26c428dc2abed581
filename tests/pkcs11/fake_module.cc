// A PKCS #11 module for tests, with tokens that are made up and faults that no real token has at
// hand. The file that HALLMARK_FAKE_TOKEN names says what there is, one line each:
//
//   token label=A serial=1 pin=1234 pin-file=FILE flags=0x404 shortest=4 longest=8
//         found=N length=N relength=N   (lies about numbers of objects and lengths of attributes)
//   private label=signer id=01 key=FILE always=1 fault=flip|short|long|oversized
//   public label=signer id=01 key=FILE form=wrapped|raw
//   certificate id=01 file=FILE
//   fail C_Sign=0x32
//
// FILE of a key is PEM with a private key, that of a certificate DER. Objects belong to the token
// above them; slots count from 0. What is called is added to the file of the same name with ".log",
// one line each.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <p11-kit/pkcs11.h>

namespace {

using Bytes = std::vector<std::uint8_t>;
using Options = std::map<std::string, std::string>;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

struct Object {
  std::map<CK_ATTRIBUTE_TYPE, Bytes> attributes;
  Key key;
  std::string fault;
};

struct Token {
  Options options;
  std::vector<Object> objects;
};

struct Module {
  std::vector<Token> tokens;
  std::map<std::string, CK_RV> failures;
  Token* open = nullptr;  // The token of the one session.
  bool logged_in = false;
  bool authenticated = false;  // For one signature.
  std::vector<CK_OBJECT_HANDLE> found;
  const Object* signing = nullptr;
};

std::unique_ptr<Module> g_module;

std::string configuration() {
  const char* path = std::getenv("HALLMARK_FAKE_TOKEN");
  return path != nullptr ? path : "";
}

void log(const std::string& line) {
  const std::string path = configuration();
  if (!path.empty()) std::ofstream(path + ".log", std::ios::app) << line << '\n';
}

// Says that the library is unloaded.
struct Unloading {
  ~Unloading() { log("unloaded"); }
};
const Unloading kUnloading;

// Logs a call, and gives the failure that it shall have.
CK_RV called(const std::string& name, const std::string& detail = "") {
  log(detail.empty() ? name : name + ' ' + detail);
  if (!g_module) return CKR_CRYPTOKI_NOT_INITIALIZED;
  const auto failure = g_module->failures.find(name);
  return failure == g_module->failures.end() ? CKR_OK : failure->second;
}

std::string option(const Options& options, const std::string& name, const std::string& other = "") {
  const auto found = options.find(name);
  return found == options.end() ? other : found->second;
}

CK_ULONG number(const Options& options, const std::string& name, const std::string& other) {
  return std::strtoul(option(options, name, other).c_str(), nullptr, 0);
}

template <typename T>
Bytes bytes_of(T value) {
  Bytes bytes(sizeof(value));
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

Bytes from_hex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

Bytes file_contents(const std::string& path) {
  Bytes contents(1U << 16U);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) return {};
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  contents.resize(std::fread(contents.data(), 1, contents.size(), file.get()));
  return contents;
}

Key read_key(const std::string& path) {
  const std::unique_ptr<BIO, int (*)(BIO*)> file(BIO_new_file(path.c_str(), "r"), BIO_free);
  return Key(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

bool is_ec(const EVP_PKEY* key) { return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC; }

Bytes curve_name(const EVP_PKEY* key) {
  char group[64] = {};
  EVP_PKEY_get_group_name(key, group, sizeof(group), nullptr);
  const std::unique_ptr<ASN1_OBJECT, void (*)(ASN1_OBJECT*)> name(OBJ_txt2obj(group, 0),
                                                                  ASN1_OBJECT_free);
  Bytes der(64);
  unsigned char* end = der.data();
  der.resize(static_cast<std::size_t>(i2d_ASN1_OBJECT(name.get(), &end)));
  return der;
}

Bytes point_of(const EVP_PKEY* key, bool wrapped) {
  Bytes point(256);
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size);
  point.resize(size);
  if (!wrapped) return point;
  Bytes octet_string{0x04};
  if (size >= 0x80) octet_string.push_back(0x81);
  octet_string.push_back(static_cast<std::uint8_t>(size));
  octet_string.insert(octet_string.end(), point.begin(), point.end());
  return octet_string;
}

void add_key_attributes(Object& object, const Options& options) {
  object.key = read_key(option(options, "key"));
  const bool ec = object.key && is_ec(object.key.get());
  object.attributes[CKA_KEY_TYPE] = bytes_of<CK_ULONG>(ec ? CKK_EC : CKK_RSA);
  if (!ec) return;
  object.attributes[CKA_EC_PARAMS] = curve_name(object.key.get());
  object.attributes[CKA_EC_POINT] = point_of(object.key.get(), option(options, "form") != "raw");
}

Object make_object(const std::string& kind, const Options& options) {
  Object object;
  object.fault = option(options, "fault");
  object.attributes[CKA_LABEL] = bytes_of(option(options, "label"));
  object.attributes[CKA_ID] = from_hex(option(options, "id"));
  if (kind == "certificate") {
    object.attributes[CKA_CLASS] = bytes_of<CK_ULONG>(CKO_CERTIFICATE);
    object.attributes[CKA_VALUE] = file_contents(option(options, "file"));
    return object;
  }
  const bool is_private = kind == "private";
  object.attributes[CKA_CLASS] = bytes_of<CK_ULONG>(is_private ? CKO_PRIVATE_KEY : CKO_PUBLIC_KEY);
  add_key_attributes(object, options);
  if (!is_private) return object;
  object.attributes.erase(CKA_EC_POINT);
  const CK_BBOOL always = option(options, "always") == "1" ? CK_TRUE : CK_FALSE;
  object.attributes[CKA_ALWAYS_AUTHENTICATE] = bytes_of(always);
  return object;
}

std::unique_ptr<Module> read_configuration() {
  auto module = std::make_unique<Module>();
  std::ifstream file(configuration());
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    Options options;
    for (std::string word; words >> word;) {
      const std::size_t equals = word.find('=');
      options[word.substr(0, equals)] = word.substr(equals + 1);
    }
    if (kind == "token") {
      module->tokens.push_back({std::move(options), {}});
    } else if (kind == "fail") {
      for (const auto& [name, result] : options) {
        module->failures[name] = std::strtoul(result.c_str(), nullptr, 0);
      }
    } else if (!kind.empty()) {
      module->tokens.back().objects.push_back(make_object(kind, options));
    }
  }
  return module;
}

template <std::size_t kSize>
void fill(unsigned char (&field)[kSize], const std::string& text) {
  std::fill(std::begin(field), std::end(field), ' ');
  std::copy_n(text.begin(), std::min(text.size(), kSize), std::begin(field));
}

CK_RV initialize(void* /*arguments*/) {
  if (g_module) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  g_module = read_configuration();
  const CK_RV result = called("C_Initialize");
  if (result != CKR_OK) g_module.reset();
  return result;
}

CK_RV finalize(void* /*reserved*/) {
  const CK_RV result = called("C_Finalize");
  g_module.reset();
  return result;
}

CK_RV get_info(CK_INFO* info) {
  fill(info->manufacturerID, "Hallmark");
  fill(info->libraryDescription, "Fake tokens");
  info->libraryVersion = {1, 2};
  return called("C_GetInfo");
}

CK_RV get_slot_list(unsigned char /*present*/, CK_SLOT_ID* slots, CK_ULONG* count) {
  const CK_RV result = called("C_GetSlotList");
  if (result != CKR_OK) return result;
  for (CK_ULONG i = 0; slots != nullptr && i < g_module->tokens.size(); ++i) slots[i] = i;
  *count = g_module->tokens.size();
  return CKR_OK;
}

CK_RV get_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO* info) {
  fill(info->slotDescription, "Slot " + std::to_string(slot));
  fill(info->manufacturerID, "Slots Ltd");
  return called("C_GetSlotInfo");
}

CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  const CK_RV result = called("C_GetTokenInfo");
  if (result != CKR_OK) return result;
  const Options& options = g_module->tokens[slot].options;
  fill(info->label, option(options, "label"));
  fill(info->manufacturerID, option(options, "manufacturer", "Tokens Ltd"));
  fill(info->model, option(options, "model", "T1"));
  fill(info->serialNumber, option(options, "serial"));
  info->flags = number(options, "flags", "0x404");  // initialised, login required
  info->ulMinPinLen = number(options, "shortest", "4");
  info->ulMaxPinLen = number(options, "longest", "8");
  return CKR_OK;
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS /*flags*/, void* /*application*/, CK_NOTIFY /*notify*/,
                   CK_SESSION_HANDLE* session) {
  const CK_RV result = called("C_OpenSession");
  if (result != CKR_OK) return result;
  g_module->open = &g_module->tokens[slot];
  *session = 1;
  return CKR_OK;
}

CK_RV close_session(CK_SESSION_HANDLE /*session*/) { return called("C_CloseSession"); }

// Leaves no copy of a PIN from a file behind, as a test looks for those of others.
bool is_pin(const unsigned char* given, CK_ULONG size) {
  const Options& options = g_module->open->options;
  const std::string file = option(options, "pin-file");
  Bytes right = file.empty() ? bytes_of(option(options, "pin", "1234")) : file_contents(file);
  const bool same = std::equal(given, given + size, right.begin(), right.end());
  explicit_bzero(right.data(), right.size());
  return same;
}

CK_RV login(CK_SESSION_HANDLE /*session*/, CK_USER_TYPE user, unsigned char* pin, CK_ULONG size) {
  const bool protected_path = pin == nullptr;
  const bool right = protected_path || is_pin(pin, size);
  const std::string who = user == CKU_CONTEXT_SPECIFIC ? "context" : "user";
  const std::string how = protected_path ? " on the device" : right ? " right" : " wrong";
  const CK_RV result = called("C_Login", who + how);
  if (result != CKR_OK) return result;
  if (!right) return CKR_PIN_INCORRECT;
  (user == CKU_CONTEXT_SPECIFIC ? g_module->authenticated : g_module->logged_in) = true;
  return CKR_OK;
}

CK_RV logout(CK_SESSION_HANDLE /*session*/) {
  g_module->logged_in = false;
  return called("C_Logout");
}

bool matches(const Object& object, const CK_ATTRIBUTE* wanted, CK_ULONG count) {
  return std::all_of(wanted, wanted + count, [&object](const CK_ATTRIBUTE& attribute) {
    const auto found = object.attributes.find(attribute.type);
    const auto* value = static_cast<const std::uint8_t*>(attribute.pValue);
    return found != object.attributes.end() &&
           found->second == Bytes(value, value + attribute.ulValueLen);
  });
}

bool is_visible(const Object& object) {
  const bool is_private = object.attributes.at(CKA_CLASS) == bytes_of<CK_ULONG>(CKO_PRIVATE_KEY);
  const bool needs_login =
      (number(g_module->open->options, "flags", "0x404") & CKF_LOGIN_REQUIRED) != 0;
  return !is_private || !needs_login || g_module->logged_in;
}

CK_RV find_objects_init(CK_SESSION_HANDLE /*session*/, CK_ATTRIBUTE* wanted, CK_ULONG count) {
  const std::vector<Object>& objects = g_module->open->objects;
  for (CK_ULONG i = 0; i < objects.size(); ++i) {
    if (is_visible(objects[i]) && matches(objects[i], wanted, count)) g_module->found.push_back(i);
  }
  return called("C_FindObjectsInit");
}

// One at a time, as a module may.
CK_RV find_objects(CK_SESSION_HANDLE /*session*/, CK_OBJECT_HANDLE* objects, CK_ULONG /*most*/,
                   CK_ULONG* count) {
  *count = g_module->found.empty() ? 0 : 1;
  if (*count == 1) {
    *objects = g_module->found.front();
    g_module->found.erase(g_module->found.begin());
  }
  *count = number(g_module->open->options, "found", std::to_string(*count));
  return called("C_FindObjects");
}

CK_RV find_objects_final(CK_SESSION_HANDLE /*session*/) {
  g_module->found.clear();
  return called("C_FindObjectsFinal");
}

CK_RV get_attribute_value(CK_SESSION_HANDLE /*session*/, CK_OBJECT_HANDLE object,
                          CK_ATTRIBUTE* wanted, CK_ULONG /*count*/) {
  if (const CK_RV result = called("C_GetAttributeValue"); result != CKR_OK) return result;
  const auto& attributes = g_module->open->objects[object].attributes;
  const auto found = attributes.find(wanted->type);
  if (found == attributes.end()) {
    wanted->ulValueLen = CK_UNAVAILABLE_INFORMATION;
    return CKR_ATTRIBUTE_TYPE_INVALID;
  }
  const Bytes& value = found->second;
  if (wanted->pValue != nullptr) std::memcpy(wanted->pValue, value.data(), value.size());
  const char* lie = wanted->pValue == nullptr ? "length" : "relength";
  wanted->ulValueLen = number(g_module->open->options, lie, std::to_string(value.size()));
  return CKR_OK;
}

CK_RV sign_init(CK_SESSION_HANDLE /*session*/, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  if (const CK_RV result = called("C_SignInit"); result != CKR_OK) return result;
  if (mechanism->mechanism != CKM_ECDSA) return CKR_MECHANISM_INVALID;
  g_module->signing = &g_module->open->objects[key];
  g_module->authenticated = false;
  return CKR_OK;
}

Bytes sign_digest(EVP_PKEY* key, const unsigned char* digest, std::size_t size) {
  const std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context(
      EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free);
  Bytes der(256);
  std::size_t length = der.size();
  EVP_PKEY_sign_init(context.get());
  EVP_PKEY_sign(context.get(), der.data(), &length, digest, size);
  const unsigned char* position = der.data();
  const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> signature(
      d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(length)), ECDSA_SIG_free);
  const int half = (EVP_PKEY_get_bits(key) + 7) / 8;
  Bytes raw(static_cast<std::size_t>(2 * half));
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), half);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + half, half);
  return raw;
}

CK_RV sign(CK_SESSION_HANDLE /*session*/, unsigned char* data, CK_ULONG data_size,
           unsigned char* signature, CK_ULONG* signature_size) {
  if (const CK_RV result = called("C_Sign"); result != CKR_OK) return result;
  const Object& key = *g_module->signing;
  const CK_BBOOL always = CK_TRUE;
  if (key.attributes.at(CKA_ALWAYS_AUTHENTICATE) == bytes_of(always) && !g_module->authenticated) {
    return CKR_USER_NOT_LOGGED_IN;
  }
  Bytes raw = sign_digest(key.key.get(), data, data_size);
  if (key.fault == "flip") raw.back() ^= 1U;
  if (key.fault == "short") raw.pop_back();
  if (key.fault == "long") raw.push_back(0);
  if (raw.size() > *signature_size) return CKR_BUFFER_TOO_SMALL;
  std::copy(raw.begin(), raw.end(), signature);
  *signature_size = key.fault == "oversized" ? 1UL << 40U : raw.size();
  return CKR_OK;
}

CK_FUNCTION_LIST function_list() {
  CK_FUNCTION_LIST list{};
  list.version = {2, 40};
  list.C_Initialize = initialize;
  list.C_Finalize = finalize;
  list.C_GetInfo = get_info;
  list.C_GetSlotList = get_slot_list;
  list.C_GetSlotInfo = get_slot_info;
  list.C_GetTokenInfo = get_token_info;
  list.C_OpenSession = open_session;
  list.C_CloseSession = close_session;
  list.C_Login = login;
  list.C_Logout = logout;
  list.C_FindObjectsInit = find_objects_init;
  list.C_FindObjects = find_objects;
  list.C_FindObjectsFinal = find_objects_final;
  list.C_GetAttributeValue = get_attribute_value;
  list.C_SignInit = sign_init;
  list.C_Sign = sign;
  return list;
}

}  // namespace

// HALLMARK_FAKE_MODULE is a fault of the list itself.
// NOLINTNEXTLINE(readability-identifier-naming): the one name that a module has to export
extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  static CK_FUNCTION_LIST functions;
  functions = function_list();
  const char* fault = std::getenv("HALLMARK_FAKE_MODULE");
  const std::string what = fault != nullptr ? fault : "";
  if (what == "version") functions.version = {1, 0};
  if (what == "lacking") functions.C_Sign = nullptr;
  *list = what == "null" ? nullptr : &functions;
  return what == "failing" ? CKR_GENERAL_ERROR : CKR_OK;
}
