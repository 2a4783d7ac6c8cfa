import type { Rejection } from '../contracts/candidate.ts';
import type { Language } from '../lang/language.ts';
import { chooseTarget, isMethodOf, type Target, type WantedFunction } from './choose-target.ts';
import type { CodeUnit } from './code-unit.ts';
import { type ComposedCode, composeCode } from './compose-code.ts';
import type { Extraction } from './extraction.ts';
import { readUnits, type SourceBlock } from './read-units.ts';
import { usesUnknownNames } from './uses-unknown-names.ts';

/**
 * The wanted function of a source, parsed: as it stands and, where functions are members, also inside a class. A function
 * of which only the header can be made out is `incomplete`. Null when there is no function.
 */
export async function extractWithGrammar(
  language: Language,
  wanted: WantedFunction,
  source: readonly SourceBlock[],
  given: readonly CodeUnit[],
): Promise<Extraction | null> {
  const bare = await unitsOf(language, source);
  const asItStands = extractionOf(language, wanted, bare, given);
  if (asItStands?.named === true && asItStands.rejection === null) {
    return asItStands;
  }
  if (language.functionsAreMembers) {
    const members = await unitsOf(
      language,
      source.map((block) => insideClass(language, block)),
    );
    const imports = bare.filter((unit) => unit.kind === 'import');
    const wrapped = extractionOf(language, wanted, [...imports, ...members], given);
    if (wrapped?.named === true && (wrapped.rejection === null || asItStands?.named !== true)) {
      return wrapped;
    }
  }
  return asItStands;
}

async function unitsOf(language: Language, source: readonly SourceBlock[]): Promise<CodeUnit[]> {
  const units: CodeUnit[] = [];
  for (const [index, block] of source.entries()) {
    units.push(...(await readUnits(language, block, index)));
  }
  return units;
}

function extractionOf(
  language: Language,
  wanted: WantedFunction,
  units: readonly CodeUnit[],
  given: readonly CodeUnit[],
): Extraction | null {
  const target = chooseTarget(language, units, wanted);
  if (target === null) {
    return null;
  }
  const composed = composeCode(language, target, given);
  const rejection = faultOf(target, composed);
  return {
    code: composed.code,
    named: target.named,
    name: target.fact.name,
    rejection,
    conclusive:
      rejection === null &&
      isExactly(language, target, wanted) &&
      !usesUnknownNames(language, composed.units),
  };
}

/** Whether no other function could be closer to what is wanted. */
function isExactly(language: Language, { named, fact, unit }: Target, wanted: WantedFunction): boolean {
  return (
    named &&
    wanted.name !== null &&
    (wanted.parameterCount === null || fact.parameterCount === wanted.parameterCount) &&
    !isMethodOf(language, unit)
  );
}

function faultOf({ fact, unit }: Target, { targetLine, brokenHelper }: ComposedCode): Rejection | null {
  const faultRow = fact.faultRow ?? unit.faultRow;
  if (faultRow !== null) {
    const line = targetLine + faultRow;
    return { reason: 'incomplete', detail: `line ${line}: a syntax error, or the text ends too early` };
  }
  if (fact.body === 'absent') {
    return { reason: 'incomplete', detail: `line ${targetLine}: ${fact.name} has no body` };
  }
  if (fact.body === 'empty') {
    return { reason: 'empty-body', detail: `${fact.name} has no statement that does anything` };
  }
  return brokenHelper === null
    ? null
    : {
        reason: 'incomplete',
        detail: `${brokenHelper.names[0] ?? 'a helper'}, which it uses, has a syntax error`,
      };
}

/** Members parse as members only inside a class; imports and the package are blanked, line by line. */
function insideClass(language: Language, { code, givenLength }: SourceBlock): SourceBlock {
  const prefix = 'class W {\n';
  const members = code
    .split('\n')
    .map((line) =>
      language.patterns.import?.test(line) === true || /^\s*(?:package|namespace)\s[\w.]+;/.test(line)
        ? ' '.repeat(line.length)
        : line,
    )
    .join('\n');
  return {
    code: `${prefix}${members}\n}`,
    givenLength: givenLength + prefix.length,
    ownEnd: prefix.length + members.length,
  };
}
