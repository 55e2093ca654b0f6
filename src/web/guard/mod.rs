//! What every request passes before it reaches a handler: sane headers, a body in time and in size,
//! and, for deeds, proof that the request comes from a page of this forum.

pub mod body;
pub mod headers;
mod limits;
pub mod origin;

pub use limits::Limits;
