import { describe, expect, it } from '@jest/globals'
import { normalised, soundPassword, weaknessOf } from './password.rules.js'

const NAMES = ['acme', 'Acme Widgets', 'mia.fernandez', 'Mia']

describe('a password', () => {
  it.each([
    'a horse that staples batteries',
    'vier Pferde im Nebel',
    'tulip-anchor-seven',
    'xkcd9Qp2mmLw',
    '馬が電池をホチキスで留めるよ',
    'lowercaseonlyisfine',
  ])('does: %s', (password) => expect(weaknessOf(password, NAMES)).toBe(null))

  it.each([
    ['elevenchars', /12 characters/],
    ['x'.repeat(300), /256/],
    ['password1234', /commonest/],
    ['P@ssw0rd!2026', /commonest/],
    ['passwordpassword', /commonest/],
    ['Welcome2026!!', /commonest/],
    ['qwertyuiop[]12', /commonest/],
    ['correct horse battery staple', /commonest/],
    ['aaaaaaaaaaaaaa', /repeats/],
    ['abababababab', /repeats/],
    ['123456789012', /repeats/],
    ['1q2w3e4r5t6y', /repeats/],
    ['zyxwvutsrqponm', /repeats/],
    ['mia.fernandez1', /names/],
    ['acmeacme-2026', /names/],
  ])('does not: %s', (password, why) => expect(weaknessOf(password, NAMES)).toMatch(why))

  it('is the same however it was typed', () => {
    expect(normalised('Ａ\u030A')).toBe(normalised('Å'))
    expect(soundPassword('Ａ horse in Ångström', [])).toBe('A horse in Ångström')
  })
})
