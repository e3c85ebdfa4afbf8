//! The binary: everything else is in the library.
#![forbid(unsafe_code)]

/// Saves a tenth of the writer's time (docs/DECISIONS.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    hourbook::cli::main()
}
