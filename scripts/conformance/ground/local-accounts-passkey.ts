import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()
const encoded = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** What a passkey is made or signs for. */
export interface Ceremony {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  readonly counter?: number
}

/** An authenticator with one passkey (ES256), and the browser before it. */
export class SoftPasskey {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #id = randomBytes(32)
  readonly id = encoded(this.#id)

  constructor(private readonly userHandle?: string) {}

  /** A RegistrationResponseJSON, without attestation. */
  register(ceremony: Ceremony) {
    const { x, y } = this.#pair.publicKey.export({ format: 'jwk' })
    const [left, right] = [Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const key = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), left, Buffer.from('225820', 'hex'), right])
    const length = Buffer.of(0, this.#id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, key])
    const data = Buffer.concat([this.#data(ceremony, HAS_CREDENTIAL), credential])
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex')
    const attestation = Buffer.concat([head, Buffer.of(data.length), data])
    return this.#answer({
      clientDataJSON: this.#client('webauthn.create', ceremony),
      attestationObject: encoded(attestation),
    })
  }

  /** An AuthenticationResponseJSON. */
  sign(ceremony: Ceremony) {
    const data = this.#data(ceremony, 0)
    const clientDataJSON = this.#client('webauthn.get', ceremony)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = createSign('sha256').update(signed).sign(this.#pair.privateKey)
    return this.#answer({
      ...{ clientDataJSON, authenticatorData: encoded(data), signature: encoded(signature) },
      ...(this.userHandle !== undefined && { userHandle: encoded(this.userHandle) }),
    })
  }

  #answer<T extends object>(response: T) {
    return { id: this.id, rawId: this.id, response, type: 'public-key', clientExtensionResults: {} }
  }

  #client(type: string, { challenge, origin }: Ceremony): string {
    return encoded(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  #data({ rpId, counter = 0 }: Ceremony, flags: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.of(flags | USER_PRESENT | USER_VERIFIED), count])
  }
}
