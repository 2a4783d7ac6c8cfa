import { conclusiveExtraction, type ExtractionRequest } from './best-extraction.ts';
import { defaultCleanOptions } from './clean-text.ts';
import { ESCAPE, normalizeOutput } from './normalize-output.ts';

/**
 * Whether an answer that is being written can end here: `cleanText` gives the same whatever follows. So it is once a closed block
 * tagged with the language has the function under its name, complete, with the wanted number of parameters and without a name that
 * nobody defines (a helper or an import may still follow). Never so in languages whose own names are not known: `builtins`.
 *
 * Reasoning that the prompt itself opened does not show in the text: a caller asks only when there is none. Answers that grow beyond
 * `maxCodeLength` are left out, too.
 *
 * @param text what is written so far, up to the end of a line
 * @throws {CodejuryError} `engine` when the language's grammar cannot be loaded.
 */
export async function isCompleteAnswer(
  request: Omit<ExtractionRequest, 'form'>,
  text: string,
): Promise<boolean> {
  // Mostly the last line closes no block. A terminal escape may reach over what follows.
  const mayBe =
    request.language.builtins !== null &&
    /(?:`{3}|~{3})\s*$/.test(text.slice(-100)) &&
    !text.includes(ESCAPE);
  return (
    mayBe &&
    (await conclusiveExtraction(request, normalizeOutput(text), defaultCleanOptions.maxCodeLength)) !== null
  );
}
