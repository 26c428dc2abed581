#pragma once

#include <gtest/gtest.h>

#include "hallmark/model/inspect.h"
#include "hallmark/model/sign.h"
#include "testing/model_context.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {

/// For tests that sign with a key: the request is about `model` and `model.sig` in a directory of
/// the test's own. What is in the model is for the test to write.
class SignModelFixture : public ::testing::Test {
 protected:
  SignModelFixture() {
    request_.model = directory_.path("model");
    request_.signature = directory_.path("model.sig");
  }

  Result<SignReport> sign() {
    crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
    return sign_model(request_, signer, context_.get());
  }

  /// What the signature of this name says.
  UnverifiedContents contents(std::string_view name = "model.sig") const {
    return inspect_signature(directory_.path(name)).value();
  }

  /// The bytes that it signs.
  Bytes payload(std::string_view name = "model.sig") const {
    return contents(name).bundle.envelope.payload;
  }

  hallmark::testing::TemporaryDirectory directory_;
  SignRequest request_;
  TestContext context_;
};

}  // namespace hallmark::model
