//! A mail's plain text as HTML: its quotes as quotes, its signature folded, its lines as they were.

use super::{Html, escape_into, markdown};

/// Deeper quotes are shown at this depth.
const DEEPEST: usize = 12;

pub fn render(source: &str) -> Html {
    let mut out = String::with_capacity(source.len() * 5 / 4);
    let mut depth = 0;
    let mut paragraph = String::new();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if matches!(line, "-- " | "--") && signature_follows(&lines) {
            close_paragraph(&mut out, &mut paragraph);
            set_depth(&mut out, &mut depth, 0);
            out.push_str("<details class=\"signature\"><summary>--</summary><p class=\"plain\">");
            let rest: Vec<&str> = lines.by_ref().collect();
            link_into(&mut out, rest.join("\n").trim_end());
            out.push_str("</p></details>\n");
            break;
        }
        let (level, text) = quoted(line);
        if level != depth {
            close_paragraph(&mut out, &mut paragraph);
            set_depth(&mut out, &mut depth, level);
        }
        if text.trim().is_empty() {
            close_paragraph(&mut out, &mut paragraph);
        } else {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(text.trim_end());
        }
    }
    close_paragraph(&mut out, &mut paragraph);
    set_depth(&mut out, &mut depth, 0);
    Html(out)
}

/// A signature is short and is the end; a line of dashes in the middle of a mail is not one.
fn signature_follows<'a>(lines: &(impl Iterator<Item = &'a str> + Clone)) -> bool {
    lines.clone().count() <= 16
}

/// How deep a line is quoted, and what it says.
fn quoted(line: &str) -> (usize, &str) {
    let mut rest = line;
    let mut level = 0;
    loop {
        let trimmed = rest.strip_prefix(' ').unwrap_or(rest);
        match trimmed.strip_prefix('>') {
            Some(inner) => {
                level += 1;
                rest = inner;
            }
            None => {
                let text = if level > 0 { trimmed } else { rest };
                return (level.min(DEEPEST), text);
            }
        }
    }
}

fn set_depth(out: &mut String, depth: &mut usize, level: usize) {
    while *depth < level {
        out.push_str("<blockquote>");
        *depth += 1;
    }
    while *depth > level {
        out.push_str("</blockquote>\n");
        *depth -= 1;
    }
}

fn close_paragraph(out: &mut String, paragraph: &mut String) {
    if !paragraph.is_empty() {
        out.push_str("<p class=\"plain\">");
        link_into(out, paragraph);
        out.push_str("</p>\n");
        paragraph.clear();
    }
}

/// Escapes, and makes web addresses links.
fn link_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        escape_into(out, &rest[..at]);
        let tail = &rest[at..];
        let end = tail
            .find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
            .unwrap_or(tail.len());
        let address = tail[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        if markdown::is_safe_address(address) && address.len() > "https://".len() {
            out.push_str("<a href=\"");
            escape_into(out, address);
            out.push_str("\" rel=\"nofollow ugc noopener noreferrer\">");
            escape_into(out, address);
            out.push_str("</a>");
            rest = &tail[address.len()..];
        } else {
            escape_into(out, &tail[..end]);
            rest = &tail[end..];
        }
    }
    escape_into(out, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_lines_and_signature() {
        let html = render("Hi\n\n> you said\n>> they said\nno\n-- \nAnn\n").into_string();
        assert_eq!(
            html,
            "<p class=\"plain\">Hi</p>\n<blockquote><p class=\"plain\">you said</p>\n\
             <blockquote><p class=\"plain\">they said</p>\n</blockquote>\n</blockquote>\n\
             <p class=\"plain\">no</p>\n\
             <details class=\"signature\"><summary>--</summary><p class=\"plain\">Ann</p></details>\n"
        );
    }

    #[test]
    fn nothing_of_a_mail_is_markup() {
        let html = render("<script>x</script> http://a.example/?a=1&b=2.").into_string();
        assert!(html.contains("&lt;script&gt;"));
        assert!(html.contains("href=\"http://a.example/?a=1&amp;b=2\""));
    }
}
