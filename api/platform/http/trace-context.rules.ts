import { randomFillSync } from 'node:crypto'

/** Where a request stands in a trace (W3C Trace Context, level 2). Ids in lower-case hexadecimal. */
export interface Trace {
  /** 32 digits: the caller's, or a new one. */
  readonly traceId: string
  /** 16 digits: of this request. */
  readonly spanId: string
  /** 16 digits: what the caller was doing; null where it did not say. */
  readonly parentId: string | null
  /** Two digits. */
  readonly flags: string
}

const PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const NO_TRACE = '0'.repeat(32)
const NO_SPAN = '0'.repeat(16)
/** What we do is on record: sampled. The trace id is random (level 2, section 3.2.2.5.2). */
const NEW_FLAGS = '03'
/** Of a newer version, only what level 2 knows is passed on. */
const KNOWN_FLAGS = 0x03

const POOL_BYTES = 4096
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES
const randomHex = (bytes: number): string => {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  return pool.toString('hex', used, (used += bytes))
}
/** 16 digits that nobody had before. */
export const newSpanId = (): string => {
  const id = randomHex(8)
  return id === NO_SPAN ? newSpanId() : id
}

/** The caller's trace; undefined where its header is none, and then it is as if none had come (section 4.3). */
const continued = (header: string): Omit<Trace, 'spanId'> | undefined => {
  const [, version, traceId, parentId, flags, more] = PARENT.exec(header) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (traceId === undefined || parentId === undefined || flags === undefined) return undefined
  if (traceId === NO_TRACE || parentId === NO_SPAN) return undefined
  const known = (Number.parseInt(flags, 16) & KNOWN_FLAGS).toString(16).padStart(2, '0')
  return { traceId, parentId, flags: known }
}

/** The trace that a request belongs to, by its `traceparent`; several such headers come joined, and are none. */
export const traceOf = (header: string | string[] | undefined): Trace => {
  const given = typeof header === 'string' ? continued(header) : undefined
  const spanId = newSpanId()
  return given ? { ...given, spanId } : { traceId: randomHex(16), spanId, parentId: null, flags: NEW_FLAGS }
}

/** The header that tells others of this request as their parent; the same value tells callers (`traceresponse`). */
export const traceparentOf = ({ traceId, spanId, flags }: Trace): string => `00-${traceId}-${spanId}-${flags}`

/** The span of whatever has a UUID of its own, such as an execution: its last half, which is never zero (RFC 9562). */
export const spanIdOf = (uuid: string): string => uuid.replaceAll('-', '').slice(-16)

/** The trace as whatever has that UUID goes on with it. */
export const within = (trace: Trace, uuid: string): Trace => ({
  ...trace,
  spanId: spanIdOf(uuid),
  parentId: trace.spanId,
})

/** The trace that a header written by us goes on with; undefined where there is none. */
export const resumed = (traceparent: string | null): Trace | undefined => {
  const found = traceparent === null ? undefined : continued(traceparent)
  return found && { ...found, spanId: found.parentId!, parentId: null }
}
