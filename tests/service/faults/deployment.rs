//! The real program on a database of its own, to be ended in any way and started again.

use super::load::{Crew, Site};
use crate::support::database::{Database, Directory};
use crate::support::http::App;
use crate::support::process::{Ended, Replica, Secrets, run};
use crate::support::town::Town;
use hourbook::store::DbUrl;

/// A database with a town in it, and whatever else the program needs to start on it.
pub struct Deployment {
    url: DbUrl,
    database: Database,
    secrets: Secrets,
    /// A data folder for each replica.
    data: [Directory; 3],
}

impl Deployment {
    /// On a database that is migrated and empty; with what the crew finds there.
    pub fn found(database: Database, clients: usize) -> (Self, Crew) {
        let data = [(); 3].map(|()| Directory::new("house"));
        let deployment = Self { url: database.url().clone(), database, secrets: Secrets::new(), data };
        let app = App::start(deployment.database.url());
        // The program goes by the machine's clock.
        let first_day = chrono::Utc::now().date_naive() - chrono::Days::new(4);
        let crew = Crew::hire(Site::of(&Town::found(&app), clients, first_day));
        (deployment, crew)
    }

    /// The database, by the way that it was made, whatever way the program takes to it.
    pub fn database(&self) -> &DbUrl {
        self.database.url()
    }

    /// The program takes this way to the database from now on.
    pub fn by_way_of(self, url: &DbUrl) -> Self {
        Self { url: url.clone(), ..self }
    }

    /// Starts the program.
    pub fn serve(&self) -> Replica {
        self.serve_with(0, &[], &[])
    }

    /// Starts one of up to three replicas.
    pub fn serve_as(&self, replica: usize) -> Replica {
        self.serve_with(replica, &[], &[])
    }

    /// Starts one of up to three replicas, run by another program, with more options.
    pub fn serve_with(&self, replica: usize, wrapper: &[&str], more: &[&str]) -> Replica {
        let mut options = place(&self.url, &self.data[replica]);
        options.extend(self.secrets.options());
        let options: Vec<&str> = options.iter().map(String::as_str).chain(more.iter().copied()).collect();
        Replica::run_under(wrapper, "serve", &options)
    }

    /// Runs a sub-command to its end, with the same keys, beside the program where that runs.
    pub fn run(&self, words: &[&str]) -> Ended {
        let options = [place(&self.url, &self.data[0]), self.secrets.options()].concat();
        run(&words.iter().copied().chain(options.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    /// Demands that `hourbook verify` finds nothing.
    #[track_caller]
    pub fn assert_verified(&self) {
        let Ended { code, stdout, stderr } = verify(self.database(), &self.data[0], &self.secrets);
        assert_eq!(code, Some(0), "{stdout}{stderr}");
    }
}

/// Where the data is, as options.
pub fn place(url: &DbUrl, data: &Directory) -> Vec<String> {
    let url = match url {
        DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    };
    vec!["--database-url".to_owned(), url, "--data-dir".to_owned(), data.path().display().to_string()]
}

/// A fault may strike before anything was signed.
fn verify(url: &DbUrl, data: &Directory, secrets: &Secrets) -> Ended {
    let options = [place(url, data), secrets.of_the_ledger()].concat();
    let arguments: Vec<&str> =
        ["verify", "--allow-unsigned"].into_iter().chain(options.iter().map(String::as_str)).collect();
    run(&arguments)
}
