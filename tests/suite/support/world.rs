//! The fixed cast. Ada is the admin; Mo moderates the kitchen; Nia is a member; Oda is an employee
//! who belongs to nothing; Pia belongs to the cellar, a private space; Gus is a guest on the bridge,
//! Gil on the quay, two hybrid spaces; Exa has left the cellar; Ban is deactivated.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use aquarium::access::{Tx, Viewer, deed, on_forum};
use aquarium::app::App;
use aquarium::config::Config;
use aquarium::db::migrate;
use aquarium::event::Source;
use aquarium::forum::people::{self, FirstRun, Join};
use aquarium::forum::{boards, posts, spaces, topics};
use aquarium::ids::{AccountId, BoardId, PostId, SpaceId};
use aquarium::jobs::worker;
use aquarium::kinds::{AccountKind, Joining, SpaceRole, TopicKind, Visibility, WhoStarts};
use aquarium::web;
use diesel::{Connection as _, RunQueryDsl as _};

use super::client::Client;
use super::database::{Databases, Kind, Lent};

pub(crate) const PASSWORD: &str = "three quiet herons";

/// A forum with its cast, and a server that answers for it.
pub(crate) struct Town {
    pub(crate) app: Arc<App>,
    pub(crate) databases: Databases,
    pub(crate) kind: Kind,
    pub(crate) people: HashMap<&'static str, AccountId>,
    pub(crate) spaces: HashMap<&'static str, SpaceId>,
    pub(crate) boards: HashMap<&'static str, BoardId>,
    pub(crate) folder: tempfile::TempDir,
    server: Server,
    /// Given back once nothing reads it any more, so it stands last.
    _database: Lent,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(app: &Arc<App>, socket: std::net::TcpListener) -> Self {
        let (send, receive) = std::sync::mpsc::channel();
        let app = Arc::clone(app);
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let serving = web::serve(app, socket).expect("the server starts");
                send.send((serving.address, serving.handle)).expect("the story waits");
                serving.server.await.expect("the server ends well");
            });
        });
        let (address, handle) = receive.recv().expect("the server started");
        Self {
            address,
            handle,
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = self.handle.stop(false);
        std::thread::spawn(move || actix_web::rt::System::new().block_on(stop))
            .join()
            .expect("the server was told to stop");
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server stopped");
        }
    }
}

/// A forum's configuration for stories: cheap hashes, short patience.
pub(crate) fn config(folder: &std::path::Path, url: &str) -> Config {
    let mut config = Config::defaults(folder);
    config.database.url = url.to_owned();
    config.accounts.hash_memory = 64;
    config.server.workers = 2;
    config.server.stop_seconds = 1;
    config.limits.body_seconds = 2;
    config.limits.posts_a_minute = 1000;
    config.incoming.address = "forum@cast.example".to_owned();
    config
}

impl Town {
    /// An empty forum that nobody has set up.
    pub(crate) fn empty(databases: &Databases, kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the story");
        let database = databases.fresh(kind, folder.path());
        let socket = web::bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        let listen = socket.local_addr().expect("a bound socket");
        let app = Arc::new(App::new(config(folder.path(), &database.url), listen).expect("the app is built"));
        migrate::up(app.store.connections()).expect("the database migrates");
        app.search.rebuild(&app).expect("an empty index is built");
        let server = Server::start(&app, socket);
        Self {
            app,
            databases: databases.clone(),
            kind,
            people: HashMap::new(),
            spaces: HashMap::new(),
            boards: HashMap::new(),
            folder,
            server,
            _database: database,
        }
    }

