/**
 * One-dimensional arrays in PostgreSQL's binary format (array_send of the server's arrayfuncs.c): `pg` sends a Buffer as a
 * binary parameter, so nothing is quoted, escaped or parsed again on the way into a batch.
 */

interface ElementType<T> {
  /** Object id of the element's type, from pg_type. */
  readonly oid: number
  /** Bytes that the value takes at most. */
  readonly room: (value: T) => number
  /** Writes the value and gives the bytes that it took. */
  readonly write: (array: Buffer, value: T, at: number) => number
}

const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const UUID_BYTES = 16
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1)
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const UNIT_BYTES = 3

const writeInt8 = (array: Buffer, value: bigint, at: number): number => array.writeBigInt64BE(value, at) - at

export const UUID: ElementType<string> = {
  oid: 2950,
  room: () => UUID_BYTES,
  write: (array, value, at) => {
    const hex = value.replaceAll('-', '')
    if (hex.length !== UUID_BYTES * 2 || array.write(hex, at, UUID_BYTES, 'hex') !== UUID_BYTES)
      throw new TypeError(`${value} is not a UUID`)
    return UUID_BYTES
  },
}
export const TEXT: ElementType<string> = {
  oid: 25,
  room: (value) => value.length * UNIT_BYTES,
  write: (array, value, at) => array.write(value, at),
}
export const BYTEA: ElementType<Uint8Array> = {
  oid: 17,
  room: (value) => value.length,
  write: (array, value, at) => {
    array.set(value, at)
    return value.length
  },
}
/** Safe integers only. */
export const INT8: ElementType<number> = {
  oid: 20,
  room: () => 8,
  write: (array, value, at) => writeInt8(array, BigInt(value), at),
}
export const INT4: ElementType<number> = {
  oid: 23,
  room: () => 4,
  write: (array, value, at) => array.writeInt32BE(value, at) - at,
}
/** From milliseconds since the Unix epoch. */
export const TIMESTAMPTZ: ElementType<number> = {
  oid: 1184,
  room: () => 8,
  write: (array, value, at) => writeInt8(array, BigInt(value - POSTGRES_EPOCH_MS) * 1000n, at),
}

/** Encodes the values as one array parameter; null elements stay null. */
export const binaryArray = <T>(type: ElementType<T>, values: readonly (T | null)[]): Buffer => {
  let room = HEADER_BYTES
  for (const value of values) room += LENGTH_BYTES + (value === null ? 0 : type.room(value))
  const array = Buffer.allocUnsafe(room)
  array.writeInt32BE(1, 0)
  array.writeInt32BE(values.includes(null) ? 1 : 0, 4)
  array.writeInt32BE(type.oid, 8)
  array.writeInt32BE(values.length, 12)
  array.writeInt32BE(1, 16)
  let at = HEADER_BYTES
  for (const value of values) {
    const length = value === null ? -1 : type.write(array, value, at + LENGTH_BYTES)
    at = array.writeInt32BE(length, at) + Math.max(length, 0)
  }
  return array.subarray(0, at)
}
