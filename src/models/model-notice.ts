/** Something a user should know about where a model comes from, while it is being got; one line of text. */
export interface ModelNotice {
  readonly kind:
    | 'source-failed' // and the next one is tried
    | 'first-use' // the digest was not known before
    | 'waiting' // another process is getting the same model
    | 'local-copy' // another tool's file is used in place
    | 'set-aside'; // a file with a wrong digest was renamed
  readonly message: string;
}

export type OnNotice = (notice: ModelNotice) => void;
