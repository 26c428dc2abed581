#pragma once

#include <string_view>

#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/digest_list.h"

// The forms of a list of digests, each in its own file. What is read here is in the order of the
// text, and its names are not checked yet.

namespace hallmark::manifest {

/// Lines of GNU sha256sum.
Result<DigestList> read_sums(std::string_view text);

/// Either of the JSON forms.
Result<DigestList> read_json_digests(std::string_view text);

/// A layer of an OCI manifest: a file by its title. Fails where its digest is not the file's.
Result<Resource> read_oci_layer(const base::JsonValue& value, const base::JsonPath& path);

/// What is around the layers.
Result<void> check_oci_manifest(const base::JsonValue& document);

/// Reads "sha256:" or the like and hex digits. Fails with kDigestMalformed or
/// kHashAlgorithmUnsupported.
Result<hash::Digest> parse_digest(std::string_view text);

/// Fails with kLimitExceeded when there are as many digests as a list may have.
Result<void> check_room(std::size_t digests);

}  // namespace hallmark::manifest
