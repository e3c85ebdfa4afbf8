//! Golden files: what former programs wrote, read by the present one. See `tests/golden/README.md`.
//!
//! - [`forms`]: entries, kept answers and documents as they were stored, text by text.
//! - [`ledger`]: a whole ledger opened, verified, read, asked again and gone on with.
//! - [`imports`]: files that were imported, brought in again.
//! - [`story`]: the story that such a ledger tells; it is told on both databases, too.
//! - [`make`]: how the files of a new set are made of it.
//! - [`set`]: where the files are. [`transcript`]: requests with what was answered.
//! - [`present`]: all that these cases name of the program's own types, in one place.

mod forms;
mod imports;
mod ledger;
mod make;
mod present;
pub mod set;
mod story;
mod transcript;
