import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { problem } from '#contract/problems.js'

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const SALT_BYTES = 16
const TAG_BYTES = 32
/** At once; each takes a thread of libuv, of which there are four, and its memory. */
const MOST_RUNNING = 2
const MOST_WAITING = 64
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{22,86})$/

const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
  })
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

const phc = (nonce: Uint8Array, tag: Uint8Array): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(nonce)}$${base64(tag)}`
/** Of no password: what is checked where there is none. */
const NOBODYS = phc(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES))

/** Digests of passwords by argon2id (RFC 9106), as PHC strings: off the main loop, and a few at once. */
export class PasswordHasher {
  private running = 0
  private readonly waiting: (() => void)[] = []
  constructor(private readonly run = derive) {}

  /** The digest that is kept. Raises `sign_in.busy`. */
  async digest(password: string): Promise<string> {
    const nonce = randomBytes(SALT_BYTES)
    const tag = await this.turn({ ...COST, nonce, tagLength: TAG_BYTES, message: Buffer.from(password, 'utf8') })
    return phc(nonce, tag)
  }

  /**
   * Whether a password is the one of a digest. Where there is no digest it takes one run all the same, so that nobody tells by
   * the time who has a password. Raises `sign_in.busy`.
   */
  async matches(password: string, digest: string | null): Promise<boolean> {
    const kept = PHC.exec(digest ?? NOBODYS)
    if (!kept) return false
    const [memory, passes, parallelism] = kept.slice(1, 4).map(Number) as [number, number, number]
    const [nonce, tag] = [Buffer.from(kept[4]!, 'base64'), Buffer.from(kept[5]!, 'base64')]
    const message = Buffer.from(password, 'utf8')
    const found = await this.turn({ memory, passes, parallelism, nonce, tagLength: tag.length, message })
    return timingSafeEqual(found, tag) && digest !== null
  }

  private async turn(parameters: Argon2Parameters): Promise<Buffer> {
    if (this.running >= MOST_RUNNING) {
      if (this.waiting.length >= MOST_WAITING) throw problem('sign_in.busy', { retryAfter: 5 })
      // Whoever ends hands its place on.
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    } else this.running += 1
    try {
      return await this.run(parameters)
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.running -= 1
    }
  }
}
