//! The outline beside a thread: who wrote, when, and in which branch. Written without a template: it is
//! a line for every post, on every page of a topic, and nothing in it is a sentence.

use crate::text::escape_into;

/// One post of the outline.
pub(super) struct Line<'a> {
    pub(super) url: String,
    pub(super) author: &'a str,
    /// The day, short.
    pub(super) at: String,
    /// How far in: 0 to 8.
    pub(super) level: i64,
    pub(super) new: bool,
    pub(super) answer: bool,
    pub(super) gone: bool,
}

/// Bytes of a line with a name of usual length.
const USUAL: usize = 110;

/// The lines as list items; nothing for a topic of one post.
pub(super) fn html<'a>(lines: impl ExactSizeIterator<Item = Line<'a>>) -> String {
    let count = lines.len();
    if count < 2 {
        return String::new();
    }
    let mut out = String::with_capacity(count * USUAL);
    for line in lines {
        out.push_str("<li class=\"level-");
        out.push_str(&line.level.to_string());
        out.push_str("\"><a href=\"");
        escape_into(&mut out, &line.url);
        out.push_str(if line.new {
            "\"><span class=\"unread\">"
        } else {
            "\"><span>"
        });
        escape_into(&mut out, line.author);
        if line.answer {
            out.push_str(" ✓");
        }
        if line.gone {
            out.push_str(" –");
        }
        out.push_str("</span><small>");
        escape_into(&mut out, &line.at);
        out.push_str("</small></a></li>");
    }
    out
}
