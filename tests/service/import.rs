//! `hourbook import` and `hourbook export`, run as people run them, on each database.

mod calendar;
mod export;
mod office;
mod people;
mod records;
mod rehearsal;
mod roster;
