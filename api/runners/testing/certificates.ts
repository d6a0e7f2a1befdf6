import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A certificate and its key, PEM. */
export interface Issued {
  readonly cert: string
  readonly key: string
}
/** Somebody who vouches for others. */
export interface Authority {
  readonly cert: string
  /** A certificate for one host name. */
  issue(host: string): Issued
}

/** ASN.1 DER: a tag, a length, what is inside. */
const der = (tag: number, ...inside: Uint8Array[]): Buffer => {
  const body = Buffer.concat(inside)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...inside: Uint8Array[]): Buffer => der(0x30, ...inside)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const octets = (inside: Uint8Array): Buffer => der(0x04, inside)
const time = (text: string): Buffer => der(0x18, Buffer.from(text))
const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))))
const ED25519 = sequence(oid('2b6570'))
const IS_AUTHORITY = sequence(oid('551d13'), octets(sequence(der(0x01, Buffer.from([0xff])))))

interface Signer {
  readonly name: string
  readonly secret: KeyObject
}

/** A certificate for `name` (RFC 5280, RFC 8410); without a signer it vouches for itself, and for others. */
const certificate = (name: string, signer?: Signer): Issued & Signer => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const isFor = sequence(oid('551d11'), octets(sequence(der(0x82, Buffer.from(name)))))
  const serial = randomBytes(8)
  serial[0] = 1
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    ...[der(0x02, serial), ED25519, nameOf(signer?.name ?? name)],
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    ...[nameOf(name), publicKey.export({ type: 'spki', format: 'der' })],
    der(0xa3, sequence(...(signer ? [] : [IS_AUTHORITY]), isFor)),
  )
  const signature = der(0x03, Buffer.from([0]), sign(null, signed, signer?.secret ?? privateKey))
  const base64 = sequence(signed, ED25519, signature).toString('base64')
  return {
    name,
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    secret: privateKey,
  }
}

/** A certificate for one host name that vouches for itself, made anew each time. */
export const selfSigned = (host: string): Issued => certificate(host)

/** Somebody who vouches for others, made anew each time. */
export const authority = (name: string): Authority => {
  const own = certificate(name)
  return { cert: own.cert, issue: (host) => certificate(host, own) }
}