    pub(crate) fn open(databases: &Databases, kind: Kind) -> Self {
        let mut town = Self::empty(databases, kind);
        let hash = town.app.hasher.hash(PASSWORD).expect("a hash");
        let (ada, _) = people::first_run(
            &town.app.store,
            None,
            &FirstRun {
                forum_name: "Aquarium of the cast".to_owned(),
                admin: Join {
                    display_name: "Ada Admin".to_owned(),
                    name: "ada".to_owned(),
                    mail: "ada@cast.example".to_owned(),
                    password: PASSWORD.to_owned(),
                    language: "en".to_owned(),
                    time_zone: "UTC".to_owned(),
                },
                space: room("Kitchen", Visibility::Internal, Joining::Open),
                board_name: "Soup".to_owned(),
                board_description: "What simmers".to_owned(),
                welcome_title: "Welcome to the kitchen".to_owned(),
                welcome_body: "Cook, and say how.".to_owned(),
            },
            &hash,
            &town.app.config.limits,
            town.app.clock.now().plus_days(-2),
        )
        .expect("the first run");
        town.people.insert("ada", ada);
        for (name, visibility, joining) in [
            ("Cellar", Visibility::Private, Joining::Request),
            ("Bridge", Visibility::Hybrid, Joining::Invitation),
            ("Quay", Visibility::Hybrid, Joining::Invitation),
        ] {
            let space = town.as_person("ada", |tx| {
                let may = on_forum::<deed::Administer>(tx.viewer())?;
                spaces::create(tx, may, &room(name, visibility, joining))
            });
            let board = town.as_person("ada", |tx| {
                let place = spaces::find(tx, space)?.may::<deed::Manage>()?;
                boards::create(
                    tx,
                    &place,
                    &boards::Change {
                        name: format!("{name} board"),
                        description: String::new(),
                        kinds: TopicKind::ALL.to_vec(),
                        who_starts: WhoStarts::Members,
                        position: 1,
                        templates: Vec::new(),
                    },
                )
            });
            town.spaces.insert(name, space);
            town.boards.insert(name, board);
        }
        let (kitchen, soup) = town
            .app
            .store
            .read(&Viewer::system("story"), |cx| {
                let kitchen = spaces::all_for_index(cx)?[0].0.id;
                Ok((kitchen, boards::of_spaces(cx, &[kitchen], true)?[0].id))
            })
            .expect("the kitchen is there");
        town.spaces.insert("Kitchen", kitchen);
        town.boards.insert("Kitchen", soup);
        for (name, kind, rooms) in [
            ("mo", AccountKind::Employee, &[("Kitchen", SpaceRole::Moderator)][..]),
            ("nia", AccountKind::Employee, &[("Kitchen", SpaceRole::Member)][..]),
            ("oda", AccountKind::Employee, &[][..]),
            (
                "pia",
                AccountKind::Employee,
                &[("Cellar", SpaceRole::Member), ("Kitchen", SpaceRole::Member)][..],
            ),
            ("gus", AccountKind::Guest, &[("Bridge", SpaceRole::Member)][..]),
            ("gil", AccountKind::Guest, &[("Quay", SpaceRole::Member)][..]),
            ("exa", AccountKind::Employee, &[][..]),
            ("ban", AccountKind::Employee, &[("Kitchen", SpaceRole::Member)][..]),
        ] {
            let hash = hash.clone();
            let id = town
                .app
                .store
                .write(&Viewer::system("story"), Source::System, |tx| {
                    people::create_account(tx, kind, &called(name), &format!("{name}@cast.example"), &hash)
                })
                .expect("an account");
            town.people.insert(name, id);
            for (room, role) in rooms {
                let space = town.spaces[room];
                town.app
                    .store
                    .write(&Viewer::system("story"), Source::System, |tx| {
                        spaces::take_in(tx, space, id, *role)
                    })
                    .expect("a membership");
            }
        }
        let exa = town.people["exa"];
        let cellar = town.spaces["Cellar"];
        town.app
            .store
            .write(&Viewer::system("story"), Source::System, |tx| {
                spaces::take_in(tx, cellar, exa, SpaceRole::Member)
            })
            .expect("a membership");
        town.as_person("exa", |tx| {
            let space = spaces::find(tx, cellar)?.may::<deed::Leave>()?;
            spaces::leave(tx, space)
        });
        let ban = town.people["ban"];
        town.as_person("ada", |tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            people::deactivate(tx, may, ban)
        });
        town
    }

    /// Does something as one of the cast, without a page.
    pub(crate) fn as_person<T>(&self, who: &str, work: impl FnOnce(&mut Tx<'_>) -> aquarium::refusal::Result<T>) -> T {
        self.try_as(who, work)
            .unwrap_or_else(|refusal| panic!("{who}: {refusal}"))
    }

    pub(crate) fn try_as<T>(
        &self,
        who: &str,
        work: impl FnOnce(&mut Tx<'_>) -> aquarium::refusal::Result<T>,
    ) -> aquarium::refusal::Result<T> {
        let viewer = self.viewer(who);
        self.app.store.write(&viewer, Source::Page, work)
    }

    /// So many more employees who belong to a room: a figure is about nobody in particular only among many.
    pub(crate) fn crowd(&self, room: &str, count: usize) -> Vec<AccountId> {
        let hash = self.app.hasher.hash(PASSWORD).expect("a hash");
        let space = self.spaces[room];
        (0..count)
            .map(|number| {
                self.app
                    .store
                    .write(&Viewer::system("story"), Source::System, |tx| {
                        let (name, mail) = (format!("Extra {number}"), format!("extra{number}@cast.example"));
                        let id = people::create_account(tx, AccountKind::Employee, &name, &mail, &hash)?;
                        spaces::take_in(tx, space, id, SpaceRole::Member)?;
                        Ok(id)
                    })
                    .expect("somebody more")
            })
            .collect()
    }

    /// A question of one of those.
    pub(crate) fn asks(&self, who: AccountId, room: &str, title: &str) -> PostId {
        let viewer = people::viewer_of(&self.app.store, who).expect("somebody who may enter");
        let new = topics::New {
            kind: TopicKind::Question,
            title: title.to_owned(),
            tags: Vec::new(),
            body: format!("{title} I wonder."),
            key: String::new(),
            accepts: 0,
        };
        self.app
            .store
            .write(&viewer, Source::Page, |tx| {
                let board = boards::find(tx, self.boards[room])?;
                topics::start(tx, board, &new, &self.app.config.limits)
            })
            .expect("a question")
            .1
    }

    /// A reply of one of those.
    pub(crate) fn says(&self, who: AccountId, to: PostId) {
        let viewer = people::viewer_of(&self.app.store, who).expect("somebody who may enter");
        let sent = posts::Sent {
            body: "A flat one.".to_owned(),
            key: String::new(),
            accepts: 0,
        };
        self.app
            .store
            .write(&viewer, Source::Page, |tx| {
                let post = posts::take(tx, to)?.may::<deed::Reply>()?;
                posts::reply(tx, post, &sent, &self.app.config.limits)
            })
            .expect("a reply");
    }

    /// What somebody with the database's password does to it; how many rows it changed.
    pub(crate) fn by_hand(&self, sql: &str) -> usize {
        let changed = match self.kind {
            Kind::Sqlite => diesel::sql_query(sql).execute(&mut self.file()),
            Kind::Postgres => diesel::sql_query(sql).execute(&mut self.cluster()),
        };
        changed.expect("it is done")
    }

    /// What such a person reads.
    pub(crate) fn ask_by_hand<T>(&self, sql: &str) -> Vec<T>
    where
        T: diesel::QueryableByName<diesel::sqlite::Sqlite> + diesel::QueryableByName<diesel::pg::Pg> + 'static,
    {
        let rows = match self.kind {
            Kind::Sqlite => diesel::sql_query(sql).load(&mut self.file()),
            Kind::Postgres => diesel::sql_query(sql).load(&mut self.cluster()),
        };
        rows.expect("it is read")
    }

    fn file(&self) -> diesel::SqliteConnection {
        let path = self.app.config.database.url.trim_start_matches("sqlite:");
        let mut conn = diesel::SqliteConnection::establish(path).expect("the file");
        // Others may be writing.
        diesel::sql_query("PRAGMA busy_timeout = 10000")
            .execute(&mut conn)
            .expect("patience");
        conn
    }

    fn cluster(&self) -> diesel::PgConnection {
        diesel::PgConnection::establish(&self.app.config.database.url).expect("the cluster")
    }

    pub(crate) fn viewer(&self, who: &str) -> Arc<Viewer> {
        people::viewer_of(&self.app.store, self.people[who])
            .unwrap_or_else(|refusal| panic!("{who} may not enter: {refusal}"))
    }

    /// Lets everything happen that follows from what was done.
    pub(crate) fn settle(&self) {
        worker::run_out(&self.app).expect("all jobs are done");
        let (open, stuck) = worker::count(&self.app.store).expect("jobs can be counted");
        assert_eq!((open, stuck), (0, 0), "no job is left or put aside");
    }

    pub(crate) fn visitor(&self) -> Client {
        Client::new(self.server.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Signs in on the page, as people do.
    pub(crate) fn sign_in(&self, who: &str) -> Client {
        self.sign_in_at(self.server.address, who)
    }

    /// The same at another node.
    pub(crate) fn sign_in_at(&self, address: SocketAddr, who: &str) -> Client {
        let mut client = Client::new(address);
        client.visit("/sign-in").submit(
            "/sign-in",
            &[("who", &format!("{who}@cast.example")), ("password", PASSWORD)],
        );
        assert_eq!(client.status, 200, "{who} signs in: {}", client.text());
        client
    }
}

pub(crate) fn called(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
    first.chain(letters).collect()
}

fn room(name: &str, visibility: Visibility, joining: Joining) -> spaces::New {
    spaces::New {
        name: name.to_owned(),
        visibility,
        joining,
        concept_for: format!("Those in the {name}"),
        concept_about: format!("What happens in the {name}"),
        concept_gain: "Company".to_owned(),
    }
}
