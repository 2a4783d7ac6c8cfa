'use strict';

/**
 * How the runner and the host talk: netstrings on two descriptors that a program neither expects nor is told of. Whatever is
 * called after foreign code ran was taken hold of before, and looks nothing up that foreign code can replace.
 */

const fs = require('node:fs');

const REQUESTS = 8;
const ANSWERS = 7;
const CHUNK_BYTES = 65_536;
const COLON = 0x3a;

const { apply } = Reflect;
const { readSync, writeSync, closeSync } = fs;
const { byteLength } = Buffer;
const { set } = Object.getPrototypeOf(Uint8Array.prototype);
const { encode } = TextEncoder.prototype;
const Bytes = Uint8Array;
const encoder = new TextEncoder();

/** Never of Buffer's shared pool, which any program may look at. */
const allocate = Buffer.allocUnsafeSlow;

let pending = Buffer.alloc(0);

/** Reads the next netstring, waiting for it; null when the host is gone. */
function readNetstring() {
  for (;;) {
    const colon = pending.indexOf(COLON);
    const end =
      colon < 0 ? Number.POSITIVE_INFINITY : colon + 1 + Number(pending.toString('latin1', 0, colon));
    if (end < pending.length) {
      const data = pending.subarray(colon + 1, end);
      pending = pending.subarray(end + 1);
      return data;
    }
    const room = allocate(Math.max(pending.length + CHUNK_BYTES, colon < 0 ? 0 : end + 1));
    pending.copy(room);
    let length = pending.length;
    pending.fill(0);
    do {
      const count = readSync(REQUESTS, room, length, room.length - length, null);
      if (count === 0) return null;
      length += count;
    } while (colon >= 0 && length <= end);
    pending = room.subarray(0, length);
  }
}

/** The netstrings that `data` is made of. */
function split(data) {
  const parts = [];
  for (let start = 0; start < data.length; ) {
    const colon = data.indexOf(COLON, start);
    const end = colon + 1 + Number(data.toString('latin1', start, colon));
    parts.push(data.subarray(colon + 1, end));
    start = end + 1;
  }
  return parts;
}

/** A netstring of the nonce and the fields; null is something else than an empty text. */
function frameOf(nonce, fields) {
  let body = '';
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    const text = field === null ? '-' : `+${field}`;
    body += `${byteLength(text)}:${text},`;
  }
  const content = apply(encode, encoder, [body]);
  const size = nonce.length + content.length;
  const head = apply(encode, encoder, [`${size}:`]);
  const frame = new Bytes(head.length + size + 1);
  apply(set, frame, [head, 0]);
  apply(set, frame, [nonce, head.length]);
  apply(set, frame, [content, head.length + nonce.length]);
  frame[frame.length - 1] = 0x2c;
  return frame;
}

/** Writes to the host. A program may have closed the descriptor, which is its own loss. */
function write(bytes) {
  try {
    writeSync(ANSWERS, bytes);
  } catch {
    return false;
  }
  return true;
}

module.exports = {
  readNetstring,
  split,
  frameOf,
  write,
  endOfRequests: () => closeSync(REQUESTS),
};
