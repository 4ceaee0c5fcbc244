/**
 * Checks the data file before lmdb maps it, because lmdb trusts what it maps and a damaged file can end the process.
 * Every page that is in use is visited: it must lie in the file, be of its kind, know its own number, hold its nodes within
 * itself and in order, and be used once; no page that is in use may be listed as free. What the values say is not looked at.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  integerKeys,
  isBigData,
  metaBytes,
  overflowReferenceBytes,
  pageFlags,
  pageHeaderBytes,
  readHeader,
  readMeta,
  readNode,
  type Meta,
  type Node,
  type Tree,
} from './page-layout.js';

const firstDataPage = 2;
/** More levels than a tree of the largest file has. */
const maxDepth = 32;

/** @throws when the file exists and is not sound; the message names it and what is wrong with it. */
export function checkFile(file: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new Error(`${file} is not a file. Move it away, or name another folder.`);
    if (stat.size === 0)
      throw new Error(`${file} is empty. Restore the folder from a backup, or delete the file to begin with no data.`);
    new FileCheck(descriptor, stat.size).run();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new Error(`${file} is damaged (${error.message}). Restore the folder from a backup.`, { cause: error });
  } finally {
    closeSync(descriptor);
  }
}

class Damage extends Error {}

/** The key that was read last, to compare the next with. */
interface Order {
  readonly key: Buffer;
  length: number;
}

const longestKey = 65_536;
/** 16 TB of the usual size. */
const mostPages = 2 ** 32;

class FileCheck {
  readonly #descriptor: number;
  readonly #fileBytes: number;
  readonly #meta: Meta;
  /** Per page: whether it is in use. */
  readonly #used: Uint8Array;
  /** One page per level of a tree, read over and over. */
  readonly #pages: Buffer[] = [];

  constructor(descriptor: number, fileBytes: number) {
    this.#descriptor = descriptor;
    this.#fileBytes = fileBytes;
    this.#meta = this.#readNewestMeta();
    this.#used = new Uint8Array(Math.min(Math.ceil(fileBytes / this.#meta.pageBytes), this.#meta.lastPage + 1));
  }

  run(): void {
    this.#checkTree(this.#meta.main, { key: Buffer.allocUnsafe(longestKey), length: -1 }, undefined);
    const freed: Buffer[] = [];
    this.#checkTree(this.#meta.free, undefined, freed);
    for (const list of freed) this.#checkFreed(list);
  }

  /** They are written in turns, so their transactions follow each other; lmdb opens the newer one. */
  #readNewestMeta(): Meta {
    const first = readMeta(this.#read(0, Buffer.alloc(metaBytes)));
    if (!first) throw new Damage('it does not begin like a data file');
    const second = readMeta(this.#read(first.pageBytes, Buffer.alloc(metaBytes)));
    if (second?.pageBytes !== first.pageBytes) throw new Damage('page 1 is not what it should be');
    const newest = second.transaction > first.transaction ? second : first;
    const isSound =
      Math.abs(second.transaction - first.transaction) <= 1 &&
      newest.lastPage < mostPages &&
      newest.main.flags === 0 &&
      newest.free.flags === integerKeys;
    if (!isSound) throw new Damage(`page ${newest === first ? 0 : 1} is not what it should be`);
    return newest;
  }

  #read(at: number, into: Buffer): Buffer {
    const isInside = at + into.length <= this.#fileBytes;
    if (!isInside || readSync(this.#descriptor, into, 0, into.length, at) !== into.length) this.#failAtEnd();
    return into;
  }

  #failAtEnd(): never {
    throw new Damage(`it ends after ${this.#fileBytes} bytes, before the data do`);
  }

  #checkTree(tree: Tree, order: Order | undefined, values: Buffer[] | undefined): void {
    if (tree.root === undefined) return;
    if (tree.depth < 1 || tree.depth > maxDepth) throw new Damage('a tree has a depth that cannot be');
    const entries = this.#checkPage(tree.root, tree.depth, order, values);
    if (entries !== tree.entries) throw new Damage(`${entries} entries are there instead of ${tree.entries}`);
  }

