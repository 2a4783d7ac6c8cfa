import type { Language } from './language.ts';
import { cSharp } from './languages/c-sharp.ts';
import { cpp } from './languages/cpp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { lua } from './languages/lua.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { typescript } from './languages/typescript.ts';

/** The languages codejury knows without any configuration. */
export const builtinLanguages: readonly Language[] = [
  python,
  java,
  javascript,
  typescript,
  go,
  rust,
  cpp,
  cSharp,
  lua,
  ruby,
];
