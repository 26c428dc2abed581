#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hallmark/hash/file_hasher.h"
#include "hallmark/hash/hasher.h"
#include "testing/lengths.h"
#include "testing/lent_files.h"
#include "testing/temporary_directory.h"

namespace hallmark::testing {

/// Files on disk that are to be hashed, in three directories in turn, and what their digests are.
class FilesToHash {
 public:
  void add(std::size_t length) {
    add_at("d" + std::to_string(listed_.size() % 3) + "/f" + std::to_string(listed_.size()),
           length);
  }

  /// In a directory of its own.
  void add_apart(std::size_t length) {
    add_at("apart" + std::to_string(listed_.size()) + "/f", length);
  }

  /// Takes the file for what it is now.
  void list_again(std::size_t file) {
    listed_[file].listed = root().status(listed_[file].path).value();
  }

  [[nodiscard]] base::Directory root() const {
    return base::Directory::open(directory_.path()).value();
  }

  /// As `hash::hash_files` borrows them, until another one is added.
  [[nodiscard]] std::vector<const hash::FileToHash*> lent() const { return lend(listed_); }

  [[nodiscard]] std::string path(std::size_t file) const {
    return directory_.path(listed_[file].path);
  }

  /// The digests, each computed of bytes in memory.
  [[nodiscard]] std::vector<hash::Digest> digests(const hash::HashOptions& options) const {
    std::vector<hash::Digest> digests;
    for (const Bytes& contents : contents_) {
      const std::uint64_t count = hash::shard_count(contents.size(), options.shard_size);
      for (std::uint64_t i = 0; i < count; ++i) {
        const ByteView rest = ByteView(contents).subspan(i * options.shard_size);
        const std::size_t n = options.shard_size == 0
                                  ? rest.size()
                                  : std::min<std::size_t>(rest.size(), options.shard_size);
        digests.push_back(hash::hash_bytes(options.algorithm, rest.first(n)));
      }
    }
    return digests;
  }

 private:
  void add_at(const std::string& name, std::size_t length) {
    contents_.push_back(message_of_length(length));
    directory_.write(name, text_of(contents_.back()));
    listed_.push_back({name, root().status(name).value()});
  }

  TemporaryDirectory directory_;
  std::vector<Bytes> contents_;
  std::vector<hash::FileToHash> listed_;
};

}  // namespace hallmark::testing
