import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { CheckpointRefused, readCheckpoint, signCheckpoint, verifierOf, verifyCheckpoint } from './checkpoint.rules.js'
import { leafHash } from './merkle.rules.js'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const origin = 'gatehouse/ledger/test'
const checkpoint = { origin, size: 42, root: leafHash(Buffer.from('x')), expiresAt: Date.UTC(2026, 10, 22) }
const note = signCheckpoint(checkpoint, privateKey)
const verifier = verifierOf(origin, publicKey)

describe('checkpoints (C2SP tlog-checkpoint, signed-note)', () => {
  it('say origin, size, root and expiry, then one signature line', () => {
    const lines = note.split('\n')
    expect(lines.slice(0, 2)).toEqual([origin, '42'])
    expect(lines[2]).toBe(Buffer.from(checkpoint.root).toString('base64'))
    expect(lines[3]).toBe('expires 2026-11-22T00:00:00.000Z')
    expect(lines[5]).toMatch(/^— gatehouse\/ledger\/test [A-Za-z0-9+/=]+$/)
  })

  it('verify with the key in verifier form, derived alike from the private and the public key', () => {
    expect(verifierOf(origin, privateKey)).toBe(verifier)
    const read = verifyCheckpoint(note, [verifier])
    expect({ ...read, root: Buffer.from(read.root) }).toEqual({ ...checkpoint, root: Buffer.from(checkpoint.root) })
  })

  it.each([
    ['another size', note.replace('\n42\n', '\n43\n')],
    ['another origin', note.replaceAll('ledger/test', 'ledger/best')],
    ['a later expiry', note.replace('2026-11-22', '2027-11-22')],
    ['a further line', note.replace('Z\n\n', 'Z\nmore\n\n')],
    ['no signature', note.slice(0, note.indexOf('—'))],
    ['no note at all', 'nothing'],
    ['a size written otherwise', note.replace('\n42\n', '\n042\n')],
  ])('refuse a note with %s', (_, altered) => {
    expect(() => verifyCheckpoint(altered, [verifier])).toThrow(CheckpointRefused)
  })

  it('refuse a key that is not trusted, and a verifier that is none', () => {
    const other = verifierOf(origin, generateKeyPairSync('ed25519').publicKey)
    expect(() => verifyCheckpoint(note, [other])).toThrow('no trusted key')
    expect(() => verifyCheckpoint(note, [])).toThrow('no trusted key')
    expect(() => verifyCheckpoint(note, [verifier.replace('test', 'best')])).toThrow('verifier form')
    expect(readCheckpoint(note).size).toBe(42)
  })
})
