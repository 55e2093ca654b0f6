//! What became of everything that was brought in: every thing that was read is in one of the counts.

use serde::Serialize;

/// What could not be read, and where it stands.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Unreadable {
    pub file: String,
    /// Of a mail, in bytes from the beginning of its file; of a line of a table, its number.
    pub offset: usize,
    pub problem: String,
}

/// What became of every thing: read = added + skipped + left out + unreadable; repaired are among the added.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub struct Report {
    pub read: usize,
    pub added: usize,
    /// Here already.
    pub skipped: usize,
    /// Nothing that people here should read: notes of the system, removed and hidden posts.
    pub left_out: usize,
    pub repaired: usize,
    pub unreadable: Vec<Unreadable>,
    /// Their id was known with another text. Mails are added nevertheless, since ids of mails are given twice; of
    /// a post it is the same with later words, and those that are here stay.
    pub same_id: usize,
}

impl Report {
    pub(super) fn cannot_read(&mut self, file: &str, offset: usize, problem: impl Into<String>) {
        self.read += 1;
        self.unreadable.push(Unreadable {
            file: file.to_owned(),
            offset,
            problem: problem.into(),
        });
    }

    /// As lines for people, or as one object.
    pub fn print(&self, json: bool) -> Result<(), String> {
        if json {
            println!("{}", serde_json::to_string(self).map_err(|error| error.to_string())?);
            return Ok(());
        }
        println!(
            "{} read: {} added ({} of them repaired), {} skipped, {} left out, {} unreadable; {} with a known id and \
             another text",
            self.read,
            self.added,
            self.repaired,
            self.skipped,
            self.left_out,
            self.unreadable.len(),
            self.same_id,
        );
        for one in &self.unreadable {
            println!("{}, at {}: {}", one.file, one.offset, one.problem);
        }
        Ok(())
    }
}
