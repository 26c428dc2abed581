#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/passphrase.h"
#include "hallmark/model/options.h"

namespace hallmark::cli {

/// A command with its help text from cmd_<help>.md and the option --json.
Command add_command(Command parent, const std::string& name, const std::string& summary,
                    std::string_view help, Selection& selection);

/// MODEL, what chooses its files (--ignore-paths, --[no-]ignore-git-paths, --allow-symlinks) and
/// how they are read (--jobs, --direct).
void add_model_options(Command command, std::string& model, model::FileOptions& files);

/// The same without MODEL and --ignore-paths.
void add_reading_options(Command command, model::FileOptions& files);

/// --compat none|reference, to be read with `compatibility_of`.
void add_compatibility(Command command, std::string& compatibility);
model::Compatibility compatibility_of(const std::string& choice);

/// --private-key with --password-file and --password.
void add_private_key_options(Command command, std::string& key, PassphraseOptions& passphrase,
                             Presence presence = Presence::kRequired);

}  // namespace hallmark::cli
