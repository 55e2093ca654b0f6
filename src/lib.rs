//! Aquarium: a threaded community forum that an organisation runs on its own machine.
//!
//! The rooms, in the order in which a request walks through them (docs/architecture.md says why):
//!
//! * [`cli`] reads a command and calls one of the rooms; [`app`] is what they all share.
//! * [`web`] turns HTTP into a question or a deed and an answer into a page. Nobody else knows HTTP.
//! * [`forum`] is forum life: what happens, one verb a file.
//! * [`access`] knows who is looking and who may; its two doors are the only way to the database.
//! * [`db`] is plumbing for two databases and knows no people.
//! * [`jobs`] is what must happen, but not now; [`search`] and [`mail`] are what it feeds.
//! * [`outside`] is the only way in which the forum asks the world a question.
//! * [`views`], [`i18n`] and [`text`] turn facts into pages, sentences and markup.
//! * [`import`] and [`demo`] bring in other people's forums, and an imaginary one.
//! * The vocabulary everybody speaks: [`ids`], [`kinds`], [`event`], [`refusal`], [`clock`], [`url`].

pub mod cli;

pub mod app;
pub mod config;
mod figures;
pub mod gauges;

pub mod access;
pub mod db;
pub mod forum;
pub mod web;

pub mod demo;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod outside;
pub mod search;

pub mod i18n;
pub mod text;
pub mod views;

pub mod clock;
pub mod event;
pub mod ids;
pub mod kinds;
pub mod refusal;
pub mod url;
