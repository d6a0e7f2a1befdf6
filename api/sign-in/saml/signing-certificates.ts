import { webcrypto, type KeyObject } from 'node:crypto'
import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import type { RotatingKey } from '../../platform/keys/rotating-key.js'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
const FROM = new Date('2020-01-01T00:00:00Z')
const UNTIL = new Date('2099-12-31T00:00:00Z')

/** The key with which Gatehouse signs what it asks SAML providers, in the certificate that they want it in. */
export class SigningCertificates {
  constructor(private readonly ring: RotatingKey) {}

  /** Makes the key where there is none. Raises `KeyFileUnsound`. */
  async prepare(): Promise<this> {
    await this.ring.signing()
    return this
  }

  /** The private key that signs now, as PEM. */
  async privateKey(): Promise<string> {
    return (await this.ring.signing()).export({ type: 'pkcs8', format: 'pem' }).toString()
  }

  /** The certificate of the key that signs now. It signs itself; providers compare it, and nobody else does. The same for a key each time. */
  async certificate(): Promise<string> {
    const key = await this.ring.signing()
    const [signs] = await this.ring.keys()
    const made = await X509CertificateGenerator.createSelfSigned({
      ...{ name: 'CN=Gatehouse', notBefore: FROM, notAfter: UNTIL, signingAlgorithm: RSA },
      serialNumber: `01${keyIdOf(signs!.publicKey).slice(0, 30)}`,
      keys: await pairOf(key, signs!.publicKey),
    })
    return made.toString('pem')
  }
}

const pairOf = async (key: KeyObject, publicKey: KeyObject) => ({
  privateKey: await webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), RSA, false, [
    'sign',
  ]),
  publicKey: await webcrypto.subtle.importKey('spki', publicKey.export({ type: 'spki', format: 'der' }), RSA, true, [
    'verify',
  ]),
})
