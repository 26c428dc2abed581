#include "hallmark/manifest/archive_measure.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::manifest {
namespace {

class FileSource final : public ArchiveSource {
 public:
  FileSource(const base::OpenedFile& file, std::string path, base::ProgressSink& progress)
      : file_(file), path_(std::move(path)), progress_(progress) {}

  [[nodiscard]] std::uint64_t size() const override { return file_.status.size; }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count,
                              base::read_at(file_.descriptor, offset, buffer, path_));
    // Some bytes of a zip archive are read twice.
    const std::uint64_t more = std::min<std::uint64_t>(count, size() - told_);
    told_ += more;
    progress_.on_bytes(more);
    return count;
  }

 private:
  const base::OpenedFile& file_;
  std::string path_;
  base::ProgressSink& progress_;
  std::uint64_t told_ = 0;
};

using Names = std::vector<std::string_view>;

void sort_distinct(Names& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

Names names_of(std::span<const Resource> resources) {
  Names names;
  names.reserve(resources.size());
  for (const Resource& resource : resources) names.emplace_back(resource.name);
  sort_distinct(names);
  return names;
}

bool has(const Names& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// Which of the files in an archive are the model's, and what they are called in it.
class ModelInArchive {
 public:
  ModelInArchive(std::span<const Resource> signed_resources, UnsignedFiles unsigned_files,
                 const MeasureOptions& options)
      : signed_(names_of(signed_resources)),
        unsigned_files_(unsigned_files),
        ignored_(options.ignored),
        only_(options.walk.only) {}

  MeasuredArchive find(ArchiveContents contents) {
    choose_folder(contents);
    for (Resource& resource : contents.resources) resource.name = name_in_model(resource.name);
    for (std::string& name : contents.files_without_shard) name = name_in_model(name);
    MeasuredArchive result;
    result.ignored_present = ignored_present(contents);
    result.folder = std::move(folder_);
    std::erase_if(contents.resources, [&](const Resource& r) { return !is_looked_at(r.name); });
    std::erase_if(contents.files_without_shard,
                  [&](const std::string& name) { return !is_looked_at(name); });
    std::sort(contents.resources.begin(), contents.resources.end(), statement_order);
    std::sort(contents.files_without_shard.begin(), contents.files_without_shard.end());
    result.measured.resources = std::move(contents.resources);
    result.measured.files_without_shard = std::move(contents.files_without_shard);
    return result;
  }

 private:
  // A model that has all its files in one folder can be archived without a folder around it. Only
  // the signed names tell it from one with that folder around it.
  void choose_folder(const ArchiveContents& contents) {
    if (!contents.folder) return;
    const std::size_t beneath = contents.folder->size() + 1;
    std::ptrdiff_t more_from_root = 0;
    for (const std::string_view name : all_names(contents)) {
      if (has(signed_, name)) ++more_from_root;
      if (has(signed_, name.substr(beneath))) --more_from_root;
    }
    if (more_from_root <= 0) folder_ = contents.folder;
  }

  static Names all_names(const ArchiveContents& contents) {
    Names names = names_of(contents.resources);
    names.insert(names.end(), contents.files_without_shard.begin(),
                 contents.files_without_shard.end());
    sort_distinct(names);
    return names;
  }

  [[nodiscard]] std::string name_in_model(const std::string& name) const {
    return folder_ ? name.substr(folder_->size() + 1) : name;
  }

  [[nodiscard]] bool is_looked_at(const std::string& name) const {
    if (only_ && !only_->covers(name)) return false;
    if (has(signed_, name)) return true;
    return unsigned_files_ == UnsignedFiles::kReport && !ignored_.covers(name);
  }

  [[nodiscard]] std::vector<std::string> ignored_present(const ArchiveContents& contents) const {
    const Names names = all_names(contents);
    std::vector<std::string> present;
    for (const std::string& path : ignored_.paths()) {
      const std::string folder = path + "/";
      const auto beneath = std::lower_bound(names.begin(), names.end(), folder);
      const bool has_beneath = beneath != names.end() && beneath->starts_with(folder);
      if (has_beneath || has(names, path)) present.push_back(path);
    }
    return present;
  }

  Names signed_;
  UnsignedFiles unsigned_files_;
  const IgnoreRules& ignored_;
  const std::optional<IgnoreRules>& only_;
  std::optional<std::string> folder_;
};

tl::unexpected<Error> changed(const ModelTree& tree, std::string_view how) {
  return fail(Code::kFileChanged,
              fmt::format("'{}' {}", base::escape_for_display(tree.real_path()), how));
}

Result<void> check_unchanged(const ModelTree& tree, const base::OpenedFile& opened) {
  HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus now,
                            base::status_of(opened.descriptor, tree.real_path()));
  const auto by_name = tree.root().status(*tree.file());
  if (now == opened.status && by_name && *by_name == opened.status) return tree.check_in_place();
  return changed(tree, "changed while it was read");
}

}  // namespace

Result<MeasuredArchive> measure_archive(const ArchivedModel& archive,
                                        std::span<const Resource> signed_resources,
                                        UnsignedFiles unsigned_files, const MeasureOptions& options,
                                        base::ProgressSink& progress,
                                        const base::Cancellation& cancellation) {
  const ModelTree& tree = archive.tree;
  HALLMARK_CHECK(tree.is_single_file());
  HALLMARK_ASSIGN_OR_RETURN(const base::OpenedFile opened,
                            tree.root().open_listed_file(*tree.file()));
  if (opened.status != archive.listed) return changed(tree, "is not the file that was listed");
  progress.on_total(1, opened.status.size);
  FileSource source(opened, tree.real_path(), progress);
  auto contents = digest_archive(source, archive.form, options.hash, archive.limits, cancellation);
  const bool was_cancelled = !contents && contents.error().code == Code::kCancelled;
  if (!was_cancelled) HALLMARK_TRY(check_unchanged(tree, opened));
  if (!contents) {
    return fail(std::move(contents.error()).within(base::escape_for_display(tree.name())));
  }
  progress.on_file();
  return ModelInArchive(signed_resources, unsigned_files, options).find(*std::move(contents));
}

}  // namespace hallmark::manifest
