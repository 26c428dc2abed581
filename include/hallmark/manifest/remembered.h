#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/manifest/measure.h"

namespace hallmark::manifest {

/// Digests of the files that this run has read, so that a model which is measured several times
/// (once for each of its signatures) is read once for every way of hashing.
///
/// What is remembered belongs to one state of the model. A file that is listed with another status
/// than before has changed meanwhile: it is read again, and `changed_file` tells that no two
/// measurements can be taken for one.
class RememberedDigests final : public KnownDigests {
 public:
  /// Begins the next measurement. `witness` is asked for files that nobody read yet and hears of
  /// those that are read; it may be null, and outlives the measurement.
  void begin(KnownDigests* witness);

  std::optional<std::vector<hash::Digest>> find(const TreeFile& file,
                                                const hash::HashOptions& how) override;
  void learn(const TreeFile& file, const hash::HashOptions& how,
             std::span<const hash::Digest> digests) override;

  /// Hears of a file that is read in another way, as an archive is.
  void note(const TreeFile& file) { look_up(file); }

  /// Files of this measurement whose digests no measurement of the run has read: the witness knew
  /// them.
  [[nodiscard]] std::uint64_t files_never_read() const { return files_never_read_; }

  /// A file that changed between two measurements, if one did.
  [[nodiscard]] const std::optional<std::string>& changed_file() const { return changed_file_; }

 private:
  using Hashing = std::pair<hash::Algorithm, std::uint64_t>;  // algorithm and shard size
  struct Digests {
    std::vector<hash::Digest> digests;
    bool by_witness = false;
  };
  struct File {
    base::FileStatus status;
    std::map<Hashing, Digests> known;
  };

  // Whether it stands outside of the model, and its path. There is one such directory, at most.
  using Place = std::pair<bool, std::string>;

  // What is known of the file as it is now.
  File& look_up(const TreeFile& file);

  std::map<Place, File> files_;
  KnownDigests* witness_ = nullptr;
  std::uint64_t files_never_read_ = 0;
  std::optional<std::string> changed_file_;
};

}  // namespace hallmark::manifest
