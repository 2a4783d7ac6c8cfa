import type { Node } from 'web-tree-sitter';
import type { Language } from '../../lang/language.ts';
import type { Local } from './locals-of.ts';

/** A stretch of code and what is put into its place. */
export interface Edit {
  /** Offsets in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One small fault that could be put into a piece of code. */
export interface Mutation extends Edit {
  /** The operator's name. */
  readonly operator: string;
}

/** A node inside a function, and where it is. */
export interface Site {
  readonly node: Node;
  /** Null only at the function itself. */
  readonly parent: Site | null;
  /** The name the grammar has for its place in the parent; null = none. */
  readonly field: string | null;
}

/** What is known of the whole function. */
export interface MutationScope {
  readonly code: string;
  readonly language: Language;
  /** Parameters and local variables. */
  readonly locals: ReadonlyMap<string, Local>;
}

/** A kind of mistake that programmers make. */
export interface MutationOperator {
  readonly name: string;
  /** The mistakes of that kind at one node; the nodes inside it are asked about themselves. */
  readonly editsAt: (site: Site, scope: MutationScope) => readonly Edit[];
}

/** The node replaced by that text. */
export function replaced(node: Node, text: string): Edit {
  return { start: node.startIndex, end: node.endIndex, text };
}

/** The code with the edit made. */
export function edited(code: string, { start, end, text }: Edit): string {
  return code.slice(0, start) + text + code.slice(end);
}

/** Children that mean something: no punctuation, no comments. */
export function meaningfulChildren(node: Node, { nodes }: Language): Node[] {
  return node.namedChildren.filter((child) => nodes?.comments.includes(child.type) !== true);
}
