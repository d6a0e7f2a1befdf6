/**
 * Host builtins that a policy may import: JavaScript that opa-wasm brings along. They run outside fuel and outside the
 * memory cap, so only what is linear in its argument and deterministic is let in. Left out, though opa-wasm has them:
 * `regex.split` (JavaScript's backtracking RegExp), `sprintf` (`%500000000d` allocates half a gigabyte) and `yaml.*`
 * (alias expansion, and other answers than Go's). Reasons carry ids and parameters, so rules need no formatting;
 * patterns are matched before the gate.
 */
export const HOST_BUILTINS: readonly string[] = ['json.is_valid']

/** The host builtins among `required` that the engine refuses, sorted. */
export const refusedBuiltins = (required: Iterable<string>): string[] =>
  [...required].filter((name) => !HOST_BUILTINS.includes(name)).toSorted()
