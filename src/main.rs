//! The binary: everything else is in the library.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    hourbook::cli::main()
}
