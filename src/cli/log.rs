//! Logs: JSON lines on standard error, without personal data.

use clap::Args;
use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;

/// What is logged.
#[derive(Args, Clone, Debug)]
pub struct LogOptions {
    /// Level, or levels by target as in `info,hourbook=debug`
    #[arg(long = "log", env = "HOURBOOK_LOG", value_name = "LEVELS", default_value = "warn", global = true)]
    levels: String,
}

impl LogOptions {
    /// Starts logging.
    pub fn start(&self) -> Result<(), String> {
        // What the server below us calls an error is a client's request that is no HTTP.
        let levels = format!("actix_http::h1::dispatcher=off,{}", self.levels);
        let filter = EnvFilter::try_new(levels).map_err(|error| format!("--log {}: {error}", self.levels))?;
        let lines = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter);
        lines.try_init().map_err(|error| error.to_string())?;
        std::panic::set_hook(Box::new(log_panic));
        Ok(())
    }
}

/// A panic is a line of the log, too. What it was told at run time may hold something of a person, and is left out.
fn log_panic(panic: &PanicHookInfo) {
    let location = panic.location().map(ToString::to_string).unwrap_or_default();
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    tracing::error!(location, words, "a thread panicked");
}
