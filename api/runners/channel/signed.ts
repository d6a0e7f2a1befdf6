import { sign, verify, type KeyObject } from 'node:crypto'
import { RuntimeRefusal } from '#runtime/errors.js'

/** What a signature is for. It stands in the signed header, so that one is never taken for another. */
export type Purpose = 'gatehouse-order' | 'gatehouse-kill-list'

/** Something on the channel that is not what it should be. Codes `signature.*`, `order.*`, `kill_list.*`. */
export class ChannelRefusal extends RuntimeRefusal {}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const headerOf = (purpose: Purpose): string => encode({ alg: 'EdDSA', typ: purpose })

/** A compact JWS (RFC 7515, RFC 8037) over a payload. */
export const signCompact = (purpose: Purpose, payload: object, key: KeyObject): string => {
  const signed = `${headerOf(purpose)}.${encode(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

/**
 * The payload of a compact JWS for this purpose that one of the keys has signed, not yet looked at. The header has to be the
 * one that we write, byte for byte: nobody is asked which algorithm he would like. Raises `signature.bad`.
 */
export const openCompact = (purpose: Purpose, text: string, keys: readonly KeyObject[]): unknown => {
  const [header, payload, signature, ...more] = text.split('.')
  if (header !== headerOf(purpose) || !payload || !signature || more.length > 0) throw bad()
  const signed = Buffer.from(`${header}.${payload}`)
  const bytes = Buffer.from(signature, 'base64url')
  if (!keys.some((key) => verify(null, signed, key, bytes))) throw bad()
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

const bad = (): ChannelRefusal => new ChannelRefusal('signature.bad', 'no key that counts here has signed this')
