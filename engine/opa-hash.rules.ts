import { createHash } from 'node:crypto'

/** Files whose parsed content OPA hashes, so that spaces don't count; of all others it hashes the bytes. */
const STRUCTURED = ['.manifest', 'data.json']

/** SHA-256 of a bundle's file as OPA computes it for `.signatures.json`, in hex. Fails where a structured file is no JSON. */
export function opaHash(name: string, bytes: Uint8Array): string {
  const structured = STRUCTURED.includes(name.split('/').at(-1)!)
  const content = structured ? encode(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) : bytes
  return createHash('sha256').update(content).digest('hex')
}

/** JSON as OPA walks it: no spaces, keys in the order of their UTF-8 bytes, strings as Go's encoder writes them. */
function encode(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`
  if (typeof value === 'string') return encodeString(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${entries.map(([key, member]) => `${encodeString(key)}:${encode(member)}`).join(',')}}`
}

/** Go escapes the two line separators that JavaScript doesn't; the rest of a well-formed string is the same. */
const encodeString = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
