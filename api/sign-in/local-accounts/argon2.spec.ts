import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { PasswordHasher } from './argon2.js'

const PASSWORD = 'a horse that staples batteries'

describe('a password', () => {
  it('is kept as argon2id with the parameters of OWASP and a salt of its own', async () => {
    const hasher = new PasswordHasher()
    const [one, two] = [await hasher.digest(PASSWORD), await hasher.digest(PASSWORD)]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await hasher.matches(PASSWORD, one)).toBe(true)
    expect(await hasher.matches(`${PASSWORD} `, one)).toBe(false)
    expect(await hasher.matches(PASSWORD, one.replace('m=19456', 'm=19464'))).toBe(false)
  })

  it('that nobody has is nobody’s, and so is one whose digest is spoilt', async () => {
    const hasher = new PasswordHasher()
    for (const digest of [null, '', 'plain', '$2b$10$abc']) expect(await hasher.matches('', digest)).toBe(false)
  })

  it('costs one run to check, and the same one where there is none', async () => {
    const digest = await new PasswordHasher().digest(PASSWORD)
    const costs: unknown[] = []
    const hasher = new PasswordHasher(async ({ memory, passes, parallelism, tagLength, nonce }) => {
      costs.push([memory, passes, parallelism, tagLength, (nonce as Uint8Array).byteLength])
      return Buffer.alloc(tagLength)
    })
    await hasher.matches(PASSWORD, digest)
    await hasher.matches(PASSWORD, null)
    expect(costs).toEqual([costs[0], costs[0]])
  })

  it('is checked a few at once; beyond those that wait others are told to come again', async () => {
    let [running, most] = [0, 0]
    const ends: (() => void)[] = []
    const hasher = new PasswordHasher(async ({ tagLength }) => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
      return Buffer.alloc(tagLength)
    })
    const all = Array.from({ length: 70 }, () =>
      hasher.digest(PASSWORD).then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
    )
    let over = 0
    const ended = Promise.all(all).finally(() => (over = 1))
    while (over === 0) {
      ends.shift()?.()
      await setImmediate()
    }
    const came = await ended
    expect([most, came.filter((each) => each === 'done').length]).toEqual([2, 66])
    expect(new Set(came)).toEqual(new Set(['done', 'sign_in.busy']))
  })
})
