import { describe, expect, it } from '@jest/globals'
import { hasSecondFactor, type Proof } from './second-factor.rules.js'

describe('a second factor', () => {
  it.each<[Proof, boolean]>([
    [{ acr: 'two' }, true],
    [{ amr: ['mfa'] }, true],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: ['hwk', 'fpt'] }, true],
    [{}, false],
    [{ acr: 'one' }, false],
    [{ acr: ['two'] }, false],
    [{ amr: ['pwd'] }, false],
    [{ amr: ['otp', 'sms'] }, false],
    [{ amr: ['pwd', 'pin'] }, false],
    [{ amr: ['pwd', 'constructor'] }, false],
    [{ amr: 'mfa' }, false],
    [{ amr: [{ mfa: true }] }, false],
  ])('%j: %s', (proof, expected) => expect(hasSecondFactor(proof, ['two'])).toBe(expected))
})
