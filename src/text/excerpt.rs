//! The words of a post without its markup: to count, to index, to quote and to show shortened.

/// The text of HTML that this forum made itself: tags away, entities back, blocks apart.
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        // The line break between two blocks is the block's, not the text's.
        let text = &rest[..open];
        if !(out.ends_with('\n') && text.trim().is_empty()) {
            unescape_into(&mut out, text);
        }
        let Some(close) = rest[open..].find('>') else {
            return out;
        };
        let tag = &rest[open + 1..open + close];
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        if !matches!(name, "a" | "em" | "strong" | "code" | "span" | "del" | "sup") && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = &rest[open + close + 1..];
    }
    unescape_into(&mut out, rest);
    out.trim().to_owned()
}

fn unescape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&#39;", '\''),
            ("&#x27;", '\''),
        ]
        .into_iter()
        .find(|(entity, _)| tail.starts_with(entity));
        match known {
            Some((entity, character)) => {
                out.push(character);
                rest = &tail[entity.len()..];
            }
            None => {
                out.push('&');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
}

/// How many words: runs of characters with a letter or digit in them.
pub fn words(plain: &str) -> i64 {
    let count = plain
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The beginning, at most `longest` characters, cut between words.
pub fn beginning(plain: &str, longest: usize) -> String {
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{whole} …")
}

/// A text as a Markdown quote.
pub fn quote(source: &str) -> String {
    let mut out = String::new();
    for line in source.trim().lines() {
        out.push_str("> ");
        out.push_str(line);
        out.push('\n');
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(plain("<p>a &amp; <em>b</em></p>\n<p>c</p>"), "a & b\nc");
        assert_eq!(words("a & b\nc"), 3);
        assert_eq!(beginning("one two three", 8), "one two …");
        assert_eq!(quote("a\nb"), "> a\n> b\n\n");
    }
}
