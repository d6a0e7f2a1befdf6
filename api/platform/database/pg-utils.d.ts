/** A part of `pg` that its types leave out. */
declare module 'pg/lib/utils.js' {
  /** A value as it is sent. Raises what writing it as JSON does. */
  export function prepareValue(value: unknown): string | Buffer | null
}
