const REDACTED = '[redacted]';

/** Shapes of credentials that may turn up in a message although they are not the key in use. */
const TOKEN_SHAPES: readonly RegExp[] = [
  /\b(Bearer|Basic)\s+[^\s"',;]+/gi,
  // OpenAI and its imitators: sk-…, sk-proj-…; Hugging Face: hf_…; masked forms such as sk-ab***yz as well.
  /\bsk-[\w*.-]{4,}/g,
  /\bhf_\w{8,}/g,
];

/**
 * A function that replaces every occurrence of the secrets (also URL-encoded) and everything shaped like a bearer
 * token or an `sk-…` key by `[redacted]`. Empty secrets are ignored.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const exact = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const withoutSecrets = exact.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
    return TOKEN_SHAPES.reduce(
      (rest, shape) =>
        rest.replace(shape, (_match, scheme: unknown) =>
          typeof scheme === 'string' ? `${scheme} ${REDACTED}` : REDACTED,
        ),
      withoutSecrets,
    );
  };
}
