//! What a member writes becomes HTML, once, when it is written. Nothing of the source reaches the page
//! as markup: raw HTML is text, and only the elements that the parser's own events name exist.
//! docs/markup.md lists where that differs from CommonMark.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use sha2::{Digest as _, Sha256};

use super::{Html, escape_into};

/// Goes up when the same source would give other HTML; a job then renders old posts anew.
pub const RENDER_VERSION: i64 = 1;

/// Browsers give up at 512 levels, and a parser of HTML takes seconds for 30,000: deeper nesting is
/// flattened before any HTML exists.
pub const DEEPEST: usize = 100;

/// Code longer than this, in bytes, is shown plain: highlighting takes about a second a megabyte.
const LONGEST_COLOURED: usize = 16 * 1024;

/// Who a mention names: asked once a name, answers with the address of their page.
pub type Known<'a> = &'a dyn Fn(&str) -> Option<String>;

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

/// Renders Markdown. Takes at most a few milliseconds for the 64 KiB that a post may have.
pub fn render(source: &str, known: Known<'_>) -> Html {
    // Footnotes of two posts stand on one page; their names must differ.
    let digest = Sha256::digest(source.as_bytes());
    let prefix = format!("n{:02x}{:02x}{:02x}-", digest[0], digest[1], digest[2]);
    let mut out = String::with_capacity(source.len() * 3 / 2);
    let events = Tamed {
        parser: Parser::new_ext(source, options()),
        waiting: Vec::new(),
        depth: 0,
        cut: Vec::new(),
        links: Vec::new(),
        images: Vec::new(),
        framed: false,
        code: None,
        quiet: 0,
        prefix,
        known,
    };
    pulldown_cmark::html::push_html(&mut out, events);
    // HTML has no way to write control characters, and ready pages are cut at some of them.
    if out
        .bytes()
        .any(|byte| byte < 0x20 && !matches!(byte, b'\n' | b'\t' | b'\r'))
    {
        out.retain(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r'));
    }
    Html(out)
}

/// The names after an `@` in running text, in order, each once; not in code and not in links.
pub fn mentions(source: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut quiet = 0_usize;
    for event in Parser::new_ext(source, options()) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => quiet -= 1,
            Event::Text(text) if quiet == 0 => {
                for (_, name) in mentions_in(&text) {
                    if !found.iter().any(|one| one == name) && found.len() < 50 {
                        found.push(name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The number of a file of ours that an address leads to: `/files/12/pump.jpg`.
fn file_in(address: &str) -> Option<i64> {
    let (number, name) = address.strip_prefix("/files/")?.split_once('/')?;
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    (plain && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| number.parse().ok())
        .flatten()
}

/// The files that a text shows or leads to, each once, at most fifty.
pub fn files(source: &str) -> Vec<i64> {
    let mut found = Vec::new();
    for event in Parser::new_ext(source, options()) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            && let Some(number) = file_in(&dest_url)
            && !found.contains(&number)
            && found.len() < 50
        {
            found.push(number);
        }
    }
    found
}

/// Where names stand in a text: the byte of the `@`, and the name without it.
fn mentions_in(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices('@') {
        let joined = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'/');
        if joined {
            continue;
        }
        let rest = &text[at + 1..];
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')))
            .unwrap_or(rest.len());
        let name = rest[..length].trim_end_matches(['.', '-', '_']);
        if name.len() >= 2 {
            found.push((at, name));
        }
    }
    found
}

/// Whether a link may be followed: the web, mail, or a place on this forum.
pub fn is_safe_address(address: &str) -> bool {
    // Browsers skip white space and control characters inside a scheme.
    let plain: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    match scheme(&plain) {
        None => true,
        Some(scheme) => ["http", "https", "mailto"]
            .iter()
            .any(|good| scheme.eq_ignore_ascii_case(good)),
    }
}

/// What stands before the colon, where browsers would read a scheme: a letter, then letters, digits,
/// plus, dash and dot.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split(['/', '?', '#']).next()?.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters)).then_some(scheme)
}

/// Whether an address leads away from this forum. Browsers take a backslash for a slash.
pub fn is_outside(address: &str) -> bool {
    address.replace('\\', "/").starts_with("//") || scheme(address).is_some()
}

/// A heading inside a post stands below the page's own two levels.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// The parser's events, made harmless on their way to HTML.
struct Tamed<'a, 'k> {
    parser: Parser<'a>,
    /// Events that replace one of the parser's, last first.
    waiting: Vec<Event<'a>>,
    depth: usize,
    /// For each open element: whether it was left out for being too deep.
    cut: Vec<bool>,
    /// For each open link: whether it was kept.
    links: Vec<bool>,
    /// For each open image: where it points if it became a link.
    images: Vec<Option<CowStr<'a>>>,
    /// Whether the open picture is one of ours, small, with a link to the whole of it around it.
    framed: bool,
    code: Option<(String, String)>,
    /// Inside links and images, where a mention would be a link in a link.
    quiet: usize,
    prefix: String,
    known: Known<'k>,
}

impl<'a> Tamed<'a, '_> {
    fn named(&self, name: &str) -> CowStr<'a> {
        let plain: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_string()
                } else {
                    format!("-{:x}", c as u32)
                }
            })
            .collect();
        format!("{}{plain}", self.prefix).into()
    }

    fn opens(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        if self.depth >= DEEPEST {
            self.cut.push(true);
            return None;
        }
        self.cut.push(false);
        self.depth += 1;
        Some(match tag {
            Tag::HtmlBlock => Event::Start(Tag::Paragraph),
            Tag::Heading { level, .. } => Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Tag::FootnoteDefinition(name) => Event::Start(Tag::FootnoteDefinition(self.named(&name))),
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
                return None;
            }
            // The words of a picture are text; a link among them is only its words.
            Tag::Link { .. } if self.in_picture() => {
                self.quiet += 1;
                self.links.push(false);
                return None;
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.quiet += 1;
                let address = match link_type {
                    LinkType::Email => CowStr::from(format!("mailto:{dest_url}")),
                    _ => dest_url,
                };
                let kept = is_safe_address(&address);
                self.links.push(kept);
                if !kept {
                    return None;
                }
                let mut open = String::from("<a href=\"");
                pulldown_cmark_escape(&mut open, &address);
                if !title.is_empty() {
                    open.push_str("\" title=\"");
                    escape_into(&mut open, &title);
                }
                if is_outside(&address) {
                    open.push_str("\" rel=\"nofollow ugc noopener noreferrer");
                }
                open.push_str("\">");
                Event::InlineHtml(open.into())
            }
            Tag::Image {
                dest_url,
                title,
                id,
                link_type,
            } => {
                self.quiet += 1;
                // Nothing is fetched from outside: such a picture is a link with its words.
                let outside = is_outside(&dest_url);
                if outside && is_safe_address(&dest_url) {
                    let mut open = String::from("<a class=\"picture-link\" href=\"");
                    pulldown_cmark_escape(&mut open, &dest_url);
                    open.push_str("\" rel=\"nofollow ugc noopener noreferrer\">");
                    self.images.push(Some(dest_url));
                    Event::InlineHtml(open.into())
                } else if outside {
                    self.images.push(Some(CowStr::Borrowed("")));
                    return None;
                } else if let Some(number) = file_in(&dest_url).filter(|_| self.links.is_empty() && !self.in_picture())
                {
                    let mut open = String::from("<a class=\"picture\" href=\"");
                    pulldown_cmark_escape(&mut open, &dest_url);
                    open.push_str("\">");
                    self.images.push(None);
                    self.framed = true;
                    self.waiting.push(Event::Start(Tag::Image {
                        link_type,
                        dest_url: format!("/pictures/{number}").into(),
                        title,
                        id,
                    }));
                    Event::InlineHtml(open.into())
                } else {
                    self.images.push(None);
                    Event::Start(Tag::Image {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                }
            }
            other => Event::Start(other),
        })
    }

    fn closes(&mut self, tag: TagEnd) -> Option<Event<'a>> {
        if self.cut.pop().unwrap_or(false) {
            return None;
        }
        self.depth -= 1;
        Some(match tag {
            TagEnd::HtmlBlock => Event::End(TagEnd::Paragraph),
            TagEnd::Heading(level) => Event::End(TagEnd::Heading(lowered(level))),
            TagEnd::CodeBlock => {
                let (language, code) = self.code.take().unwrap_or_default();
                Event::Html(code_block(&language, &code).into())
            }
            TagEnd::Link => {
                self.quiet -= 1;
                if !self.links.pop().unwrap_or(false) {
                    return None;
                }
                Event::InlineHtml("</a>".into())
            }
            TagEnd::Image => {
                self.quiet -= 1;
                match self.images.pop().flatten() {
                    None => {
                        if self.framed && !self.in_picture() {
                            self.framed = false;
                            self.waiting.push(Event::InlineHtml("</a>".into()));
                        }
                        Event::End(TagEnd::Image)
                    }
                    Some(to) if to.is_empty() => return None,
                    Some(to) => {
                        // A picture without words is named by its address.
                        self.waiting.push(Event::InlineHtml("</a>".into()));
                        return Some(Event::Text(format!(" ({to})").into()));
                    }
                }
            }
            other => Event::End(other),
        })
    }

    /// Inside a picture that is shown, whose words become its `alt`.
    fn in_picture(&self) -> bool {
        self.images.iter().any(Option::is_none)
    }

    /// Running text, with the people it names made links.
    fn words(&mut self, text: CowStr<'a>) -> Event<'a> {
        if self.quiet > 0 || !text.contains('@') {
            return Event::Text(text);
        }
        let mut html = String::new();
        let mut done = 0;
        let mut any = false;
        for (at, name) in mentions_in(&text) {
            if let Some(address) = (self.known)(name) {
                any = true;
                escape_into(&mut html, &text[done..at]);
                html.push_str("<a class=\"mention\" href=\"");
                escape_into(&mut html, &address);
                html.push_str("\">@");
                escape_into(&mut html, name);
                html.push_str("</a>");
                done = at + 1 + name.len();
            }
        }
        if !any {
            return Event::Text(text);
        }
        escape_into(&mut html, &text[done..]);
        Event::InlineHtml(html.into())
    }
}

