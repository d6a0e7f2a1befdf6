import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { localPath } from './return-to.rules.js'

const HERE = 'https://gatehouse.example'

describe('a place to go to after a sign-in', () => {
  it('is a path of this service, with its query', () => {
    expect(localPath('/auth/device?user_code=BCDF-GHJK')).toBe('/auth/device?user_code=BCDF-GHJK')
  })

  it('is never another place, however it is written', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      'evil.example',
      '%2f',
      '%5c',
      '\t',
      '\n',
      ' ',
      '?',
      '#',
      'a',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = localPath(`/${pieces.join('')}`)
        return path === undefined || new URL(path, HERE).origin === HERE
      }),
      { numRuns: 5_000 },
    )
  })
})
