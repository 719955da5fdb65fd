import { hash } from 'node:crypto';

/**
 * Merkle trees of RFC 6962 §2.1 over sha-256: a leaf is hashed behind a zero byte, a node behind a one, so that
 * neither can pass for the other. Hashes are hex strings.
 */
type Hash = string;

function hashLeaf(data: Uint8Array | string): Hash {
  return hash('sha256', typeof data === 'string' ? `\0${data}` : Buffer.concat([leafPrefix, data]), 'hex');
}

const leafPrefix = Buffer.from([0]);

function hashNode(left: Hash, right: Hash): Hash {
  return hash('sha256', Buffer.from(`01${left}${right}`, 'hex'), 'hex');
}

/** Hash of one leaf. */
export function leafHash(data: Uint8Array | string): string {
  return hashLeaf(data);
}

/** The largest power of two smaller than n; n ≥ 2. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function subtree(hashes: readonly Hash[], start: number, end: number): Hash {
  const size = end - start;
  const only = hashes[start];
  if (size === 1 && only !== undefined) return only;
  const k = splitPoint(size);
  return hashNode(subtree(hashes, start, start + k), subtree(hashes, start + k, end));
}

function toHashes(leaves: readonly (Uint8Array | string)[]): Hash[] {
  return leaves.map(hashLeaf);
}

/** MTH of §2.1; of no leaves it is the hash of nothing. */
export function treeHash(leaves: readonly (Uint8Array | string)[]): string {
  if (leaves.length === 0) return hash('sha256', '', 'hex');
  return subtree(toHashes(leaves), 0, leaves.length);
}

/** PATH of §2.1.1: the hashes that lead from leaf `index` to the root of the tree over `leaves`. */
export function inclusionProof(leaves: readonly (Uint8Array | string)[], index: number): string[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  const hashes = toHashes(leaves);
  const path: Hash[] = [];
  let [start, end] = [0, hashes.length];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.unshift(subtree(hashes, middle, end));
      end = middle;
    } else {
      path.unshift(subtree(hashes, start, middle));
      start = middle;
    }
  }
  return path;
}

/** Whether `leaf` stands at `index` of a tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array | string,
  index: number,
  size: number,
  proof: readonly string[],
  root: string,
): boolean {
  if (index < 0 || index >= size) return false;
  let [fn, sn] = [index, size - 1];
  let top = hashLeaf(leaf);
  for (const step of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      top = hashNode(step, top);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else top = hashNode(top, step);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && top === root;
}

/** PROOF of §2.1.2: that the tree over the first `size` leaves is a beginning of the tree over all. 0 < size ≤ all. */
export function consistencyProof(leaves: readonly (Uint8Array | string)[], size: number): string[] {
  if (size <= 0 || size > leaves.length) throw new RangeError('no such tree');
  const hashes = toHashes(leaves);
  const walk = (m: number, start: number, end: number, whole: boolean): Hash[] => {
    const n = end - start;
    if (m === n) return whole ? [] : [subtree(hashes, start, end)];
    const k = splitPoint(n);
    return m <= k
      ? [...walk(m, start, start + k, whole), subtree(hashes, start + k, end)]
      : [...walk(m - k, start + k, end, false), subtree(hashes, start, start + k)];
  };
  return walk(size, 0, leaves.length, true);
}

/** Whether the tree (oldSize, oldRoot) is a beginning of (newSize, newRoot) (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  old: { readonly size: number; readonly root: string },
  current: { readonly size: number; readonly root: string },
  proof: readonly string[],
): boolean {
  if (old.size <= 0 || old.size > current.size) return false;
  if (old.size === current.size) return proof.length === 0 && old.root === current.root;
  const isPower = Number.isInteger(Math.log2(old.size));
  const path = isPower ? [old.root, ...proof] : proof;
  let [fn, sn] = [old.size - 1, current.size - 1];
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fr = first;
  let sr = first;
  for (const step of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = hashNode(step, fr);
      sr = hashNode(step, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else sr = hashNode(sr, step);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && fr === old.root && sr === current.root;
}
