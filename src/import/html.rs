//! The HTML that another forum kept, into the Markdown of ours: what people wrote, without what their pages put
//! around it.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use super::bbcode;
use crate::text::excerpt;

/// The parser of HTML is taken no deeper than this; what is nested deeper is no text of people.
const DEEPEST: usize = 400;

/// Turns pages of one forum into Markdown.
pub struct Converter {
    inner: HtmlToMarkdown,
}

fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<&'a str> {
    element
        .attrs
        .iter()
        .find(|one| &*one.name.local == name)
        .map(|one| &*one.value)
}

fn has_class(element: &Element<'_>, class: &str) -> bool {
    attribute(element, "class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
}

type Handled = Option<HandlerResult>;

/// An address as it leads somewhere from here: what the old forum's own pages were keeps its way, since those ways
/// lead to where their posts are now; its other files stay where they are.
fn from_here(home: &str, address: &str) -> String {
    let local = address.strip_prefix(home).filter(|_| !home.is_empty());
    let way = local.unwrap_or(address);
    let a_post = ["/t/", "/p/", "/q/", "/a/", "/questions/"]
        .iter()
        .any(|start| way.starts_with(start));
    if a_post {
        way.to_owned()
    } else if address.starts_with('/') && !address.starts_with("//") {
        format!("{home}{address}")
    } else {
        address.to_owned()
    }
}

fn link(text: &str, address: &str) -> String {
    let plain = !address.contains([' ', '(', ')', '<', '>', '\n']);
    if plain {
        format!("[{text}]({address})")
    } else {
        format!("[{text}](<{}>)", address.replace(['<', '>', '\n'], ""))
    }
}

impl Converter {
    /// `home`: where the other forum lived, as `https://forum.example.org`; empty when nobody knows.
    pub fn new(home: &str) -> Self {
        let home = home.trim_end_matches('/').to_owned();
        let pictures_home = home.clone();
        let inner = HtmlToMarkdown::builder()
            .options(Options {
                bullet_list_marker: BulletListMarker::Dash,
                ul_bullet_spacing: 1,
                ol_number_spacing: 1,
                ..Options::default()
            })
            .skip_tags(vec!["svg", "script", "style", "noscript", "head", "button", "form"])
            .add_handler(vec!["a"], move |handlers: &dyn Handlers, element: Element| -> Handled {
                let text = handlers.walk_children(element.node).content;
                let text = text.trim();
                let Some(address) = attribute(&element, "href").map(|address| from_here(&home, address)) else {
                    return Some(text.to_owned().into());
                };
                if text.is_empty() || address.is_empty() || address.starts_with('#') || has_class(&element, "mention") {
                    return Some(text.to_owned().into());
                }
                // A picture that opens large is the picture.
                if has_class(&element, "lightbox") {
                    let words = attribute(&element, "title").unwrap_or("").replace(['[', ']'], " ");
                    return Some(format!("!{}", link(&words, &address)).into());
                }
                if text.contains('\n') {
                    return Some(format!("{text}\n\n{}", link(&address, &address)).into());
                }
                Some(link(text, &address).into())
            })
            .add_handler(vec!["img"], move |_: &dyn Handlers, element: Element| -> Handled {
                let words = attribute(&element, "alt")
                    .or_else(|| attribute(&element, "title"))
                    .unwrap_or("");
                if has_class(&element, "avatar") || has_class(&element, "site-icon") {
                    return None;
                }
                if has_class(&element, "emoji") {
                    return Some(words.to_owned().into());
                }
                let address = from_here(&pictures_home, attribute(&element, "src")?);
                Some(format!("!{}", link(&words.replace(['[', ']', '\n'], " "), &address)).into())
            })
            .add_handler(
                vec!["iframe", "video", "audio", "source"],
                |handlers: &dyn Handlers, element: Element| -> Handled {
                    let inside = handlers.walk_children(element.node).content;
                    let Some(address) = attribute(&element, "src") else {
                        return Some(inside.into());
                    };
                    Some(format!("{}{}", link(address, address), inside).into())
                },
            )
            .add_handler(vec!["div"], |handlers: &dyn Handlers, element: Element| -> Handled {
                // What a page puts below a picture: its size, its name.
                if has_class(&element, "meta") || has_class(&element, "quote-controls") {
                    return None;
                }
                if let Some(number) = attribute(&element, "data-youtube-id") {
                    let address = format!("https://www.youtube.com/watch?v={number}");
                    return Some(format!("\n\n{}\n\n", link(&address, &address)).into());
                }
                let inside = handlers.walk_children(element.node).content;
                Some(format!("\n\n{}\n\n", inside.trim_matches('\n')).into())
            })
            .add_handler(
                vec!["del", "s", "strike"],
                |handlers: &dyn Handlers, element: Element| -> Handled {
                    let inside = handlers.walk_children(element.node).content;
                    let text = inside.trim();
                    Some(if text.is_empty() { inside } else { format!("~~{text}~~") }.into())
                },
            )
            .build();
        Self { inner }
    }

    /// Markdown that says what a piece of HTML said. `BBCode` that was left in it counts too.
    pub fn convert(&self, html: &str) -> Result<String, String> {
        let html = bbcode::in_html(html)
            .replace("class=\"lang-auto", "class=\"")
            .replace("class=\"lang-nohighlight", "class=\"")
            .replace("class=\"lang-", "class=\"language-");
        if depth(&html) > DEEPEST {
            return Ok(excerpt::plain(&html));
        }
        let text = self.inner.convert(&html).map_err(|error| error.to_string())?;
        Ok(text.trim().to_owned())
    }
}

/// How deeply elements stand in each other, at the most: ends are believed, elements without one do not count.
fn depth(html: &str) -> usize {
    const WITHOUT_END: &[&str] = &["br", "img", "hr", "p", "li", "source", "wbr", "input", "tr", "td", "th"];
    let (mut now, mut most) = (0_usize, 0);
    for part in html.split('<').skip(1) {
        if part.starts_with('/') {
            now = now.saturating_sub(1);
            continue;
        }
        let name = part.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !name.is_empty() && !WITHOUT_END.contains(&name) {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::Converter;

    fn of(html: &str) -> String {
        Converter::new("https://old.example").convert(html).expect("converted")
    }

    #[test]
    fn words_and_their_shapes() {
        assert_eq!(
            of("<p>One <strong>two</strong>\n<em>three</em>.</p><p>Four</p>"),
            "One **two** *three*.\n\nFour"
        );
        assert_eq!(of("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
        assert_eq!(
            of("<pre><code class=\"lang-lua\">x = 1\ny = 2\n</code></pre>"),
            "```lua\nx = 1\ny = 2\n```"
        );
        assert_eq!(
            of("<p>2 * 3 * 4 and snake_case_name</p>"),
            "2 \\* 3 \\* 4 and snake\\_case\\_name"
        );
        assert_eq!(of("<p>[b]old[/b]</p>"), "**old**");
    }

    #[test]
    fn ways_of_the_old_forum_lead_on() {
        assert_eq!(
            of("<a href=\"https://old.example/t/a-slug/12/3\">there</a>"),
            "[there](/t/a-slug/12/3)"
        );
        assert_eq!(of("<a href=\"/t/a-slug/12\">there</a>"), "[there](/t/a-slug/12)");
        assert_eq!(
            of("<a href=\"/uploads/x.zip\">x</a>"),
            "[x](https://old.example/uploads/x.zip)"
        );
        assert_eq!(
            of("<a href=\"https://b.example/a(b)\">x</a>"),
            "[x](<https://b.example/a(b)>)"
        );
        assert_eq!(of("<a class=\"mention\" href=\"/u/ann\">@ann</a> hi"), "@ann hi");
    }

    #[test]
    fn what_a_page_puts_around_is_left() {
        assert_eq!(
            of(
                "<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"https://cdn.example/a.png\" title=\"pump\">\
                <img src=\"https://cdn.example/s.png\" alt=\"pump\"><div class=\"meta\"><svg><use href=\"#i\"></use></svg>\
                <span>1529×1355 551 KB</span></div></a></div>"
            ),
            "![pump](https://cdn.example/a.png)"
        );
        assert_eq!(
            of(
                "<aside class=\"quote\" data-post=\"1\"><div class=\"title\"><div class=\"quote-controls\"></div>\
                <img class=\"avatar\" src=\"x\">ann:</div><blockquote><p>so</p></blockquote></aside><p>Yes</p>"
            ),
            "ann:\n\n> so\n\nYes"
        );
        assert_eq!(
            of("fine <img class=\"emoji\" src=\"/i/s.png\" alt=\":smile:\">"),
            "fine :smile:"
        );
    }

    #[test]
    fn a_tower_falls_flat() {
        assert_eq!(of(&format!("{}deep", "<div>".repeat(30_000))).trim(), "deep");
    }
}
