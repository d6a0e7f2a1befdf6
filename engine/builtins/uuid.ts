import { refuse, text, type Family } from './call.js'
import { RegoObject, whole, type Value } from './value.js'

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DOMAINS = ['Person', 'Group', 'Org']
/** Ticks of 100 ns from the Gregorian reform of 1582 to 1970. */
const GREGORIAN = 122_192_928_000_000_000n

/** The 16 bytes of a UUID in any of the spellings that google/uuid reads. */
function bytesOf(given: string): Buffer {
  const length = Buffer.byteLength(given)
  if (length === 32 && /^[0-9a-f]{32}$/i.test(given)) return Buffer.from(given, 'hex')
  const plain = unwrapped(given, length)
  return CANONICAL.test(plain) ? Buffer.from(plain.replaceAll('-', ''), 'hex') : refuse('not a UUID')
}

function unwrapped(given: string, length: number): string {
  if (length === 45 && given.slice(0, 9).toLowerCase() === 'urn:uuid:') return given.slice(9)
  if (length === 38) return given.slice(1, 37)
  return given
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122'
  if ((byte & 0xe0) === 0xc0) return 'Microsoft'
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved'
}

function addressKind(byte: number): string {
  if ((byte & 3) === 3) return 'local:multicast'
  if ((byte & 1) === 1) return 'global:multicast'
  return (byte & 2) === 2 ? 'local:unicast' : 'global:unicast'
}

/** Nanoseconds since 1970 as 64 bits hold them. */
function timeOf(bytes: Buffer): Value {
  const low = BigInt(bytes.readUInt32BE(0))
  const middle = BigInt(bytes.readUInt16BE(4))
  const high = BigInt(bytes.readUInt16BE(6) & 0x0fff)
  const ticks = (low | (middle << 32n) | (high << 48n)) - GREGORIAN
  return whole(BigInt.asIntN(64, ticks * 100n))
}

function describe(bytes: Buffer): RegoObject {
  const version = bytes[6]! >> 4
  const facts = new RegoObject([
    ['version', version],
    ['variant', variantOf(bytes[8]!)],
  ])
  if (version !== 1 && version !== 2) return facts
  facts.set('time', timeOf(bytes))
  facts.set('nodeid', [...bytes.subarray(10)].map((byte) => byte.toString(16).padStart(2, '0')).join('-'))
  facts.set('macvariables', addressKind(bytes[10]!))
  facts.set('clocksequence', bytes.readUInt16BE(8) & 0x3fff)
  if (version === 2) {
    facts.set('id', bytes.readUInt32BE(0))
    facts.set('domain', DOMAINS[bytes[9]!] ?? `Domain${bytes[9]}`)
  }
  return facts
}

/** `uuid.parse`: version and variant, and what versions 1 and 2 say of time and place. */
export const UUID: Family = { 'uuid.parse': ([given]) => describe(bytesOf(text(given))) }