impl<'a> Iterator for Tamed<'a, '_> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(event) = self.waiting.pop() {
                return Some(event);
            }
            let event = self.parser.next()?;
            if let Some((_, code)) = &mut self.code {
                match event {
                    Event::Text(text) => {
                        code.push_str(&text);
                        continue;
                    }
                    Event::End(tag) => {
                        if let Some(event) = self.closes(tag) {
                            return Some(event);
                        }
                        continue;
                    }
                    _ => continue,
                }
            }
            let tamed = match event {
                Event::Start(tag) => self.opens(tag),
                Event::End(tag) => self.closes(tag),
                Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
                Event::Text(text) => Some(self.words(text)),
                Event::FootnoteReference(name) => Some(Event::FootnoteReference(self.named(&name))),
                Event::TaskListMarker(done) => Some(Event::Text(if done { "☑ " } else { "☐ " }.into())),
                other => Some(other),
            };
            if tamed.is_some() {
                return tamed;
            }
        }
    }
}

/// Percent-encodes what may not stand in an address, as the parser's own writer does.
fn pulldown_cmark_escape(out: &mut String, address: &str) {
    let mut escaped = String::new();
    pulldown_cmark::html::push_html(
        &mut escaped,
        [Event::Start(Tag::Link {
            link_type: LinkType::Inline,
            dest_url: CowStr::Borrowed(address),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        })]
        .into_iter(),
    );
    let inner = escaped
        .strip_prefix("<a href=\"")
        .and_then(|rest| rest.strip_suffix("\">"));
    out.push_str(inner.unwrap_or(""));
}

