//! The server: sockets, the way of every request, and a stop that lets those in progress finish.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::dev::{Server, ServerHandle};
use actix_web::http::{Method, StatusCode};
use actix_web::{App as Actix, HttpRequest, HttpResponse, HttpServer, web};
use jiff::tz::TimeZone;

use super::ask::{Answer, Ask, Shared};
use super::form::Sent;
use super::reply::Reply;
use super::routes::{Audience, ROUTES, Route, Size};
use super::send::{encoding, send};
use super::{chrome, error, files, guard, live};
use crate::access::{Verb, Viewer};
use crate::app::App;
use crate::event::PrivateThing;
use crate::forum::people;
use crate::forum::settings::Settings;
use crate::i18n::Locales;
use crate::refusal::{Refusal, Result};

/// A running server.
pub struct Serving {
    pub address: SocketAddr,
    pub handle: ServerHandle,
    pub server: Server,
}

/// Opens the socket. Separate from serving, so that the address is known before anything depends on it.
pub fn bind(listen: SocketAddr) -> std::result::Result<TcpListener, String> {
    let socket = TcpListener::bind(listen).map_err(|error| format!("{listen}: {error}"))?;
    socket
        .set_nonblocking(true)
        .map_err(|error| format!("{listen}: {error}"))?;
    Ok(socket)
}

pub fn serve(app: Arc<App>, socket: TcpListener) -> std::result::Result<Serving, String> {
    let address = socket.local_addr().map_err(|error| error.to_string())?;
    let shared = Arc::new(Shared {
        known: people::Known::default(),
        ready: super::topics::Ready::default(),
        limits: guard::Limits::default(),
        news: crate::forum::reading::news::News::default(),
        settings: std::sync::Mutex::default(),
        private_readings: std::sync::Mutex::default(),
        hears: crate::db::pulse::Listener::start(&app.store.connections().address, app.store.pulse()),
        app: Arc::clone(&app),
    });
    let stop = app.config.server.stop_seconds;
    let data = web::Data::from(shared);
    let server = HttpServer::new(move || {
        let mut actix = Actix::new().app_data(data.clone());
        for route in ROUTES {
            let method = Method::from_bytes(route.method.as_bytes()).unwrap_or(Method::GET);
            let run = move |request: HttpRequest, payload: web::Payload, shared: web::Data<Shared>| {
                handle(request, payload, shared.into_inner(), Some(route))
            };
            actix = actix.route(route.path, web::method(method.clone()).to(run));
            if method == Method::GET {
                actix = actix.route(route.path, web::head().to(run));
            }
        }
        actix.default_service(web::to(
            |request: HttpRequest, payload: web::Payload, shared: web::Data<Shared>| {
                handle(request, payload, shared.into_inner(), None)
            },
        ))
    })
    .workers(app.config.workers())
    // More blocking threads than processors only take turns: two a worker is where throughput peaks.
    .worker_max_blocking_threads(2)
    // Without this each page that leaves in two pieces waits forty milliseconds for the second.
    .tcp_nodelay(true)
    .keep_alive(Duration::from_secs(75))
    .client_request_timeout(Duration::from_secs(5))
    .max_connections(4096)
    .shutdown_timeout(stop)
    .listen(socket)
    .map_err(|error| error.to_string())?
    .run();
    Ok(Serving {
        address,
        handle: server.handle(),
        server,
    })
}

/// Serves until the process is told to stop, and ends the streams then, so that a stop is as quick as the
/// requests in progress.
pub async fn until_told(server: Server) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut ended, mut pressed) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = ended.recv() => {}
            _ = pressed.recv() => {}
        }
        live::end_all();
    });
    server.await
}

static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// An address as it is written down: one that carries a secret by its pattern alone, and of one that
/// leads nowhere nothing that could be a secret.
fn written_down(route: Option<&Route>, path: &str) -> String {
    const SHORTER_THAN_ANY_SECRET: usize = 30;
    match route {
        Some(route) if route.path.contains("{token}") || route.path.contains("{key}") => route.path.to_owned(),
        Some(_) => path.to_owned(),
        None => path
            .split('/')
            .map(|part| {
                if part.len() < SHORTER_THAN_ANY_SECRET {
                    part
                } else {
                    "…"
                }
            })
            .collect::<Vec<_>>()
            .join("/"),
    }
}

