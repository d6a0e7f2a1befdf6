import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Keychain } from './keychain.js'

const ORIGIN = 'https://gatehouse.example'
const signIn = (access_token: string) => ({ access_token, refresh_token: 'r', access_until: 1, ends_at: 2 })

/** A keychain as a person has it: unlocked, locked, or not there. */
const secrets = new Map<string, string>()
let locked = false
const open = (): void => {
  if (locked) throw new Error('The keychain is locked')
}
const keychain: Keychain = {
  read: (name) => {
    open()
    return secrets.get(name) ?? null
  },
  write: (name, secret) => {
    open()
    secrets.set(name, secret)
  },
  remove: (name) => {
    open()
    secrets.delete(name)
  },
}
jest.unstable_mockModule('./keychain.js', () => ({ systemKeychain: () => keychain }))
const { changeSignIn, keptSignIn, keptWhere, placeSet } = await import('./store.js')

let folder: string
const file = (): string => join(folder, 'gatehouse', 'sign-ins.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-store-'))
  process.env['XDG_CONFIG_HOME'] = folder
  secrets.clear()
  locked = false
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  delete process.env['XDG_CONFIG_HOME']
  delete process.env['GATEHOUSE_TOKENS']
})

describe('tokens of the command', () => {
  it('lie in the keychain where there is one, and the file says no more than that', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'auto' })
    expect(keptSignIn(ORIGIN)).toEqual(signIn('one'))
    expect(keptWhere(ORIGIN)).toBe('keychain')
    const entry = `${ORIGIN} ${join(folder, 'gatehouse')}`
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ [ORIGIN]: { kept_in: 'keychain', entry } })
    expect([...secrets.keys()]).toEqual([entry])
  })

  it('lie in a file for its owner alone where there is none, or where that is chosen', async () => {
    locked = true
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'auto' })
    expect(keptWhere(ORIGIN)).toBe(file())
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    locked = false
    await changeSignIn(ORIGIN, async () => signIn('two'), { place: 'file' })
    expect([keptSignIn(ORIGIN), secrets.size]).toEqual([signIn('two'), 0])
  })

  it('stay where they are when they are refreshed', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'auto' })
    await changeSignIn(ORIGIN, async (kept) => signIn(`${kept?.access_token}, refreshed`))
    expect([keptWhere(ORIGIN), keptSignIn(ORIGIN)]).toEqual(['keychain', signIn('one, refreshed')])
    await changeSignIn('https://other.example', async () => signIn('two'), { place: 'file' })
    await changeSignIn('https://other.example', async () => signIn('three'))
    expect(keptWhere('https://other.example')).toBe(file())
  })

  it('are those of each configuration folder', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'keychain' })
    process.env['XDG_CONFIG_HOME'] = join(folder, 'other')
    await changeSignIn(ORIGIN, async () => signIn('two'), { place: 'keychain' })
    await changeSignIn(ORIGIN, async (kept) => signIn(`${kept?.access_token}, refreshed`))
    process.env['XDG_CONFIG_HOME'] = folder
    expect([keptSignIn(ORIGIN), secrets.size]).toEqual([signIn('one'), 2])
    await changeSignIn(ORIGIN, async () => null, { anew: true })
    process.env['XDG_CONFIG_HOME'] = join(folder, 'other')
    expect([keptSignIn(ORIGIN), secrets.size]).toEqual([signIn('two, refreshed'), 1])
  })

  it('stay by the origin alone where a command before this put them, until somebody signs in anew', async () => {
    secrets.set(ORIGIN, JSON.stringify(signIn('old')))
    mkdirSync(join(folder, 'gatehouse'))
    writeFileSync(file(), JSON.stringify({ [ORIGIN]: { kept_in: 'keychain' } }))
    expect(keptSignIn(ORIGIN)).toEqual(signIn('old'))
    await changeSignIn(ORIGIN, async (kept) => signIn(`${kept?.access_token}, refreshed`))
    expect([[...secrets.keys()], keptSignIn(ORIGIN)]).toEqual([[ORIGIN], signIn('old, refreshed')])
    await changeSignIn(ORIGIN, async () => signIn('new'), { place: 'auto', anew: true })
    expect([[...secrets.keys()], keptSignIn(ORIGIN)]).toEqual([
      [`${ORIGIN} ${join(folder, 'gatehouse')}`],
      signIn('new'),
    ])
  })

  it('are not written to the file by a refresh where the keychain takes nothing', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'keychain' })
    const refresh = changeSignIn(ORIGIN, async () => {
      locked = true
      return signIn('two')
    })
    await expect(refresh).rejects.toThrow('There is no keychain here that takes the tokens')
    expect([keptWhere(ORIGIN), readFileSync(file(), 'utf8').includes('two')]).toEqual(['keychain', false])
  })

  it('leave the keychain when they move, and when somebody signs out', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'keychain' })
    await changeSignIn(ORIGIN, async () => signIn('two'), { place: 'file' })
    expect([secrets.size, keptWhere(ORIGIN)]).toEqual([0, file()])
    await changeSignIn(ORIGIN, async () => signIn('three'), { place: 'keychain' })
    await changeSignIn(ORIGIN, async () => null, { anew: true })
    expect([secrets.size, keptWhere(ORIGIN), keptSignIn(ORIGIN)]).toEqual([0, null, undefined])
  })

  it('are not taken for nobody’s where the keychain is locked, and can be left behind by signing in anew', async () => {
    await changeSignIn(ORIGIN, async () => signIn('one'), { place: 'auto' })
    locked = true
    expect(() => keptSignIn(ORIGIN)).toThrow('gatehouse login --keep-in file')
    await expect(changeSignIn(ORIGIN, async () => null)).rejects.toThrow('The keychain is locked')
    expect(keptWhere(ORIGIN)).toBe('keychain')
    await expect(changeSignIn(ORIGIN, async () => signIn('two'), { place: 'keychain', anew: true })).rejects.toThrow(
      'There is no keychain here',
    )
    await changeSignIn(ORIGIN, async () => signIn('two'), { place: 'auto', anew: true })
    expect([keptWhere(ORIGIN), keptSignIn(ORIGIN)]).toEqual([file(), signIn('two')])
  })

  it('go where GATEHOUSE_TOKENS says', () => {
    expect(placeSet()).toBe('auto')
    process.env['GATEHOUSE_TOKENS'] = 'file'
    expect(placeSet()).toBe('file')
    process.env['GATEHOUSE_TOKENS'] = 'pocket'
    expect(placeSet).toThrow('auto, keychain, file')
  })
})
