#include "manifest/archive_members.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/name.h"

namespace hallmark::manifest {
namespace {

Result<void> check_name(std::string_view name) {
  auto checked = check_resource_name(name);
  if (!checked) {
    if (checked.error().code == Code::kResourceNameInvalid) {
      checked.error().code = Code::kArchiveNameInvalid;
    }
    return checked;
  }
  if (base::is_utf8(name)) return {};
  return fail(Code::kNameNotUtf8,
              fmt::format("the name '{}' is not UTF-8", base::escape_for_display(name)));
}

bool is_beneath(std::string_view name, std::string_view folder) {
  return name.size() > folder.size() && name.starts_with(folder) && name[folder.size()] == '/';
}

}  // namespace

Result<void> ArchiveMembers::add_directory(std::string_view name) {
  if (name == "." || name == "./") return {};  // the archive's root
  if (name.ends_with('/')) name.remove_suffix(1);
  return add(name, true);
}

Result<void> ArchiveMembers::begin_file(std::string_view name) {
  part_ = {};
  return add(name, false);
}

Result<void> ArchiveMembers::add(std::string_view name, bool is_directory) {
  if (name.starts_with("./")) name.remove_prefix(2);
  HALLMARK_TRY(check_name(name));
  name_bytes_ += name.size();
  if (members_.size() >= limits_.max_members || name_bytes_ > limits_.max_name_bytes) {
    return fail(Code::kLimitExceeded,
                fmt::format("the archive has more than {} members, or {} bytes of names",
                            limits_.max_members, limits_.max_name_bytes));
  }
  members_.push_back({std::string(name), is_directory});
  return {};
}

Result<void> ArchiveMembers::add_bytes(ByteView piece) {
  while (!piece.empty()) {
    std::size_t count = piece.size();
    if (shard_size_ != 0) {
      const std::uint64_t room = part_.start + shard_size_ - part_.end;
      count = static_cast<std::size_t>(std::min<std::uint64_t>(count, room));
    }
    hasher_.update(piece.first(count));
    part_.end += count;
    piece = piece.subspan(count);
    if (shard_size_ != 0 && part_.end - part_.start == shard_size_) HALLMARK_TRY(end_shard());
  }
  return {};
}

Result<void> ArchiveMembers::end_shard() {
  if (contents_.resources.size() >= kMostShards) {
    return fail(Code::kLimitExceeded, fmt::format("the archive has more than {} shards of {} bytes",
                                                  kMostShards, shard_size_));
  }
  contents_.resources.push_back({members_.back().name, hasher_.finish(), part_});
  part_.start = part_.end;
  return {};
}

Result<void> ArchiveMembers::end_file() {
  const std::string& name = members_.back().name;
  if (shard_size_ == 0) {
    contents_.resources.push_back({name, hasher_.finish(), {}});
  } else if (part_.end > part_.start) {
    return end_shard();
  } else if (part_.end == 0) {
    contents_.files_without_shard.push_back(name);
  }
  return {};
}

Result<ArchiveContents> ArchiveMembers::finish() && {
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return component_less(a.name, b.name); });
  HALLMARK_TRY(check_distinct());
  contents_.folder = find_folder();
  return std::move(contents_);
}

// In the order of components, what lies beneath a name stands right after it.
Result<void> ArchiveMembers::check_distinct() const {
  for (std::size_t i = 1; i < members_.size(); ++i) {
    const Member& before = members_[i - 1];
    const Member& member = members_[i];
    if (member.name == before.name) {
      return fail(Code::kArchiveMemberDuplicate,
                  fmt::format("'{}' is in the archive more than once",
                              base::escape_for_display(member.name)));
    }
    if (!before.is_directory && is_beneath(member.name, before.name)) {
      return fail(Code::kArchiveMemberDuplicate,
                  fmt::format("'{}' is in the archive as a file and as the directory of '{}'",
                              base::escape_for_display(before.name),
                              base::escape_for_display(member.name)));
    }
  }
  return {};
}

std::optional<std::string> ArchiveMembers::find_folder() const {
  if (members_.empty()) return std::nullopt;
  const std::string& first = members_.front().name;
  std::string folder = first.substr(0, first.find('/'));
  for (const Member& member : members_) {
    const bool is_folder = member.is_directory && member.name == folder;
    if (!is_folder && !is_beneath(member.name, folder)) return std::nullopt;
  }
  return folder;
}

}  // namespace hallmark::manifest
