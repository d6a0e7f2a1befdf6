/**
 * What evaluates: the SDK and our own generation of metering, builtins and reading of answers. Raise the generation
 * where one of these changes what an answer's bytes or its fuel can be, so that a replay on another engine says so.
 */
export const ENGINE = 'opa-wasm/1.10.0 gatehouse/3'
