//! Builds anew what holds the migrations when one of them is added or changed.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
