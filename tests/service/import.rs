//! `hourbook import` and `hourbook export`, run as people run them, on each database.

mod again;
mod calendar;
mod cases;
mod export;
mod office;
mod people;
mod records;
mod rehearsal;
mod roster;
