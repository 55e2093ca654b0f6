//! An address of its own for Prometheus: how many requests, how long they took, what waits and what is stuck. It says no
//! name and knows no visitor, and so it is on no address that visitors reach: `server.gauges` says where it listens.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::{App as Actix, HttpResponse, HttpServer, web};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::access::Viewer;
use crate::app::App;
use crate::forum::operation;

/// Serves `/metrics`, and nothing else.
pub fn serve_gauges(app: Arc<App>, socket: TcpListener) -> Result<Server, String> {
    let data = web::Data::from(app);
    Ok(HttpServer::new(move || {
        Actix::new()
            .app_data(data.clone())
            .route("/metrics", web::get().to(metrics))
    })
    .workers(1)
    .worker_max_blocking_threads(1)
    .disable_signals()
    .listen(socket)
    .map_err(|error| error.to_string())?
    .run())
}

async fn metrics(app: web::Data<App>) -> HttpResponse {
    let app = app.into_inner();
    match web::block(move || text(&app)).await {
        Ok(Ok(text)) => HttpResponse::Ok()
            .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
            .body(text),
        Ok(Err(problem)) => {
            tracing::error!(problem, "the gauges cannot be written");
            HttpResponse::InternalServerError().finish()
        }
        Err(problem) => {
            tracing::error!(%problem, "the gauges cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn text(app: &App) -> Result<String, String> {
    let mut registry = Registry::with_prefix("aquarium");
    registry.register("requests", "Requests, by kind of answer", app.gauges.requests.clone());
    registry.register("request_seconds", "How long requests took", app.gauges.seconds.clone());
    let mut gauge = |name: &str, help: &str, value: i64| {
        let gauge: Gauge = Gauge::default();
        gauge.set(value);
        registry.register(name, help, gauge);
    };
    match app.store.read(&Viewer::system("gauges"), operation::counts) {
        Ok(counts) => {
            gauge("database_up", "Whether the database answers", 1);
            gauge("jobs_waiting", "Jobs that wait", counts.jobs_waiting);
            gauge("jobs_stuck", "Jobs that failed too often", counts.jobs_stuck);
            gauge(
                "letters_waiting",
                "Letters that are not sent yet",
                counts.letters_waiting,
            );
            gauge(
                "letters_failed",
                "Letters that could not be sent",
                counts.letters_failed,
            );
            gauge(
                "letters_oldest_seconds",
                "How long the oldest letter that is due waits",
                counts.letters_oldest,
            );
            gauge("reviews_open", "Reviews that wait for a decision", counts.reviews_open);
            gauge("posts", "Posts, in whatever state", counts.posts);
            gauge("events", "The number of the last event", counts.events);
            if let Some(age) = counts.figures_age {
                gauge("figures_age_seconds", "Since the figures were brought up to date", age);
            }
        }
        Err(refusal) => {
            tracing::warn!(%refusal, "the gauges do without the database");
            gauge("database_up", "Whether the database answers", 0);
        }
    }
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|error| error.to_string())?;
    Ok(text)
}
