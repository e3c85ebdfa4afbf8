//! Proofs of inclusion and of consistency (RFC 9162, sections 2.1.3 and 2.1.4).
//!
//! What a proof consists of is planned here as ranges of entries, each the root over some of them; the
//! store knows their hashes. The checks are those of the RFC, for the holder of a proof.

use super::tree::{TreeHash, split};
use std::ops::Range;

/// The subtrees whose roots prove that the entry at `index` (from 0) is in a tree of `size` entries, from
/// the leaf upwards; none if it is not.
#[must_use]
pub fn inclusion_plan(index: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if index >= size {
        return None;
    }
    let mut tree = 0..size;
    let mut plan = Vec::new();
    while tree.end - tree.start > 1 {
        let middle = tree.start + split(tree.end - tree.start);
        let (within, beside) = if index < middle {
            (tree.start..middle, middle..tree.end)
        } else {
            (middle..tree.end, tree.start..middle)
        };
        plan.push(beside);
        tree = within;
    }
    plan.reverse();
    Some(plan)
}

/// The subtrees whose roots prove that the tree of `to` entries begins with that of `from`, from the
/// bottom upwards; none if it cannot. A tree of no entries, and the tree itself, need no proof.
#[must_use]
pub fn consistency_plan(from: u64, to: u64) -> Option<Vec<Range<u64>>> {
    if from > to {
        return None;
    }
    if from == 0 || from == to {
        return Some(Vec::new());
    }
    let mut tree = 0..to;
    let mut plan = Vec::new();
    // Whether what is left of the old tree is a whole one, whose root the reader has already.
    let mut is_known = true;
    while tree.end != from {
        let middle = tree.start + split(tree.end - tree.start);
        if from <= middle {
            plan.push(middle..tree.end);
            tree = tree.start..middle;
        } else {
            plan.push(tree.start..middle);
            tree = middle..tree.end;
            is_known = false;
        }
    }
    if !is_known {
        plan.push(tree);
    }
    plan.reverse();
    Some(plan)
}

/// Whether `path` proves that `leaf` is the entry at `index` of the tree with this size and root
/// (RFC 9162, section 2.1.3.2).
#[must_use]
pub fn is_included(leaf: TreeHash, index: u64, size: u64, path: &[TreeHash], root: TreeHash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            hash = TreeHash::over(*sibling, hash);
            (node, last) = skip_to_right_child(node, last);
        } else {
            hash = TreeHash::over(hash, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// A size and the root of the tree of that size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    pub size: u64,
    pub root: TreeHash,
}

/// Whether `path` proves that the tree of `new` begins with that of `old` (RFC 9162, section 2.1.4.2).
#[must_use]
pub fn is_consistent(old: TreeHead, new: TreeHead, path: &[TreeHash]) -> bool {
    if old.size == new.size {
        return path.is_empty() && old.root == new.root;
    }
    if old.size == 0 {
        return path.is_empty() && old.root == TreeHash::of_nothing();
    }
    if old.size > new.size {
        return false;
    }
    let given_first = old.size.is_power_of_two().then_some(old.root);
    let mut path = given_first.into_iter().chain(path.iter().copied());
    let Some(first) = path.next() else { return false };
    let (mut node, mut last) = (old.size - 1, new.size - 1);
    while node % 2 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_root, mut new_root) = (first, first);
    for hash in path {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            old_root = TreeHash::over(hash, old_root);
            new_root = TreeHash::over(hash, new_root);
            (node, last) = skip_to_right_child(node, last);
        } else {
            new_root = TreeHash::over(new_root, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_root == old.root && new_root == new.root
}

/// Leaves out the levels on which a node at the tree's edge has no sibling.
const fn skip_to_right_child(mut node: u64, mut last: u64) -> (u64, u64) {
    while node.is_multiple_of(2) && node != 0 {
        node >>= 1;
        last >>= 1;
    }
    (node, last)
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, reason = "small trees")]
mod tests {
    use super::super::tree::tests::{leaf, root_by_definition};
    use super::*;

    const SIZES: u64 = 67;

    fn leaves() -> Vec<TreeHash> {
        (0..SIZES).map(leaf).collect()
    }

    fn hashes(leaves: &[TreeHash], plan: Vec<Range<u64>>) -> Vec<TreeHash> {
        plan.into_iter()
            .map(|part| root_by_definition(&leaves[part.start as usize..part.end as usize]))
            .collect()
    }

    /// Every proof with one hash changed, one left out, one too many.
    fn spoilt(path: &[TreeHash]) -> Vec<Vec<TreeHash>> {
        let changed = (0..path.len()).map(|at| {
            let mut path = path.to_vec();
            path[at].0[7] ^= 1;
            path
        });
        let shorter = (0..path.len()).map(|at| {
            let mut path = path.to_vec();
            path.remove(at);
            path
        });
        changed.chain(shorter).chain([[path, &[leaf(1)]].concat()]).collect()
    }

    #[test]
    fn every_entry_is_proved_to_be_in_every_tree_and_no_other_is() {
        let leaves = leaves();
        for size in 1..=SIZES {
            let root = root_by_definition(&leaves[..size as usize]);
            for index in 0..size {
                let path = hashes(&leaves, inclusion_plan(index, size).unwrap());
                let entry = leaves[index as usize];
                assert!(is_included(entry, index, size, &path, root), "{index} of {size}");
                assert!(!is_included(leaf(SIZES), index, size, &path, root), "{index} of {size}: another");
                assert!(!is_included(entry, index + 1, size, &path, root), "{index} of {size}: moved");
                assert!(!is_included(entry, index, size, &path, leaf(0)) || size == 1);
            }
            assert_eq!(inclusion_plan(size, size), None);
        }
        let root = root_by_definition(&leaves);
        for index in [0, 1, 32, 63, 64, 66] {
            let path = hashes(&leaves, inclusion_plan(index, SIZES).unwrap());
            for wrong in spoilt(&path) {
                assert!(!is_included(leaves[index as usize], index, SIZES, &wrong, root), "{index}");
            }
        }
    }

    #[test]
    fn every_tree_is_proved_to_begin_with_every_smaller_one() {
        let leaves = leaves();
        let head = |size: u64| TreeHead { size, root: root_by_definition(&leaves[..size as usize]) };
        for to in 0..=SIZES {
            for from in 0..=to {
                let path = hashes(&leaves, consistency_plan(from, to).unwrap());
                assert!(is_consistent(head(from), head(to), &path), "{from} in {to}");
                let forged = TreeHead { root: leaf(SIZES + 1), ..head(from) };
                assert!(!is_consistent(forged, head(to), &path), "{from} in {to}: another beginning");
                let forged = TreeHead { root: leaf(SIZES + 1), ..head(to) };
                assert!(
                    from == 0 || !is_consistent(head(from), forged, &path),
                    "{from} in {to}: another end"
                );
            }
            assert_eq!(consistency_plan(to + 1, to), None);
        }
        for from in [1, 2, 3, 32, 50, 64, 66] {
            let path = hashes(&leaves, consistency_plan(from, SIZES).unwrap());
            for wrong in spoilt(&path) {
                assert!(!is_consistent(head(from), head(SIZES), &wrong), "{from}");
            }
        }
    }
}
