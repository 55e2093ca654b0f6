//! Walks in a real browser.
fn main() {}
