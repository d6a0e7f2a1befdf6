import { createHash, createHmac } from 'node:crypto'
import { text, type Builtin, type Call, type Family } from './call.js'

/** Steps for hashing one character. */
const HASH_COST = 0.25
/** Steps for setting a hash up. */
const SETUP_COST = 200

const pay = (call: Call, length: number) => call.pay(SETUP_COST + HASH_COST * length)

const digest =
  (algorithm: string): Builtin =>
  ([message], call) => {
    const given = text(message)
    pay(call, given.length)
    return createHash(algorithm).update(given).digest('hex')
  }

const hmac =
  (algorithm: string): Builtin =>
  ([message, key], call) => {
    const [given, secret] = [text(message), text(key)]
    pay(call, given.length + secret.length)
    return createHmac(algorithm, secret).update(given).digest('hex')
  }

/** `crypto.*`: digests and message authentication codes in lower-case hexadecimal. */
export const CRYPTO: Family = {
  'crypto.hmac.equal': ([a, b]) => text(a) === text(b),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
}
