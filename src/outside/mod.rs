//! The only way in which the forum asks the world a question: with an address that somebody typed, of a page
//! that anybody may read. Never of anything inside: each address of a host is looked at before one is
//! connected to, on the first request and on every other to which a page leads.

pub mod page;
mod public;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Pages to which one leads, and how long all of them may take.
const LED_ON: usize = 3;
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a page that are read; what describes it stands at its beginning.
const MOST: usize = 512 * 1024;
const LONGEST_ADDRESS: usize = 2_000;

/// What may be asked.
#[derive(Debug, Clone)]
pub enum Reach {
    /// What everybody can reach, on the two ports of the web.
    Public,
    /// For tests: these, and nothing else.
    Only(Vec<SocketAddr>),
}

impl Reach {
    fn allows(&self, ip: IpAddr, port: u16) -> bool {
        match self {
            Self::Public => matches!(port, 80 | 443) && public::is_public(ip),
            Self::Only(these) => these.contains(&SocketAddr::new(ip, port)),
        }
    }

    fn allows_host(&self, ip: IpAddr) -> bool {
        match self {
            Self::Public => public::is_public(ip),
            Self::Only(these) => these.iter().any(|one| one.ip() == ip),
        }
    }
}

/// Why nothing came. Said in the log, and to nobody else: it would tell what is inside.
#[derive(Debug, PartialEq, Eq)]
pub struct Nothing(pub String);

fn nothing(why: impl std::fmt::Display) -> Nothing {
    Nothing(why.to_string())
}

/// Asks names, and gives back addresses only when all of them may be asked: one that is inside condemns the name.
struct Guarded(Reach);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() || !found.iter().all(|one| reach.allows_host(one.ip())) {
                return Err(Box::<dyn std::error::Error + Send + Sync>::from("not to be asked"));
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address may be asked as far as it says itself; a name is looked at when it is resolved.
fn check(address: &Url, reach: &Reach) -> Result<(), Nothing> {
    if !matches!(address.scheme(), "http" | "https") {
        return Err(nothing("neither http nor https"));
    }
    if !address.username().is_empty() || address.password().is_some() || address.as_str().len() > LONGEST_ADDRESS {
        return Err(nothing("with a password, or too long"));
    }
    let port = address.port_or_known_default().unwrap_or(0);
    let allowed = match address.host() {
        Some(Host::Ipv4(ip)) => reach.allows(ip.into(), port),
        Some(Host::Ipv6(ip)) => reach.allows(ip.into(), port),
        // A name without a dot is a machine of the house.
        Some(Host::Domain(name)) => match reach {
            Reach::Public => matches!(port, 80 | 443) && name.trim_end_matches('.').contains('.'),
            Reach::Only(these) => these.iter().any(|one| one.port() == port),
        },
        None => false,
    };
    if allowed {
        Ok(())
    } else {
        Err(nothing("not to be asked"))
    }
}

/// The HTML at an address, after at most three leads, and where it was.
pub fn html(address: &str, reach: &Reach) -> Result<(Url, String), Nothing> {
    let address = Url::parse(address).map_err(nothing)?;
    check(&address, reach)?;
    // Whoever came first has chosen the same.
    drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(nothing)?;
    let found = runtime.block_on(async { tokio::time::timeout(PATIENCE, follow(address, reach)).await });
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    found.map_err(nothing)?
}

async fn follow(mut address: Url, reach: &Reach) -> Result<(Url, String), Nothing> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(Guarded(reach.clone())))
        .user_agent("Aquarium link preview")
        .build()
        .map_err(nothing)?;
    for _ in 0..=LED_ON {
        check(&address, reach)?;
        let answer = client
            .get(address.clone())
            .header("Accept", "text/html")
            .send()
            .await
            .map_err(nothing)?;
        if answer.status().is_redirection() {
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok());
            let to = to.ok_or_else(|| nothing("led nowhere"))?;
            address = address.join(to).map_err(nothing)?;
            continue;
        }
        if !answer.status().is_success() {
            return Err(nothing(answer.status()));
        }
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_lowercase();
        if !kind.starts_with("text/html") && !kind.starts_with("application/xhtml") {
            return Err(nothing("no page"));
        }
        return Ok((address, read(answer, &kind).await?));
    }
    Err(nothing("led on too often"))
}

async fn read(mut answer: reqwest::Response, kind: &str) -> Result<String, Nothing> {
    let mut bytes = Vec::new();
    while let Some(some) = answer.chunk().await.map_err(nothing)? {
        bytes.extend_from_slice(&some);
        if bytes.len() >= MOST {
            bytes.truncate(MOST);
            break;
        }
    }
    let said = kind
        .split("charset=")
        .nth(1)
        .map(|label| label.trim_matches(['"', ' ', '\'', ';']));
    let encoding = said
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    Ok(encoding.decode(&bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn what_is_inside_is_never_asked() {
        // Whoever connects here has asked something inside.
        let canary = TcpListener::bind("127.0.0.1:0").expect("a port");
        canary.set_nonblocking(true).expect("it does not wait");
        let port = canary.local_addr().expect("an address").port();
        let mut tried = 0;
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.0.2",
            "0x7f000001",
            "2130706433",
            "0177.0.0.1",
            "017700000001",
            "0",
            "0.0.0.0",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "localhost.localdomain",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[::127.0.0.1]",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.254",
            "192.168.0.1",
            "192.168.255.255",
            "169.254.169.254",
            "[fe80::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "[ff02::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "①②⑦.⓪.⓪.①",
            "router",
        ] {
            for address in [
                format!("http://{host}/"),
                format!("http://{host}:{port}/"),
                format!("https://{host}:{port}/x"),
            ] {
                tried += 1;
                assert!(html(&address, &Reach::Public).is_err(), "{address} was asked");
            }
        }
        for address in [
            format!("http://user:word@127.0.0.1:{port}/"),
            format!("http://example.com@127.0.0.1:{port}/"),
            "file:///etc/passwd".to_owned(),
            "gopher://127.0.0.1/".to_owned(),
            "ftp://example.com/".to_owned(),
            "http://example.com:22/".to_owned(),
            "http://".to_owned(),
            "no address".to_owned(),
        ] {
            tried += 1;
            assert!(html(&address, &Reach::Public).is_err(), "{address} was asked");
        }
        assert!(tried >= 80, "{tried}");
        assert!(canary.accept().is_err(), "somebody came");
    }
}
