import { exportJWK, importPKCS8, type CryptoKey, type JWK } from 'jose'
import type { RotatingKey } from '../../platform/keys/rotating-key.js'

const ALGORITHM = 'ES256'

/** The key with which Gatehouse proves itself to identity providers (RFC 7523), and what they verify it by. */
export class ClientKeys {
  constructor(private readonly ring: RotatingKey) {}

  /** Makes the key where there is none: one that is missing later is one that was lost. Raises `KeyFileUnsound`. */
  async prepare(): Promise<this> {
    await this.ring.signing()
    return this
  }

  /** The key that signs now. Raises `KeyFileUnsound`. */
  async signing(): Promise<{ key: CryptoKey; kid: string }> {
    const pem = (await this.ring.signing()).export({ type: 'pkcs8', format: 'pem' }).toString()
    const [signs] = await this.ring.keys()
    return { key: await importPKCS8(pem, ALGORITHM), kid: signs!.id }
  }

  /** Public keys, the announced one included, so that a rotation leaves no gap. */
  async jwks(): Promise<{ keys: JWK[] }> {
    const counting = (await this.ring.keys()).filter(({ state }) => state !== 'retired')
    const keys = counting.map(async ({ id, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      ...{ kid: id, use: 'sig', alg: ALGORITHM },
    }))
    return { keys: await Promise.all(keys) }
  }
}
