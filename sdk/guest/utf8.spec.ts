import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { packageRoot } from '#runtime/package-root.js'
import { artifactOfSource, requestTo } from '#runtime/testing/slot-fixture.js'
import { openArtifact, type OpenComponent } from '#runtime/toolchain/open-component.js'
import { decodeUtf8, encodeUtf8 } from './utf8.js'

const MINUTE = 60_000
const FUEL = 500_000_000
/** Answers the text of a body, and texts with halves of characters, which only JSON can carry. */
const HANDLER = `
const answer = ({ path, body }) => encodeUtf8(path === '/json' ? JSON.parse(decodeUtf8(body)) : decodeUtf8(body))
export const handle = (request) => {
  try {
    return { status: 200, headers: [], body: answer(request) }
  } catch (error) {
    return { status: error instanceof RangeError ? 422 : 500, headers: [], body: new Uint8Array() }
  }
}`

describe('text of a guest in its engine', () => {
  let guest: OpenComponent
  beforeAll(async () => {
    const codec = await readFile(join(packageRoot(), 'dist/sdk/guest/utf8.js'), 'utf8')
    const open = await openArtifact(await artifactOfSource({ js: codec + HANDLER }))
    guest = open()
  }, MINUTE)

  const asked = (path: string, body: Uint8Array) => {
    const answer = guest.call({ ...requestTo(path), body }, FUEL)
    return { status: answer.status, body: Buffer.from(answer.body) }
  }

  it('is encoded as the platform does, halves of characters included', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        const { status, body } = asked('/json', Buffer.from(JSON.stringify(text)))
        expect(status).toBe(200)
        expect(body.equals(new TextEncoder().encode(text))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is decoded where the platform decodes it, and refused where it refuses', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const isUtf8 = (bytes: Uint8Array): boolean => {
      try {
        return typeof strict.decode(bytes) === 'string'
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        const { status, body } = asked('/text', bytes)
        expect(status).toBe(isUtf8(bytes) ? 200 : 422)
        if (status === 200) expect(body.equals(bytes)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('comes whole where it is long', () => {
    for (const text of ['plain '.repeat(50_000), 'ä€😀'.repeat(20_000)])
      expect(asked('/text', Buffer.from(text)).body.toString('utf8')).toBe(text)
  })
})

describe('text where a test calls a handler itself', () => {
  it('is what the platform makes of it', () => {
    expect([...encodeUtf8('né€\ud800')]).toEqual([...new TextEncoder().encode('né€\ufffd')])
    expect(decodeUtf8(encodeUtf8('\ufeffné€'))).toBe('\ufeffné€')
    expect(() => decodeUtf8(Uint8Array.of(0xc3))).toThrow(RangeError)
  })
})