fn code_block(language: &str, code: &str) -> String {
    let mut out = String::from("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        escape_into(&mut out, language);
        out.push('"');
    }
    out.push('>');
    match coloured(language, code) {
        Some(html) => out.push_str(&html),
        None => escape_into(&mut out, code),
    }
    out.push_str("</code></pre>\n");
    out
}

fn coloured(language: &str, code: &str) -> Option<String> {
    use std::sync::LazyLock;
    use syntect::html::{ClassStyle, ClassedHTMLGenerator};
    use syntect::parsing::SyntaxSet;
    static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

    if language.is_empty() || code.len() > LONGEST_COLOURED {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut writer =
        ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, ClassStyle::SpacedPrefixed { prefix: "c-" });
    for line in code.split_inclusive('\n') {
        let line: Cow<'_, str> = if line.ends_with('\n') {
            line.into()
        } else {
            format!("{line}\n").into()
        };
        writer.parse_html_for_line_which_includes_newline(&line).ok()?;
    }
    Some(writer.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let known = |name: &str| (name == "nia").then(|| "/people/3-nia".to_owned());
        render(source, &known).into_string()
    }

    #[test]
    fn raw_html_is_text() {
        assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert!(!html("<script>alert(1)</script>").contains("<script"));
    }

    #[test]
    fn only_harmless_addresses_are_links() {
        for bad in [
            "javascript:alert(1)",
            "java\tscript:a",
            "data:text/html,x",
            "vbscript:x",
        ] {
            assert!(!is_safe_address(bad), "{bad}");
            assert!(!html(&format!("[x](<{bad}>)")).contains("href"), "{bad}");
        }
        for good in [
            "https://a.example/x:y",
            "/topics/1",
            "#x",
            "mailto:a@b.example",
            "a/b:c",
        ] {
            assert!(is_safe_address(good), "{good}");
        }
    }

    #[test]
    fn people_are_named_in_running_text_only() {
        assert!(html("hello @nia.").contains("<a class=\"mention\" href=\"/people/3-nia\">@nia</a>."));
        assert!(!html("`@nia`").contains("mention"));
        assert!(!html("@nobody").contains("mention"));
        assert_eq!(mentions("@nia and @mo.v, not `@ada` nor x@gus"), ["nia", "mo.v"]);
    }

    #[test]
    fn nesting_is_cut_before_html_exists() {
        let deep = html(&format!("{}x", "> ".repeat(32_768)));
        assert_eq!(deep.matches("<blockquote>").count(), DEEPEST);
        assert!(deep.contains('x'));
    }

    #[test]
    fn pictures_from_outside_are_links() {
        let outside = html("![a cat](https://cats.example/1.png)");
        assert!(!outside.contains("<img"), "{outside}");
        assert!(outside.contains("a cat"), "{outside}");
        assert!(html("![a cat](/pictures/1)").contains("<img"));
    }

    #[test]
    fn a_picture_of_ours_is_small_and_leads_to_the_whole() {
        let ours = "<p><a class=\"picture\" href=\"/files/12/pump.jpg\"><img src=\"/pictures/12\" alt=\"the pump\" /></a></p>\n";
        assert_eq!(html("![the pump](/files/12/pump.jpg)"), ours);
        // Already in a link, it stays as it is; twice in a row, each has a frame of its own.
        assert_eq!(html("[![x](/files/1/a.png)](/topics/1)").matches("<a ").count(), 1);
        let two = html("![x](/files/1/a.png) ![y](/files/2/b.png)");
        assert_eq!((two.matches("<a ").count(), two.matches("</a>").count()), (2, 2));
        assert_eq!(
            files("![x](/files/1/a.png) [y](/files/2/b.pdf) `[z](/files/3/c)` ![x](/files/1/a.png)"),
            [1, 2]
        );
        for none in [
            "/files/1",
            "/files/x/a",
            "/files/1/../../etc",
            "https://a.example/files/1/a",
            "/files/1/a b",
        ] {
            assert_eq!(files(&format!("[x](<{none}>)")), Vec::<i64>::new(), "{none}");
        }
    }
}
