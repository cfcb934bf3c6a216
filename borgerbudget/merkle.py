"""The Merkle tree of RFC 9162, section 2.1.1, over SHA-256.

    leaf(d) = SHA-256(0x00 || d)                                              (1)
    node(l, r) = SHA-256(0x01 || l || r)                                      (2)

The tree of n > 1 leaves is the node over the tree of the first k leaves and that of the others, k the largest power of
two smaller than n.  The tree of one leaf is its hash; of none, the hash of nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()  # (1)


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes.  Pairing neighbours and carrying the odd one up gives the same tree as the split."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest()  # (2)
            for i in range(0, len(level) - 1, 2)
        ]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]
