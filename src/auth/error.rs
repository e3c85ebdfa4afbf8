//! Everything that can go wrong in this room.

/// Why a token, password or key was not taken. No variant carries any part of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    // The caller's token is refused.
    /// Longer than any token that this service issues.
    #[error("the token is too long")]
    TooLong,
    /// Not a token of this service: wrong shape, encoding or claims.
    #[error("the token is malformed")]
    Malformed,
    /// The header asks for another algorithm than `EdDSA`; `none` is one such.
    #[error("the token is not signed with EdDSA")]
    WrongAlgorithm,
    /// The header names no key of ours.
    #[error("the token names no known key")]
    UnknownKey,
    /// The signature does not fit the key, or the content was changed.
    #[error("the signature of the token is wrong")]
    BadSignature,
    /// Issued by another service.
    #[error("the token comes from another issuer")]
    WrongIssuer,
    /// Issued for another service.
    #[error("the token is meant for another audience")]
    WrongAudience,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Volunteers hold the role of a volunteer, operators any other, the system none.
    #[error("the holder of the token cannot have this role")]
    WrongRole,

    // The caller's new password is refused.
    /// Fewer characters than [`PASSWORD_CHARS_MIN`](super::password::PASSWORD_CHARS_MIN).
    #[error("the password is too short")]
    PasswordTooShort,
    /// More bytes than [`PASSWORD_BYTES_MAX`](super::password::PASSWORD_BYTES_MAX).
    #[error("the password is too long")]
    PasswordTooLong,

    /// One of those that are tried first: a common one, a run of keys, or the login.
    #[error("the password is easy to guess")]
    PasswordGuessable,

    // The caller is not to blame.
    /// Not an Ed25519 key in PEM (PKCS#8 for the private, SPKI for a public one).
    #[error("not an Ed25519 key in PEM")]
    KeyUnreadable,
    /// Not an RSA key of 2,048 bits or more in PEM (PKCS#8 for the private, SPKI for a public one).
    #[error("not an RSA key of 2,048 bits or more in PEM")]
    BadgeKeyUnreadable,
    /// The key does not sign.
    #[error("the token could not be signed")]
    SigningFailed,
    /// What is stored as the hash of a password is none.
    #[error("the stored password hash is unreadable")]
    HashUnreadable,
    /// Too little memory for argon2, or parameters that it does not know.
    #[error("the password could not be hashed")]
    HashingFailed,
    /// The operating system gives no random bytes.
    #[error("no random bytes to be had")]
    NoRandomness,
}
