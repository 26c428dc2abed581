#include "hash/engine/piece_reader.h"

#include <fcntl.h>

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::hash::engine {
namespace {

// From this length on the kernel is told that reading goes straight through.
constexpr std::uint64_t kWorthAHint = std::uint64_t{1} << 20;

// Direct reading wants positions that are multiples of the device's block, which is no larger.
constexpr std::uint64_t kDirectAlignment = 4096;

std::string_view name_in_parent(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

void hint_sequential(int descriptor, const Piece& piece) {
  if (piece.length < kWorthAHint) return;
  ::posix_fadvise(descriptor, static_cast<off_t>(piece.offset), static_cast<off_t>(piece.length),
                  POSIX_FADV_SEQUENTIAL);
}

// Some file systems refuse, and are read as usual then.
void make_direct(int descriptor, const Piece& piece) {
  if (piece.offset % kDirectAlignment != 0 || piece.length < kWorthAHint) return;
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags >= 0) ::fcntl(descriptor, F_SETFL, flags | O_DIRECT);
}

}  // namespace

tl::unexpected<Error> OpenPiece::changed() const {
  return fail(Code::kFileChanged, fmt::format("the file '{}' changed while the model was read",
                                              base::escape_for_display(file().path)));
}

Result<std::size_t> OpenPiece::read(std::span<std::uint8_t> buffer) {
  HALLMARK_TRY(job_->cancellation.check());
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(rest(), buffer.size()));
  // The whole buffer is offered, as direct reading cannot stop within a block; what stands behind
  // a piece in the middle of a file is left for others.
  const std::span<std::uint8_t> target = job_->direct ? buffer : buffer.first(wanted);
  HALLMARK_ASSIGN_OR_RETURN(
      const std::size_t n,
      base::read_at_least(descriptor_, piece_.offset + done_, wanted, target, file().path));
  if (n < wanted) return changed();
  done_ += wanted;
  job_->progress.on_bytes(wanted);
  return wanted;
}

Result<void> OpenPiece::close() {
  // By name, so that a file put in the place of the one that was read shows too.
  const auto after = parent_->status(name_in_parent(file().path));
  if (!after || *after != file().listed) return changed();
  descriptor_.reset();
  return {};
}

Result<std::shared_ptr<const base::Directory>> PieceOpener::parent_of(const FileToHash& file) {
  const base::Directory& beneath = file.beneath != nullptr ? *file.beneath : job_.root;
  const std::size_t slash = file.path.rfind('/');
  const std::string_view parent = slash == std::string::npos
                                      ? std::string_view()
                                      : std::string_view(file.path).substr(0, slash);
  if (parent_ == nullptr || parent_beneath_ != &beneath || parent != parent_path_) {
    HALLMARK_ASSIGN_OR_RETURN(base::Directory opened, beneath.open_directory(parent));
    if (!parent.empty()) {
      HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus status, opened.status(""));
      opened_.push_back({&beneath, std::string(parent), status});
    }
    parent_ = std::make_shared<const base::Directory>(std::move(opened));
    parent_beneath_ = &beneath;
    parent_path_ = parent;
  }
  return parent_;
}

Result<void> PieceOpener::check_directories() const {
  for (const OpenedDirectory& directory : opened_) {
    const auto now = directory.beneath->status(directory.path);
    const bool same = now && now->type == base::FileType::kDirectory &&
                      now->device == directory.status.device &&
                      now->inode == directory.status.inode;
    if (same) continue;
    return fail(Code::kFileChanged,
                fmt::format("the directory '{}' was replaced while the model was read",
                            base::escape_for_display(directory.path)));
  }
  return {};
}

Result<OpenPiece> PieceOpener::open(const Piece& piece) {
  OpenPiece opened(job_, piece);
  const FileToHash& file = opened.file();
  HALLMARK_ASSIGN_OR_RETURN(opened.parent_, parent_of(file));
  HALLMARK_ASSIGN_OR_RETURN(base::OpenedFile found,
                            opened.parent_->open_listed_file(name_in_parent(file.path)));
  if (found.status != file.listed) return opened.changed();
  opened.descriptor_ = std::move(found.descriptor);
  if (job_.direct) {
    make_direct(opened.descriptor_.get(), piece);
  } else {
    hint_sequential(opened.descriptor_.get(), piece);
  }
  return opened;
}

}  // namespace hallmark::hash::engine
