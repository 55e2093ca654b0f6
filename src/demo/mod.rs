//! The imaginary company.

use clap::Args;

#[derive(Args, Debug, Clone)]
pub struct Options {
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

pub fn fill(_: &std::sync::Arc<crate::app::App>, _: &Options) -> Result<(), String> {
    Err("soon".to_owned())
}
