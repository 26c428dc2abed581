#include "cli/shared_options.h"

#include "cli/help_text.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMostJobs = 1024;

}  // namespace

Command add_command(Command parent, const std::string& name, const std::string& summary,
                    std::string_view help, Selection& selection) {
  Command command = parent.add_command(name, summary);
  command.set_help(help_text(help));
  command.add_flag("--json", selection.json, "Print the report as one JSON value");
  return command;
}

void add_model_options(Command command, std::string& model, model::FileOptions& files) {
  command.add_positional("MODEL", model, "Directory or file that is the model");
  command.add_repeatable("--ignore-paths", files.ignore_paths, "PATH",
                         "Leave out this path inside the model");
  add_reading_options(command, files);
}

void add_reading_options(Command command, model::FileOptions& files) {
  command.add_flag("--ignore-git-paths,!--no-ignore-git-paths", files.ignore_git_paths,
                   "Leave out .git, .gitattributes, .github and .gitignore at the model's root "
                   "(default: yes)");
  command.add_flag("--allow-symlinks", files.allow_symlinks,
                   "Follow links that stay within the model");
  command.add_count("--jobs", files.threads, kMostJobs,
                    "Threads that hash (default: as many as can run)");
  command.add_flag("--direct", files.direct,
                   "Read past the page cache, for models larger than memory");
}

void add_compatibility(Command command, std::string& compatibility) {
  command.add_choice("--compat", compatibility, {"none", "reference"},
                     "'reference': do as the Python reference 1.1 where it differs from OMS v1.0");
}

model::Compatibility compatibility_of(const std::string& choice) {
  return choice == "reference" ? model::Compatibility::kReference : model::Compatibility::kNone;
}

void add_private_key_options(Command command, std::string& key, PassphraseOptions& passphrase,
                             Presence presence) {
  command.add_option("--private-key", key, "PATH", "Private key, PEM", presence);
  command.add_option("--password-file", passphrase.file, "PATH", "File with the key's passphrase");
  command.add_option("--password", passphrase.argument, "TEXT",
                     "The passphrase itself; other users can see it, so prefer --password-file");
}

}  // namespace hallmark::cli
