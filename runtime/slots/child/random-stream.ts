import { createCipheriv, randomBytes, type Cipheriv } from 'node:crypto'

const SEED_BYTES = 32
/** ChaCha20 counts its blocks from 0 under a nonce of zeros: no seed is used for a second stream. */
const COUNTER_AND_NONCE = new Uint8Array(16)

/** The random bytes of one invocation: the ChaCha20 key stream (RFC 8439 §2.4) of its seed, so that the seed gives them again. */
export class RandomStream {
  private cipher: Cipheriv | undefined
  private readonly seed: Uint8Array | undefined

  /** @param seed 32 bytes; fresh ones, drawn when they are first asked for, where absent */
  constructor(seed?: Uint8Array) {
    this.seed = seed
  }

  bytes(count: number): Uint8Array {
    this.cipher ??= createCipheriv('chacha20', this.seed ?? randomBytes(SEED_BYTES), COUNTER_AND_NONCE)
    return new Uint8Array(this.cipher.update(new Uint8Array(count)))
  }
}
