/** Before the folder, or name on the hub, of a model that only Python can open. */
export const TRANSFORMERS_PREFIX = 'transformers:';
