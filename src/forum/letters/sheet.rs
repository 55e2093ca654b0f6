//! One letter as text and as HTML, written line by line into both. What it says is not decided here.

use crate::text::escape_into;

pub(super) struct Sheet {
    text: String,
    html: String,
}

impl Sheet {
    pub(super) fn new(language: &str) -> Self {
        let mut html = String::from("<!doctype html><html lang=\"");
        escape_into(&mut html, language);
        html.push_str("\"><meta charset=\"utf-8\"><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:36rem\">");
        Self {
            text: String::new(),
            html,
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.paragraph(line);
    }

    /// What somebody else wrote.
    pub(super) fn quote(&mut self, quote: &str) {
        for row in quote.lines() {
            self.text.push_str("> ");
            self.text.push_str(row);
            self.text.push('\n');
        }
        self.html.push_str("<blockquote>");
        for paragraph in quote.split("\n\n") {
            self.paragraph(paragraph);
        }
        self.html.push_str("</blockquote>");
    }

    pub(super) fn link(&mut self, link: &str) {
        self.text.push_str(link);
        self.text.push('\n');
        self.html.push_str("<p><a href=\"");
        escape_into(&mut self.html, link);
        self.html.push_str("\">");
        escape_into(&mut self.html, link);
        self.html.push_str("</a></p>");
    }

    /// An empty line of the text; in HTML paragraphs stand apart by themselves.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.html.push_str("<p>");
        escape_into(&mut self.html, text);
        self.html.push_str("</p>");
    }

    /// Ends it with what mail programs take for a signature: the text, and the HTML.
    pub(super) fn signed(mut self, sign: &str, link: Option<&str>) -> (String, String) {
        self.text.push_str("-- \n");
        self.html.push_str("<hr><div style=\"color:#566268\">");
        self.line(sign);
        if let Some(link) = link {
            self.link(link);
        }
        self.html.push_str("</div></body></html>");
        (self.text, self.html)
    }
}
