//! Under which account of the machine the program runs.

use super::words;
use crate::domain::origin::{Channel, Origin};
use std::fs;

/// The way of what this command line enters: said by the machine, not by who asks.
pub fn command_line() -> Result<Origin, String> {
    let user = user().parse().map_err(words)?;
    Ok(Origin { channel: Channel::CommandLine, user })
}

/// The name of the account that the process runs under, or its number where it has no name.
#[cfg(unix)]
fn user() -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(process) = fs::metadata("/proc/self") else { return named_by_environment() };
    let number = process.uid().to_string();
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    name_of(&accounts, &number).map_or_else(|| format!("uid {number}"), str::to_owned)
}

#[cfg(not(unix))]
fn user() -> String {
    named_by_environment()
}

/// Where the system does not tell.
fn named_by_environment() -> String {
    let named = ["USER", "USERNAME"].into_iter().find_map(|variable| std::env::var(variable).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}

/// The name of an account in a list as `/etc/passwd` is: name, password, number and more, with colons between.
fn name_of<'a>(accounts: &'a str, number: &str) -> Option<&'a str> {
    accounts.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next().filter(|name| !name.is_empty())?;
        (parts.nth(1)? == number).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_number() {
        let accounts =
            "root:x:0:0:root:/root:/bin/bash\n# remark\nhourbook:x:1000:1000::/home/hourbook:/bin/sh\n";
        assert_eq!(name_of(accounts, "0"), Some("root"));
        assert_eq!(name_of(accounts, "1000"), Some("hourbook"));
        assert_eq!(name_of(accounts, "100"), None);
    }
}
