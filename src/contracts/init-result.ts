/** What `codejury init` made. Paths of files are relative to the folder. */
export interface InitResult {
  readonly folder: string;
  /** The id of its language. */
  readonly language: string;
  readonly files: readonly string[];
  /** Files with places that only the owner of the language can fill in. */
  readonly incomplete: readonly string[];
  /** Files that its language needs and that the owner has to put there. */
  readonly missing: readonly string[];
}
