//! `hourbook serve`

use super::Outcome;
use super::service::Service;
use crate::engine::WriterOptions;
use clap::Args;
use std::net::SocketAddr;

/// How the service is served.
#[derive(Args, Clone, Debug)]
pub struct ServeOptions {
    /// Address to serve
    #[arg(long, env = "HOURBOOK_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Most changes that one commit holds; 1 gives every request a commit of its own
    #[arg(long, env = "HOURBOOK_BATCH_LIMIT", value_name = "NUMBER", default_value_t = WriterOptions::default().batch_limit)]
    batch_limit: usize,

    /// Most requests that wait to be written; above it clients are told to come back
    #[arg(long, env = "HOURBOOK_QUEUE_LIMIT", value_name = "NUMBER", default_value_t = WriterOptions::default().queue_limit)]
    queue_limit: usize,
}

impl ServeOptions {
    /// What the writer is told.
    #[must_use]
    pub fn writer(&self) -> WriterOptions {
        WriterOptions { batch_limit: self.batch_limit, queue_limit: self.queue_limit, ..WriterOptions::default() }
    }
}

/// Serves until it is told to stop; `ready` hears the address.
pub fn serve(_service: Service, options: &ServeOptions, ready: impl FnOnce(SocketAddr)) -> Outcome {
    ready(options.listen);
    Err("not yet".to_owned())
}
