import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

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
const ED25519 = sequence(oid('2b6570'))

/** A certificate for one host name that vouches for itself (RFC 5280, RFC 8410), and its key; PEM, made anew each time. */
export const selfSigned = (host: string): { cert: string; key: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(host)))))
  const isAuthority = sequence(oid('551d13'), octets(sequence(der(0x01, Buffer.from([0xff])))))
  const isFor = sequence(oid('551d11'), octets(sequence(der(0x82, Buffer.from(host)))))
  const serial = randomBytes(8)
  serial[0] = 1
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    ...[der(0x02, serial), ED25519, name],
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    ...[name, publicKey.export({ type: 'spki', format: 'der' })],
    der(0xa3, sequence(isAuthority, isFor)),
  )
  const signature = der(0x03, Buffer.from([0]), sign(null, signed, privateKey))
  const base64 = sequence(signed, ED25519, signature).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
