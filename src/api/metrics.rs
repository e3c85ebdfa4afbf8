//! What is counted for operations, in the text format of Prometheus.

use super::problem::ApiError;
use crate::engine::{Ledger, Part};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use strum::VariantArray;

/// The content type of the metrics.
pub const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Which requests are counted together: few kinds, whatever clients send.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    /// The pattern of the path, never the path itself.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The counters, and the registry that writes them out.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
}

impl Metrics {
    /// Counters at 0; the writer's own are read from the ledger's handle when asked for.
    #[must_use]
    pub fn new(ledger: Ledger) -> Self {
        let mut registry = Registry::with_prefix("hourbook");
        let requests = Family::default();
        let seconds = Family::new_with_constructor(latency_histogram as fn() -> Histogram);
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register("http_request_seconds", "Time to the answer", seconds.clone());
        registry.register_collector(Box::new(WriterMetrics(ledger)));
        Self { registry, requests, seconds }
    }

    /// Counts one answer.
    pub fn count(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { method, route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// Everything counted, as text.
    pub fn text(&self) -> Result<String, ApiError> {
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(ApiError::internal)?;
        Ok(text)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Half a millisecond to eight seconds.
fn latency_histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 15))
}

/// What the writer says of itself.
#[derive(Debug)]
struct WriterMetrics(Ledger);

impl Collector for WriterMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let tally = self.0.tally();
        for (name, help, value) in [
            ("writer_batches", "Commits", &tally.batches),
            (
                "writer_entries",
                "Journal entries written: divided by batches, the size of a batch",
                &tally.entries,
            ),
            ("writer_rejections", "Commands that a rule refused", &tally.rejections),
        ] {
            counter(&mut encoder, name, help, value)?;
        }
        let verification = self.0.health().verification();
        let passes = AtomicU64::new(verification.passes);
        counter(
            &mut encoder,
            "verification_passes",
            "Passes of the service's verification of itself",
            &passes,
        )?;
        let differences = i64::try_from(verification.differences).unwrap_or(i64::MAX);
        for (name, help, value) in [
            (
                "verified_up_to",
                "The last entry up to which the service has recomputed itself",
                verification.up_to.0,
            ),
            ("verification_differences", "Differences from the journal that the service found", differences),
        ] {
            gauge(&mut encoder, name, help, value)?;
        }
        let complaints = self.0.health().complaints();
        let help = "1 where the part is not well, and /readyz says why";
        let mut parts = encoder.encode_descriptor("unwell", help, None, MetricType::Gauge)?;
        for part in Part::VARIANTS {
            // Of the writer also where it is gone.
            let is_unwell = complaints.contains_key(part) || (*part == Part::Writer && self.0.has_ended());
            let name: &str = part.into();
            ConstGauge::new(i64::from(is_unwell)).encode(parts.encode_family(&[("part", name)])?)?;
        }
        gauge(
            &mut encoder,
            "writer_queue_room",
            "Requests that may still wait to be written before new ones are refused",
            i64::try_from(self.0.queue_room()).unwrap_or(i64::MAX),
        )
    }
}

fn gauge(encoder: &mut DescriptorEncoder, name: &str, help: &str, value: i64) -> Result<(), fmt::Error> {
    let gauge = ConstGauge::new(value);
    let descriptor = encoder.encode_descriptor(name, help, None, gauge.metric_type())?;
    gauge.encode(descriptor)
}

fn counter(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    value: &AtomicU64,
) -> Result<(), fmt::Error> {
    let counter = ConstCounter::new(value.load(Ordering::Relaxed));
    let descriptor = encoder.encode_descriptor(name, help, None, counter.metric_type())?;
    counter.encode(descriptor)
}
