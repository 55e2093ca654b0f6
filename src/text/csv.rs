//! Tables as CSV files that no spreadsheet takes for formulas.

use crate::refusal::{Refusal, Result};

/// A cell that is text whatever it begins with. Numbers stay numbers.
pub fn plain(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Rows as a file, each cell made plain.
pub fn table(rows: &[Vec<String>]) -> Result<String> {
    let broken = |error: csv::Error| Refusal::broken(error.to_string());
    let mut out = csv::WriterBuilder::new().flexible(false).from_writer(Vec::new());
    for row in rows {
        out.write_record(row.iter().map(|cell| plain(cell))).map_err(broken)?;
    }
    let bytes = out.into_inner().map_err(|error| Refusal::broken(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Refusal::broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_a_number_is_a_number() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("-3"), "-3");
        assert_eq!(plain("- be kind"), "'- be kind");
        let rows = vec![vec!["a".to_owned(), "b, c".to_owned()]];
        assert_eq!(table(&rows).expect("a table"), "a,\"b, c\"\n");
    }
}
