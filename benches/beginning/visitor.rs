//! A visitor of a running forum, for benches: signs in as whoever set it up, and asks for pages. Not here: how fast.

/// Of everybody in a bench.
pub const PASSWORD: &str = "three quiet herons";

pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into()
}

fn cookies(response: &ureq::http::Response<ureq::Body>, jar: &mut Vec<(String, String)>) {
    for value in response.headers().get_all("set-cookie") {
        let text = value.to_str().unwrap_or("");
        if let Some((name, rest)) = text.split_once('=') {
            jar.retain(|(known, _)| known != name);
            jar.push((name.to_owned(), rest.split(';').next().unwrap_or("").to_owned()));
        }
    }
}

pub fn header(jar: &[(String, String)]) -> String {
    jar.iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ")
}

pub fn token_in(page: &str) -> String {
    page.split("name=\"token\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("")
        .to_owned()
}

pub fn sign_in(base: &str) -> Vec<(String, String)> {
    let agent = agent();
    let mut jar = Vec::new();
    let mut page = agent.get(format!("{base}/sign-in")).call().expect("the door");
    cookies(&page, &mut jar);
    let token = token_in(&page.body_mut().read_to_string().expect("a page"));
    let body = serde_html_form::to_string([("token", token.as_str()), ("who", "ada"), ("password", PASSWORD)])
        .expect("a form");
    let response = agent
        .post(format!("{base}/sign-in"))
        .header("Cookie", header(&jar))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .send(body)
        .expect("signed in");
    assert_eq!(response.status().as_u16(), 303);
    cookies(&response, &mut jar);
    jar
}
