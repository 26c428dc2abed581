#include "hallmark/manifest/remembered.h"

namespace hallmark::manifest {

void RememberedDigests::begin(KnownDigests* witness) {
  witness_ = witness;
  files_never_read_ = 0;
}

RememberedDigests::File& RememberedDigests::look_up(const TreeFile& file) {
  const bool is_elsewhere = file.location.beneath != nullptr;
  const auto [entry, added] = files_.try_emplace(Place{is_elsewhere, file.location.path});
  File& known = entry->second;
  if (added) known.status = file.location.listed;
  if (known.status == file.location.listed) return known;
  if (!changed_file_) changed_file_ = file.location.path;
  known = File{file.location.listed, {}};
  return known;
}

std::optional<std::vector<hash::Digest>> RememberedDigests::find(const TreeFile& file,
                                                                 const hash::HashOptions& how) {
  File& known = look_up(file);
  const Hashing hashing{how.algorithm, how.shard_size};
  auto entry = known.known.find(hashing);
  if (entry == known.known.end()) {
    auto seen = witness_ != nullptr ? witness_->find(file, how) : std::nullopt;
    if (!seen) return std::nullopt;
    entry = known.known.emplace(hashing, Digests{*std::move(seen), true}).first;
  }
  if (entry->second.by_witness) files_never_read_ += 1;
  return entry->second.digests;
}

void RememberedDigests::learn(const TreeFile& file, const hash::HashOptions& how,
                              std::span<const hash::Digest> digests) {
  look_up(file).known.insert_or_assign(Hashing{how.algorithm, how.shard_size},
                                       Digests{{digests.begin(), digests.end()}, false});
  if (witness_ != nullptr) witness_->learn(file, how, digests);
}

}  // namespace hallmark::manifest
