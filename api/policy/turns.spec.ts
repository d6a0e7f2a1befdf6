import { describe, expect, it } from '@jest/globals'
import { refusal } from '../gate/testing/refusal.js'
import { Turns } from './turns.js'

describe('turns', () => {
  it('do one thing after another, whatever becomes of each', async () => {
    const turns = new Turns(10)
    const done: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = turns.take(async () => {
      await promise
      done.push('slow')
    })
    const broken = turns.take(async () => {
      done.push('broken')
      throw new Error('it broke')
    })
    const told = expect(broken).rejects.toThrow('it broke')
    const quick = turns.take(async () => void done.push('quick'))
    resolve()
    await Promise.all([slow, told])
    await quick
    expect(done).toEqual(['slow', 'broken', 'quick'])
  })

  it('refuse what would wait behind too much', async () => {
    const turns = new Turns(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = turns.take(() => promise)
    expect(await refusal(turns.take(async () => undefined))).toEqual(['overloaded'])
    resolve()
    await first
    expect(await turns.take(async () => 'again')).toBe('again')
  })
})