/// The way of every request.
async fn handle(
    request: HttpRequest,
    payload: web::Payload,
    shared: Arc<Shared>,
    route: Option<&'static Route>,
) -> HttpResponse {
    let began = Instant::now();
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let request_id = format!("{:x}-{number:x}", std::process::id());
    let app = Arc::clone(&shared.app);
    let method = request.method().clone();
    // By its pattern: some addresses carry a secret.
    let path = written_down(route, request.path());
    let encoding = encoding(&request);
    let reply = answer(request, payload, shared, route, &request_id).await;
    let status = reply.status;
    let response = send(reply, &app, encoding, method == Method::HEAD).await;
    app.gauges.answered(status.as_u16(), began.elapsed().as_secs_f64());
    tracing::info!(
        target: "aquarium::request",
        id = request_id,
        %method,
        path,
        status = status.as_u16(),
        micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}

async fn answer(
    request: HttpRequest,
    payload: web::Payload,
    shared: Arc<Shared>,
    route: Option<&'static Route>,
    request_id: &str,
) -> Reply {
    let app = Arc::clone(&shared.app);
    let probe = matches!(request.path(), "/healthz" | "/readyz");
    if !probe && !guard::origin::host_is_ours(&request, &app.site) {
        return error::plain(StatusCode::MISDIRECTED_REQUEST);
    }
    let is_post = request.method() == Method::POST;
    if !is_post && request.method() != Method::GET && request.method() != Method::HEAD {
        return error::plain(StatusCode::METHOD_NOT_ALLOWED);
    }
    let limits = &app.config.limits;
    let mut most = if is_post {
        route.map_or(4096, |route| route.body_limit(limits))
    } else {
        0
    };
    // Nobody's thirty megabytes are read before it is known who sends them.
    let without_files = Size::Post.most(limits);
    if most > without_files && !is_signed_in(&request, &shared).await {
        most = without_files;
    }
    let bytes = match guard::body::read(&request, payload, most, limits.body_seconds).await {
        Ok(bytes) => bytes,
        Err(status) => return error::plain(status),
    };
    let sent = if is_post {
        match guard::body::parse(&request, bytes).await {
            Ok(sent) => sent,
            Err(status) => return error::plain(status),
        }
    } else {
        Sent::default()
    };
    let same_origin = !is_post || guard::origin::is_same_origin(&request, &app.site);
    let parts = Parts::of(&request, &app, sent, request_id, written_down(route, request.path()));
    let done = web::block(move || {
        let ask = match parts.enter(shared) {
            Ok(ask) => ask,
            Err(reply) => return *reply,
        };
        let mut ask = ask;
        let by_machine = route.is_some_and(|route| route.audience == Audience::Machine);
        if is_post && !by_machine && !(same_origin && ask.token_is_right()) {
            return forged(&ask);
        }
        if !ask.sent.files.is_empty() && route.is_some_and(|route| route.size == Size::Files) {
            // Whatever is wrong with a file is said beside its field; the post is another matter.
            files::take_in(&mut ask);
        }
        match run(&ask, route) {
            Ok(reply) => reply,
            Err(refusal) => error::page(&ask, &refusal),
        }
    })
    .await;
    done.unwrap_or_else(|_| error::plain(StatusCode::INTERNAL_SERVER_ERROR))
}

/// Whether a request comes with an open session. Asked before a large body is read; who it is, and what they may,
/// is asked again afterwards like of every request.
async fn is_signed_in(request: &HttpRequest, shared: &Arc<Shared>) -> bool {
    let Some(token) = request.cookie(&format!("{}sid", cookie_prefix(&shared.app))) else {
        return false;
    };
    let shared = Arc::clone(shared);
    let entered = web::block(move || {
        let app = &shared.app;
        people::enter(&app.store, &shared.known, Some(token.value()), &app.config.accounts)
    })
    .await;
    // Without a database nobody is known, and the page says so after the few bytes that are read.
    matches!(entered, Ok(Ok(visitor)) if visitor.session.is_some())
}

/// Decides whether this viewer gets to this route at all, then runs it.
fn run(ask: &Ask, route: Option<&'static Route>) -> Answer {
    let audience = route.map_or(Audience::Anyone, |route| route.audience);
    let person = ask.viewer().person().is_some();
    match audience {
        Audience::Machine | Audience::Door => {}
        Audience::Anyone if person => {}
        Audience::Anyone => {
            // A visitor who can read nothing sees the door, whatever they ask for.
            if !ask.visitor.anything_public {
                return super::sign_in::ask_to(ask);
            }
        }
        Audience::People if person => {}
        Audience::People => return super::sign_in::ask_to(ask),
        Audience::Admins if person => {
            let allowed = crate::access::decide(ask.viewer(), Verb::Administer, &crate::access::Place::forum());
            if allowed != crate::access::Verdict::Allow {
                return Err(Refusal::NotFound);
            }
        }
        Audience::Admins => return super::sign_in::ask_to(ask),
    }
    let Some(route) = route else {
        return super::posts::from_old_address(ask);
    };
    if let Some(person) = ask.viewer().person()
        && !ask.prefetch
    {
        ask.app().gathered.visited(person.id, ask.visitor.session);
    }
    // Whoever looks into spaces with a reason leaves a line for each page in each of them.
    if let Some(person) = ask.viewer().person()
        && route.method == "GET"
        && shows_text(route)
    {
        let mut entered: Vec<_> = person.entered.keys().copied().collect();
        entered.sort_unstable();
        for space in entered {
            ask.reads_private(PrivateThing::EnteredPage, 0, Some(space), None)?;
        }
    }
    (route.run)(ask)
}

/// Whether somebody reads what a route answers: numbers and pictures of people are none of a space's words.
fn shows_text(route: &Route) -> bool {
    route.audience != Audience::Machine
        && route.path != "/live"
        && !route.path.ends_with("/picture")
        && !route.path.starts_with("/pictures/")
}

/// A deed that did not come from one of our pages, or from one whose session is over. What was typed
/// is shown again, to be sent from a page that is ours.
fn forged(ask: &Ask) -> Reply {
    if ask.viewer().person().is_none() && !ask.sent.pairs.is_empty() && !ask.path.starts_with("/sign-in") {
        match super::sign_in::resume(ask) {
            Ok(reply) => return reply,
            Err(refusal) => tracing::warn!(%refusal, "the page to sign in again failed"),
        }
    }
    let chrome = chrome::bare(ask, &ask.t("error-forged-heading"));
    let page = serde_json::json!({
        "heading": ask.t("error-forged-heading"),
        "explanation": ask.t("error-forged-text"),
        "request_id": "",
        "typed": ask.sent.text("body"),
        "sign_in": "",
        "back": error::where_from(ask),
        "again": "",
    });
    match ask.page_with("errors/refused.html", &page, &chrome) {
        Ok(reply) => reply.with_status(StatusCode::FORBIDDEN),
        Err(_) => error::plain(StatusCode::FORBIDDEN),
    }
}

/// What is taken out of a request before it goes to a blocking thread.
struct Parts {
    path: String,
    written_down: String,
    query: HashMap<String, String>,
    params: HashMap<String, String>,
    sent: Sent,
    cookies: HashMap<String, String>,
    agent: String,
    from: String,
    accept_language: String,
    request_id: String,
    prefetch: bool,
    wants_stream: bool,
    has_tag: String,
}

impl Parts {
    fn of(request: &HttpRequest, app: &App, sent: Sent, request_id: &str, written_down: String) -> Self {
        let text = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("")
                .to_owned()
        };
        let prefix = cookie_prefix(app);
        let mut cookies = HashMap::new();
        if let Ok(all) = request.cookies() {
            for cookie in all.iter() {
                if let Some(name) = cookie.name().strip_prefix(prefix) {
                    cookies.insert(name.to_owned(), cookie.value().to_owned());
                }
            }
        }
        let query: Vec<(String, String)> =
            serde_html_form::from_str(request.query_string()).unwrap_or_else(|_| Vec::new());
        // No browser sends a zero character, and PostgreSQL keeps none.
        let clean = |text: String| {
            if text.contains('\0') {
                text.replace('\0', "")
            } else {
                text
            }
        };
        let mut sent = sent;
        for (_, value) in &mut sent.pairs {
            *value = clean(std::mem::take(value));
        }
        Self {
            path: request.path().to_owned(),
            written_down,
            query: query.into_iter().map(|(name, value)| (name, clean(value))).collect(),
            params: request
                .match_info()
                .iter()
                .map(|(name, value)| (name.to_owned(), clean(value.to_owned())))
                .collect(),
            sent,
            cookies,
            agent: text("user-agent"),
            from: request
                .peer_addr()
                .map_or_else(String::new, |peer| peer.ip().to_string()),
            accept_language: text("accept-language"),
            request_id: request_id.to_owned(),
            wants_stream: text("accept").contains("text/event-stream"),
            has_tag: text("if-none-match"),
            prefetch: text("sec-purpose").contains("prefetch") || text("purpose") == "prefetch",
        }
    }

    /// Finds out who is asking. Without a database there is nobody, and a plain page says so.
    fn enter(self, shared: Arc<Shared>) -> std::result::Result<Ask, Box<Reply>> {
        let app = Arc::clone(&shared.app);
        let token = self.cookies.get("sid").cloned();
        let outcome: Result<(people::Visitor, Arc<Settings>)> =
            people::enter(&app.store, &shared.known, token.as_deref(), &app.config.accounts).and_then(|visitor| {
                let settings = shared.settings_at(visitor.stamp.access)?;
                Ok((visitor, settings))
            });
        let locales = Locales::get();
        let (visitor, settings, away) = match outcome {
            Ok((visitor, settings)) => (visitor, settings, None),
            Err(refusal) => (
                people::Visitor {
                    viewer: Arc::new(Viewer::Visitor),
                    session: None,
                    people_epoch: 0,
                    stamp: crate::forum::reading::news::Stamp::default(),
                    anything_public: false,
                },
                Arc::new(Settings::default()),
                Some(refusal),
            ),
        };
        let lang = visitor
            .viewer
            .person()
            .and_then(|person| locales.find(&person.language))
            .or_else(|| self.cookies.get("lang").and_then(|tag| locales.find(tag)))
            .or_else(|| locales.choose(&self.accept_language))
            .or_else(|| locales.find(&settings.language))
            .unwrap_or_else(|| locales.first());
        let zone = visitor
            .viewer
            .person()
            .and_then(|person| TimeZone::get(&person.time_zone).ok())
            .or_else(|| TimeZone::get(&settings.time_zone).ok())
            .unwrap_or(TimeZone::UTC);
        let ask = Ask {
            shared,
            visitor,
            settings,
            lang,
            zone,
            path: self.path,
            written_down: self.written_down,
            query: self.query,
            params: self.params,
            sent: self.sent,
            cookies: self.cookies,
            agent: self.agent,
            from: self.from,
            request_id: self.request_id,
            prefetch: self.prefetch,
            wants_stream: self.wants_stream,
            attach_problem: String::new(),
            has_tag: self.has_tag,
        };
        match away {
            Some(refusal) if !ask.path.starts_with("/healthz") && !ask.path.starts_with("/assets/") => {
                Err(Box::new(error::page(&ask, &refusal)))
            }
            _ => Ok(ask),
        }
    }
}

/// Cookies carry the prefix by which browsers promise that nobody but this host set them.
pub(super) fn cookie_prefix(app: &App) -> &'static str {
    if app.site.secure { "__Host-" } else { "aq-" }
}
