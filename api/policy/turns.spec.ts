import { describe, expect, it } from '@jest/globals'
import { PolicyLoadError } from '#engine/errors.js'
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
      throw new PolicyLoadError('it does not load')
    })
    const quick = turns.take(async () => void done.push('quick'))
    resolve()
    await slow
    expect(await refusal(broken)).toEqual(['policy.unreadable'])
    await quick
    expect(done).toEqual(['slow', 'broken', 'quick'])
  })

  it('refuse what would wait behind too much, and not what was promised to be done', async () => {
    const turns = new Turns(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = turns.take(() => promise)
    expect(await refusal(turns.take(async () => undefined))).toEqual(['overloaded'])
    const promised = turns.after(async () => 'done')
    resolve()
    await first
    expect(await promised).toBe('done')
    expect(await turns.take(async () => 'again')).toBe('again')
  })
})
