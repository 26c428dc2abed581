#include "testing/mutation_forms.h"

#include <set>

#include <gtest/gtest.h>

#include "hallmark/attest/dsse.h"
#include "hallmark/base/file.h"
#include "hallmark/base/json.h"
#include "testing/signing_keys.h"

namespace hallmark::testing {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

std::string test_data(const std::string& name) {
  auto text = base::read_file(HALLMARK_TESTDATA_DIR "/" + name, 1'000'000);
  if (!text) ADD_FAILURE() << text.error().message;
  return text.value_or("");
}

const std::string& text_in(const JsonValue& object, std::string_view name) {
  return *object.find(name)->get_if<std::string>();
}

SignedMessage message_of(const std::string& encoding) {
  if (encoding.empty()) return SignedMessage::kElsewhere;
  return encoding == "legacy" ? SignedMessage::kLegacy : SignedMessage::kStandard;
}

MutationForm read_form(const JsonValue& listed) {
  MutationForm form;
  form.name = text_in(listed, "name");
  form.bundle = test_data(text_in(listed, "bundle"));
  form.key = text_in(listed, "key");
  form.certified = text_in(listed, "method") == "certificate";
  form.message = message_of(text_in(listed, "encoding"));
  for (const JsonValue& file : *listed.find("files")->get_if<JsonArray>()) {
    form.files.push_back(*file.get_if<std::string>());
  }
  for (const auto& [name, target] : *listed.find("links")->get_if<JsonObject>()) {
    form.links.emplace_back(name, *target.get_if<std::string>());
  }
  form.single_file = *listed.find("single")->get_if<bool>();
  return form;
}

// In base64.
std::string payload_of(const MutationForm& form) {
  const JsonValue bundle = base::parse_json(form.bundle).value();
  return text_in(*bundle.find("dsseEnvelope"), "payload");
}

}  // namespace

std::vector<MutationForm> mutation_forms() {
  const JsonValue listed = base::parse_json(test_data("mutation/forms.json")).value();
  std::vector<MutationForm> forms;
  std::set<std::pair<SignedMessage, std::string>> statements;
  for (const JsonValue& each : *listed.get_if<JsonArray>()) {
    MutationForm& form = forms.emplace_back(read_form(each));
    form.repeats_statement = !statements.emplace(form.message, payload_of(form)).second;
  }
  return forms;
}

crypto::TrustAnchors mutation_anchors() {
  crypto::TrustAnchors anchors = test_anchors();
  const std::string root = test_data("mutation/certificates/root.pem");
  anchors.certificates.push_back(crypto::Certificate::parse_pem(root).value().front());
  return anchors;
}

std::string write_model(const MutationForm& form, const TemporaryDirectory& directory) {
  const std::string root = form.single_file ? "" : "model/";
  for (const std::string& file : form.files) directory.write(root + file, file);
  for (const auto& [name, target] : form.links) directory.make_link(target, root + name);
  return directory.path(form.single_file ? form.files.front() : "model");
}

Bytes message_for(const MutationForm& form, ByteView payload) {
  EXPECT_NE(form.message, SignedMessage::kElsewhere);
  return form.message == SignedMessage::kLegacy
             ? attest::legacy_pre_authentication_encoding(payload)
             : attest::pre_authentication_encoding(payload);
}

}  // namespace hallmark::testing
