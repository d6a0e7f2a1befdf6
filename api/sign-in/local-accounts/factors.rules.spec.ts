import { describe, expect, it } from '@jest/globals'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.rules.js'
import { newTotpSecret, stepOfCode, totpUri } from './totp.rules.js'

// RFC 6238, appendix B, cut to six digits; its secret is "12345678901234567890".
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('is of RFC 6238 at %d s', (seconds, code) => {
    expect(stepOfCode(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
  })

  it('counts a step early and late, where clocks differ, and no longer', () => {
    const at = 1_234_567_890_000
    const steps = [-60, -30, 0, 30, 60].map((skew) => stepOfCode(SECRET, '005924', at + skew * 1000))
    const step = Math.floor(at / 30_000)
    expect(steps).toEqual([undefined, step, step, step, undefined])
  })

  it('is told to the app with whose it is', () => {
    const secret = newTotpSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(totpUri(secret, 'mia@acme.example')).toContain(`secret=${secret}`)
  })
})

describe('recovery codes', () => {
  it('are ten, and the same however they are typed', () => {
    const { codes, hashes } = newRecoveryCodes('p')
    expect(new Set(codes).size).toBe(10)
    expect(codes[0]).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/)
    expect(recoveryCodeHash(` ${codes[0]!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `, 'p')).toEqual(
      hashes[0],
    )
    expect(recoveryCodeHash(codes[0]!, 'q')).not.toEqual(hashes[0])
    for (const wrong of ['', '123456', 'u'.repeat(16), `${codes[0]}0`])
      expect(recoveryCodeHash(wrong, 'p')).toBe(undefined)
  })
})
