/**
 * One-dimensional arrays in PostgreSQL's binary format (array_send of the server's arrayfuncs.c): `pg` sends a Buffer as a
 * binary parameter, so nothing is quoted, escaped or parsed again on the way into a batch.
 */

interface ElementType<T> {
  /** Object id of the element's type, from pg_type. */
  readonly oid: number
  readonly bytes: (value: T) => Uint8Array
}

const HEADER_BYTES = 20
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1)

const int8 = (value: bigint): Uint8Array => {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

export const UUID: ElementType<string> = {
  oid: 2950,
  bytes: (value) => {
    const bytes = Buffer.from(value.replaceAll('-', ''), 'hex')
    if (bytes.length !== 16) throw new TypeError(`${value} is not a UUID`)
    return bytes
  },
}
export const TEXT: ElementType<string> = { oid: 25, bytes: (value) => Buffer.from(value) }
export const BYTEA: ElementType<Uint8Array> = { oid: 17, bytes: (value) => value }
/** Safe integers only. */
export const INT8: ElementType<number> = { oid: 20, bytes: (value) => int8(BigInt(value)) }
export const INT4: ElementType<number> = {
  oid: 23,
  bytes: (value) => {
    const bytes = Buffer.allocUnsafe(4)
    bytes.writeInt32BE(value)
    return bytes
  },
}
/** From milliseconds since the Unix epoch. */
export const TIMESTAMPTZ: ElementType<number> = {
  oid: 1184,
  bytes: (value) => int8(BigInt(value - POSTGRES_EPOCH_MS) * 1000n),
}

/** Encodes the values as one array parameter; null elements stay null. */
export const binaryArray = <T>(type: ElementType<T>, values: readonly (T | null)[]): Buffer => {
  const elements = values.map((value) => (value === null ? null : type.bytes(value)))
  const length = elements.reduce((sum, element) => sum + 4 + (element?.length ?? 0), HEADER_BYTES)
  const array = Buffer.allocUnsafe(length)
  array.writeInt32BE(1, 0)
  array.writeInt32BE(elements.includes(null) ? 1 : 0, 4)
  array.writeInt32BE(type.oid, 8)
  array.writeInt32BE(elements.length, 12)
  array.writeInt32BE(1, 16)
  let at = HEADER_BYTES
  for (const element of elements) {
    at = array.writeInt32BE(element?.length ?? -1, at)
    if (element) {
      array.set(element, at)
      at += element.length
    }
  }
  return array
}
