//! The Merkle tree over the journal's entries (RFC 9162, section 2.1): one leaf an entry, in order.
//!
//! The holder of the root of the first `n` entries can be shown that an entry is among them, and that
//! a later tree only added to them, by a few hashes. The tree is appended to by its [`Frontier`]: the
//! roots of the perfect subtrees that it falls into, one for each bit of its size. Of the nodes below
//! only those at the top of a full tile (C2SP tlog-tiles: 256 hashes wide) are kept; the others are
//! hashed again from the row below when somebody asks.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// Levels of the tree in one tile.
pub const TILE_LEVELS: u32 = 8;
/// Hashes in one row of a full tile.
pub const TILE_WIDTH: u64 = 1 << TILE_LEVELS;

/// SHA-256 of a leaf or of an inner node. Which of both is told apart by what is hashed first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreeHash(pub [u8; 32]);

impl TreeHash {
    /// The hash of an entry of the tree.
    #[must_use]
    pub fn of_leaf(bytes: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
    }

    /// The hash of a node over two others.
    #[must_use]
    pub fn over(left: Self, right: Self) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }

    /// The root of the tree without entries.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }
}

impl fmt::Display for TreeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

impl FromStr for TreeHash {
    type Err = NotAHash;

    /// From 64 hexadecimal digits, as it is shown.
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| NotAHash)?;
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl Serialize for TreeHash {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TreeHash {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(D::Error::custom)
    }
}

/// A text is not a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hexadecimal digits")]
pub struct NotAHash;

/// A node over 2^level entries, the first of them `position << level` (counted from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub level: u32,
    pub position: u64,
}

/// The top of a tile that has become full: it stands in a row of tiles one level up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileRoot {
    /// Level of tiles: 1 is over 256 entries, 2 over 65,536.
    pub tile_level: u32,
    pub position: u64,
    pub hash: TreeHash,
}

/// The right edge of the tree: all that appending needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of the perfect subtrees, the largest first: one for each bit of the size.
    peaks: Vec<TreeHash>,
}

impl Frontier {
    /// The edge of a tree of this size, as [`Self::to_bytes`] gave it; none if there are too few or too
    /// many hashes for that size.
    #[must_use]
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, []) = bytes.as_chunks::<32>() else { return None };
        let peaks: Vec<_> = hashes.iter().copied().map(TreeHash).collect();
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// The hashes one after the other.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|peak| peak.0).collect()
    }

    /// How many entries there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds an entry; what tiles that made full, the smallest first.
    pub fn append(&mut self, leaf: TreeHash) -> Vec<TileRoot> {
        let mut full = Vec::new();
        let (mut hash, mut node) = (leaf, Node { level: 0, position: self.size });
        // A right child: its sibling is the last peak.
        while node.position % 2 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = TreeHash::over(left, hash);
            node = Node { level: node.level + 1, position: node.position / 2 };
            if node.level.is_multiple_of(TILE_LEVELS) {
                full.push(TileRoot { tile_level: node.level / TILE_LEVELS, position: node.position, hash });
            }
        }
        self.peaks.push(hash);
        self.size += 1;
        full
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        join(&self.peaks)
    }
}

/// The perfect subtrees that the root over some entries is made of, the largest first. The entries are
/// all of a tree, or those of one of its nodes.
#[must_use]
pub fn nodes_over(entries: &Range<u64>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut first = entries.start;
    while let Some(level) = (entries.end.saturating_sub(first)).checked_ilog2() {
        nodes.push(Node { level, position: first >> level });
        first += 1 << level;
    }
    nodes
}

/// The root over some entries, from the hashes of [`nodes_over`] them.
#[must_use]
pub fn join(nodes: &[TreeHash]) -> TreeHash {
    let smaller_first = nodes.iter().rev().copied();
    smaller_first.reduce(|right, left| TreeHash::over(left, right)).unwrap_or(TreeHash::of_nothing())
}

/// The root over the hashes of one row.
#[must_use]
pub fn root_over_row(hashes: &[TreeHash]) -> TreeHash {
    let mut row = Frontier::default();
    for hash in hashes {
        row.append(*hash);
    }
    row.root()
}

/// The largest power of two below a size of at least 2: where RFC 9162 parts a tree.
pub(super) const fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, reason = "small trees")]
pub(super) mod tests {
    use super::*;

    pub(in crate::journal) fn leaf(number: u64) -> TreeHash {
        TreeHash::of_leaf(&number.to_be_bytes())
    }

    /// The definition of RFC 9162, section 2.1.1, as it stands there.
    pub(in crate::journal) fn root_by_definition(leaves: &[TreeHash]) -> TreeHash {
        match leaves {
            [] => TreeHash::of_nothing(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
                TreeHash::over(root_by_definition(left), root_by_definition(right))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition_at_every_size() {
        let leaves: Vec<_> = (0..600).map(leaf).collect();
        let mut frontier = Frontier::default();
        for size in 0..leaves.len() {
            assert_eq!(frontier.root(), root_by_definition(&leaves[..size]), "{size}");
            assert_eq!(frontier.root(), root_over_row(&leaves[..size]), "{size}");
            let again = Frontier::from_bytes(size as u64, &frontier.to_bytes());
            assert_eq!(again.as_ref(), Some(&frontier));
            frontier.append(leaves[size]);
        }
    }

    #[test]
    fn a_frontier_of_another_size_is_none() {
        let mut frontier = Frontier::default();
        (0..5).for_each(|number| drop(frontier.append(leaf(number))));
        assert!(Frontier::from_bytes(5, &frontier.to_bytes()).is_some());
        assert!(Frontier::from_bytes(7, &frontier.to_bytes()).is_none());
        assert!(Frontier::from_bytes(5, &frontier.to_bytes()[1..]).is_none());
    }

    #[test]
    fn a_tile_is_told_of_once_it_is_full() {
        let leaves: Vec<_> = (0..65_536).map(leaf).collect();
        let mut frontier = Frontier::default();
        let full: Vec<_> = leaves.iter().flat_map(|leaf| frontier.append(*leaf)).collect();
        assert_eq!(full.len(), 257);
        let first = TileRoot { tile_level: 1, position: 0, hash: root_by_definition(&leaves[..256]) };
        assert_eq!(full[0], first);
        let last = TileRoot { tile_level: 2, position: 0, hash: root_by_definition(&leaves) };
        assert_eq!(full[256], last);
    }

    #[test]
    fn a_root_is_joined_from_the_subtrees_that_the_entries_fall_into() {
        let leaves: Vec<_> = (0..70).map(leaf).collect();
        for entries in [0..0, 0..1, 0..70, 64..70, 32..64, 48..52] {
            let over = |node: Node| {
                let first = (node.position << node.level) as usize;
                root_by_definition(&leaves[first..first + (1 << node.level)])
            };
            let nodes: Vec<_> = nodes_over(&entries).into_iter().map(over).collect();
            let expected = root_by_definition(&leaves[entries.start as usize..entries.end as usize]);
            assert_eq!(join(&nodes), expected, "{entries:?}");
        }
    }

    #[test]
    fn a_tree_falls_into_perfect_subtrees() {
        let node = |level, position| Node { level, position };
        assert_eq!(nodes_over(&(0..0)), []);
        assert_eq!(nodes_over(&(0..7)), [node(2, 0), node(1, 2), node(0, 6)]);
        assert_eq!(nodes_over(&(8..12)), [node(2, 2)]);
        assert_eq!(nodes_over(&(4..7)), [node(1, 2), node(0, 6)]);
    }
}
