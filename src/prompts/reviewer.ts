import type { Language } from '../lang/language.ts';
import type { Prompt } from '../lm/language-model.ts';
import { asComment, promptLanguage } from './generator.ts';

const INSTRUCTION = 'Document the function above: say in its comment what it does.';

/**
 * What a reviewer continues with the task's description: the code, the instruction to document it, the header once more and an
 * opened comment, which stands below the header where the language has its documentation there.
 *
 * @see arXiv 2211.16490, the reviewer
 */
export function reviewerPrompt(code: string, signature: string, language: Language): Prompt {
  const instruction = asComment(INSTRUCTION, promptLanguage(language));
  const open = language.comments.block[0]?.open ?? `${language.comments.line[0] ?? ''} `;
  const documented = language.blockStyle === 'indentation' ? `${signature}\n    """` : `${open} `;
  return { kind: 'text', text: `${code.trimEnd()}\n\n${instruction}\n${documented}` };
}