  /** Returns the number of entries on the page and below it. */
  #checkPage(number: number, level: number, order: Order | undefined, values: Buffer[] | undefined): number {
    this.#use(number, 1);
    const page = (this.#pages[level] ??= Buffer.alloc(this.#meta.pageBytes));
    this.#read(number * this.#meta.pageBytes, page);
    const nodes = this.#countNodes(page, number, level);
    let entries = 0;
    for (let index = 0; index < nodes; index++) {
      const node = readNode(page, index);
      if (!node) throw new Damage(`an entry of page ${number} lies outside it`);
      if (level > 1) {
        entries += this.#checkPage(node.child, level - 1, order, values);
      } else {
        if (order) this.#checkOrder(page, node, number, order);
        this.#checkValue(page, node, number, values);
        entries++;
      }
    }
    return entries;
  }

  #countNodes(page: Buffer, number: number, level: number): number {
    const header = readHeader(page);
    const isSound =
      header.number === number &&
      header.transaction <= this.#meta.transaction &&
      header.flags === (level > 1 ? pageFlags.branch : pageFlags.leaf) &&
      header.lower > 0 &&
      header.lower <= header.upper &&
      header.upper <= page.length - pageHeaderBytes;
    if (!isSound) throw new Damage(`page ${number} is not what it should be`);
    return header.lower >> 1;
  }

  #checkOrder(page: Buffer, { keyAt, keyBytes }: Node, number: number, order: Order): void {
    if (page.compare(order.key, 0, Math.max(order.length, 0), keyAt, keyAt + keyBytes) <= 0 && order.length >= 0)
      throw new Damage(`the entries of page ${number} are not in order`);
    page.copy(order.key, 0, keyAt, keyAt + keyBytes);
    order.length = keyBytes;
  }

  #checkValue(page: Buffer, node: Node, number: number, values: Buffer[] | undefined): void {
    const at = node.keyAt + node.keyBytes;
    const hasOwnPages = (node.flags & isBigData) !== 0;
    const length = hasOwnPages ? overflowReferenceBytes : node.valueBytes;
    if (at + length > page.length) throw new Damage(`an entry of page ${number} lies outside it`);
    if (!hasOwnPages) {
      values?.push(Buffer.from(page.subarray(at, at + length)));
      return;
    }
    const start = this.#checkOverflow(page, at, node.valueBytes);
    values?.push(this.#read(start, Buffer.alloc(node.valueBytes)));
  }

  /** Returns where in the file the value begins. */
  #checkOverflow(page: Buffer, at: number, valueBytes: number): number {
    const first = Number(page.readBigUInt64LE(at));
    const pages = Number(page.readBigUInt64LE(at + 16));
    const { pageBytes } = this.#meta;
    this.#use(first, pages);
    const header = readHeader(this.#read(first * pageBytes, Buffer.alloc(pageHeaderBytes)));
    const isSound =
      header.number === first &&
      header.flags === pageFlags.overflow &&
      header.pages === pages &&
      pages * pageBytes >= pageHeaderBytes + valueBytes;
    if (!isSound) throw new Damage(`page ${first} is not what it should be`);
    return first * pageBytes + pageHeaderBytes;
  }

  #use(first: number, count: number): void {
    const end = first + count;
    if (first < firstDataPage || count < 1 || end > this.#meta.lastPage + 1)
      throw new Damage(`page ${first} is used and cannot exist`);
    if (end * this.#meta.pageBytes > this.#fileBytes) this.#failAtEnd();
    for (let page = first; page < end; page++) {
      if (this.#used[page]) throw new Damage(`page ${page} is used twice`);
      this.#used[page] = 1;
    }
  }

  /** A list is its length, then page numbers; a negative number says how many pages begin at the one after it, 0 is a gap. */
  #checkFreed(list: Buffer): void {
    const numbers = Math.min(Number(list.readBigUInt64LE(0)), list.length / 8 - 1);
    let count = 1;
    for (let index = 1; index <= numbers; index++) {
      const entry = Number(list.readBigInt64LE(index * 8));
      if (entry < 0) count = -entry;
      if (entry <= 0) continue;
      const isKnown = entry >= firstDataPage && entry + count - 1 <= this.#meta.lastPage;
      if (!isKnown || this.#used.subarray(entry, entry + count).includes(1))
        throw new Damage(`page ${entry} is in use and listed as free`);
      count = 1;
    }
  }
}
