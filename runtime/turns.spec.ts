import { describe, expect, it } from '@jest/globals'
import { setImmediate } from 'node:timers/promises'
import { Turns } from './turns.js'

describe('turns', () => {
  it('are as many at once as there may be, in their order, and others do not wait for them', async () => {
    const turns = new Turns(2)
    const begun: number[] = []
    let running = 0
    let most = 0
    const work = (n: number) => async () => {
      begun.push(n)
      most = Math.max(most, ++running)
      await setImmediate()
      running--
      return n
    }
    const all = [0, 1, 2, 3, 4, 5].map((n) => turns.run('one', work(n)))
    let other = false
    await turns.run('another', async () => (other = begun.length === 2))
    expect([turns.waiting('one'), turns.waiting('another')]).toEqual([4, 0])
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5])
    expect([begun, most, other]).toEqual([[0, 1, 2, 3, 4, 5], 2, true])
  })

  it('go on after a failure', async () => {
    const turns = new Turns(1)
    const failing = turns.run('one', () => Promise.reject(new Error('no')))
    const next = turns.run('one', () => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
