import type { Task } from '../../contracts/task.ts';
import { signaturePartsOf } from '../../lang/signature.ts';
import { builtinLanguage } from '../builtin-language.ts';
import { cSharpBodies } from './bodies/c-sharp-bodies.ts';
import { cppBodies } from './bodies/cpp-bodies.ts';
import { goBodies } from './bodies/go-bodies.ts';
import { javaBodies } from './bodies/java-bodies.ts';
import { javascriptBodies } from './bodies/javascript-bodies.ts';
import { luaBodies } from './bodies/lua-bodies.ts';
import { pythonBodies } from './bodies/python-bodies.ts';
import { rubyBodies } from './bodies/ruby-bodies.ts';
import { rustBodies } from './bodies/rust-bodies.ts';
import { typescriptBodies } from './bodies/typescript-bodies.ts';
import type { Probe, ProbeKind } from './probe.ts';
import type { BodyMaker } from './probe-bodies.ts';
import { wholeFunction } from './whole-function.ts';

const MAKERS: Readonly<Record<string, BodyMaker>> = {
  python: pythonBodies,
  java: javaBodies,
  javascript: javascriptBodies,
  typescript: typescriptBodies,
  go: goBodies,
  rust: rustBodies,
  cpp: cppBodies,
  csharp: cSharpBodies,
  ruby: rubyBodies,
  lua: luaBodies,
};

/**
 * Functions of the task's signature that solve nothing, in the order empty, dummies, throwing, extended, each body once. Null
 * when none can be made: the language is not built in, or the signature shows no function.
 */
export function makeProbes({
  language: id,
  signature,
  canonical,
}: Pick<Task, 'language' | 'signature' | 'canonical'>): readonly Probe[] | null {
  const language = builtinLanguage(id);
  const bodiesOf = language === null ? undefined : MAKERS[language.id];
  const header = language === null ? null : signaturePartsOf(language, signature);
  if (language === null || bodiesOf === undefined || header === null) {
    return null;
  }
  const { empty, dummies, extended, throwing } = bodiesOf(header);
  const kinds = new Map<string, ProbeKind>();
  const add = (kind: ProbeKind, bodies: readonly string[]) => {
    for (const body of bodies) kinds.set(body, kinds.get(body) ?? kind);
  };
  add('empty', empty === null ? [] : [empty]);
  add('dummy', dummies);
  add('throwing', [throwing]);
  add('extended', extended);
  return [...kinds].map(([body, kind]) => ({
    kind,
    body,
    code: wholeFunction(language, signature, body, canonical),
  }));
}
