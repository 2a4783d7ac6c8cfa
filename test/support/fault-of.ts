import { CodejuryError } from '../../src/errors.ts';

/** The expected fault that the work ends with. @throws where it ends with none, or with a bug. */
export async function faultOf(work: Promise<unknown>): Promise<CodejuryError> {
  const error = await work.catch((error: unknown) => error);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a fault', { cause: error });
}
