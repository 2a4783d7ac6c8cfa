/** `5:hello,`: the data behind its length in bytes, so that no content can be taken for structure. */
export function encodeNetstring(data: string | Buffer): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(',')]);
}

/** Netstrings one after another, from the start; stops quietly at the first thing that is none. */
export function decodeNetstrings(data: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  while (start < data.length) {
    const colon = data.indexOf(0x3a, start);
    const length = colon < 0 ? '' : data.toString('latin1', start, colon);
    const end = colon + 1 + Number(length);
    if (!/^\d{1,10}$/.test(length) || data[end] !== 0x2c) break;
    parts.push(data.subarray(colon + 1, end));
    start = end + 1;
  }
  return parts;
}
