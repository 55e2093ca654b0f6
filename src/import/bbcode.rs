//! `BBCode`, as forums of its time wrote it, into the HTML that it stood for. Only what is opened and closed counts;
//! a bracket that belongs to nothing stays the bracket that somebody typed. What is code already stays as it is.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::escape_into;

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)<(pre|code)\b|\[(\*)\]|\[(/?)(b|i|u|s|url|email|img|quote|code|list|size|color|font|center|left|right|spoiler|youtube)(?:=([^\]\n]*))?\]"#,
    )
    .expect("a pattern of ours")
});

static CODE_ENDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\[/code\]").expect("a pattern of ours"));

/// Tags that may be open at once.
const DEEPEST: usize = 100;

/// Tags that are open, with where their text began in what is written.
struct Open {
    name: String,
    value: String,
    from: usize,
    /// The mark as it was typed.
    typed: String,
}

/// A text of `BBCode` as HTML.
pub fn to_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 64);
    escape_into(&mut escaped, &text.replace("\r\n", "\n"));
    in_html(&escaped.replace('\n', "<br>\n"))
}

/// What is left of `BBCode` in a page, as HTML.
pub fn in_html(html: &str) -> String {
    if !html.contains('[') {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + 64);
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(found) = MARK.captures_at(html, at) {
        let Some(whole) = found.get(0) else { break };
        out.push_str(&html[at..whole.start()]);
        at = whole.end();
        if let Some(element) = found.get(1) {
            // Code stays as it is, to its end.
            let end = format!("</{}>", element.as_str().to_lowercase());
            let until = html[at..].find(&end).map_or(html.len(), |place| at + place + end.len());
            out.push_str(&html[whole.start()..until]);
            at = until;
            continue;
        }
        if found.get(2).is_some() {
            if let Some(list) = open.iter_mut().rev().find(|one| one.name == "list") {
                out.push_str(if list.value == "begun" { "</li><li>" } else { "<li>" });
                "begun".clone_into(&mut list.value);
            } else {
                out.push_str(whole.as_str());
            }
            continue;
        }
        let name = found
            .get(4)
            .map_or_else(String::new, |name| name.as_str().to_lowercase());
        let closes = found.get(3).is_some_and(|slash| !slash.as_str().is_empty());
        if closes {
            close(&mut out, &mut open, &name, whole.as_str());
            continue;
        }
        if name == "code"
            && let Some(end) = CODE_ENDS.find_at(html, at)
        {
            let code = html[at..end.start()].replace("<br>\n", "\n").replace("<br>", "\n");
            out.push_str("<pre><code>");
            out.push_str(code.trim_matches('\n'));
            out.push_str("</code></pre>");
            at = end.end();
            continue;
        }
        if open.len() >= DEEPEST {
            out.push_str(whole.as_str());
            continue;
        }
        open.push(Open {
            name,
            value: found.get(5).map_or_else(String::new, |value| {
                value.as_str().trim_matches(['"', '\'', ' ']).replace("&quot;", "")
            }),
            from: out.len(),
            typed: whole.as_str().to_owned(),
        });
        // What it becomes is known when it is closed; until then it is what was typed.
        out.push_str(whole.as_str());
    }
    out.push_str(&html[at..]);
    out
}

/// Closes a tag: its text becomes HTML. Others that were opened within and not closed stay as typed.
fn close(out: &mut String, open: &mut Vec<Open>, name: &str, typed: &str) {
    let Some(place) = open.iter().rposition(|one| one.name == name) else {
        out.push_str(typed);
        return;
    };
    let Some(begun) = open.drain(place..).next() else {
        return;
    };
    let text = out[begun.from + begun.typed.len()..].to_owned();
    out.truncate(begun.from);
    let address = |given: &str| {
        let given = given.trim();
        let known = ["http://", "https://", "mailto:", "/"];
        known
            .iter()
            .any(|start| given.starts_with(start))
            .then(|| given.replace(['<', '>', '"'], ""))
    };
    let (before, inside, after) = match name {
        "b" => ("<strong>".to_owned(), text, "</strong>"),
        "i" => ("<em>".to_owned(), text, "</em>"),
        "s" => ("<del>".to_owned(), text, "</del>"),
        "url" => {
            let given = if begun.value.is_empty() {
                strip(&text)
            } else {
                begun.value.clone()
            };
            match address(&given) {
                Some(address) => (format!("<a href=\"{address}\">"), text, "</a>"),
                None => (String::new(), text, ""),
            }
        }
        "email" => (format!("<a href=\"mailto:{}\">", strip(&text)), text, "</a>"),
        "img" => match address(&strip(&text)) {
            Some(address) => (format!("<img alt=\"\" src=\"{address}\">"), String::new(), ""),
            None => (String::new(), text, ""),
        },
        "youtube" => {
            let number: String = strip(&text)
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                .collect();
            let address = format!("https://www.youtube.com/watch?v={number}");
            (format!("<a href=\"{address}\">"), address, "</a>")
        }
        "quote" => {
            let who = begun.value.split(',').next().unwrap_or("").trim().to_owned();
            let who = if who.is_empty() {
                String::new()
            } else {
                format!("<p>{who}:</p>")
            };
            (format!("<blockquote>{who}"), text, "</blockquote>")
        }
        "list" => {
            let ends = if begun.value == "begun" { "</li></ul>" } else { "</ul>" };
            ("<ul>".to_owned(), text, ends)
        }
        // A size, a colour, a side: the words are what counts.
        _ => (String::new(), text, ""),
    };
    out.push_str(&before);
    out.push_str(&inside);
    out.push_str(after);
}

/// A text without the elements in it.
fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    for character in text.chars() {
        match character {
            '<' => within = true,
            '>' => within = false,
            _ if !within => out.push(character),
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{in_html, to_html};

    #[test]
    fn what_is_opened_and_closed() {
        assert_eq!(to_html("[b]Hi[/b] <you>"), "<strong>Hi</strong> &lt;you&gt;");
        assert_eq!(
            to_html("[quote=\"ann\"]one [i]two[/i][/quote]"),
            "<blockquote><p>ann:</p>one <em>two</em></blockquote>"
        );
        assert_eq!(
            to_html("[url=http://a.example/x]here[/url] [url]https://b.example[/url]"),
            "<a href=\"http://a.example/x\">here</a> <a href=\"https://b.example\">https://b.example</a>"
        );
        assert_eq!(to_html("[list][*]a[*]b[/list]"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(
            to_html("[CODE]a[i] = b[i];\nc[/code]"),
            "<pre><code>a[i] = b[i];\nc</code></pre>"
        );
    }

    #[test]
    fn what_belongs_to_nothing_stays() {
        assert_eq!(to_html("list[b] and [x]"), "list[b] and [x]");
        assert_eq!(to_html("[/b][b]"), "[/b][b]");
        assert_eq!(to_html("[b][i]x[/b]"), "<strong>[i]x</strong>");
        assert_eq!(to_html("[url]javascript:alert(1)[/url]"), "javascript:alert(1)");
        let code = "<pre><code>[b]no[/b]</code></pre>";
        assert_eq!(in_html(code), code);
    }

    #[test]
    fn a_tower_of_marks_costs_no_time() {
        let tower = "[b]".repeat(20_000);
        assert_eq!(in_html(&tower), tower);
        let closed = format!("{}{}", "[b]".repeat(2_000), "[/b]".repeat(2_000));
        assert!(in_html(&closed).starts_with("<strong><strong>"));
    }
}
