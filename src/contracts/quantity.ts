import { z } from 'zod';

/** Milliseconds of each unit of time that can be written. */
const TIMES = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

/** Bytes of each unit of size that can be written, whatever its case. */
const SIZES = {
  b: 1,
  kb: 1_000,
  mb: 1_000 ** 2,
  gb: 1_000 ** 3,
  kib: 1_024,
  mib: 1_024 ** 2,
  gib: 1_024 ** 3,
};

/** `15s`, `1.5 min`, `500ms`: as milliseconds, a whole number from 1 on. */
export const timeSchema = quantitySchema(TIMES, 'a time with its unit (ms, s, min, h), for example "15s"');

/** `1GiB`, `32 MB`, `4096B`: as bytes, a whole number from 1 on. */
export const sizeSchema = quantitySchema(
  SIZES,
  'a size with its unit (B, kB, MB, GB, KiB, MiB, GiB), for example "512MiB"',
);

function quantitySchema(units: Readonly<Record<string, number>>, what: string) {
  const error = `expected ${what}`;
  return z.string({ error }).transform((text, context) => {
    const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
    const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
    const value = Math.round(Number(number) * (factor ?? Number.NaN));
    if (Number.isSafeInteger(value) && value > 0) return value;
    context.addIssue({ code: 'custom', message: error });
    return z.NEVER;
  });
}
