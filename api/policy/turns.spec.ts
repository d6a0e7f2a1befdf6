import { describe, expect, it } from '@jest/globals'
import { refusal } from '../gate/testing/refusal.js'
import { Turns } from './turns.js'

describe('turns', () => {
  it('do one thing after another, whatever becomes of each', async () => {
    const turns = new Turns(10)
    const done: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = turns.take('acme', async () => {
      await promise
      done.push('slow')
    })
    const broken = turns.take('acme', async () => {
      done.push('broken')
      throw new Error('it broke')
    })
    const told = expect(broken).rejects.toThrow('it broke')
    const quick = turns.take('acme', async () => void done.push('quick'))
    resolve()
    await Promise.all([slow, told])
    await quick
    expect(done).toEqual(['slow', 'broken', 'quick'])
  })

  it('refuse what would wait behind too much', async () => {
    const turns = new Turns(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = turns.take('acme', () => promise)
    expect(await refusal(turns.take('acme', async () => undefined))).toEqual(['overloaded'])
    resolve()
    await first
    expect(await turns.take('acme', async () => 'again')).toBe('again')
  })

  it('are taken by organisations one after the other, and one that floods waits and is refused alone', async () => {
    const turns = new Turns(3)
    const done: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const asked = [
      ...['flood 1', 'flood 2', 'flood 3'].map((name) =>
        turns.take('flood', () => promise.then(() => done.push(name))),
      ),
      ...['calm 1', 'calm 2'].map((name) => turns.take('calm', async () => done.push(name))),
      turns.take('third', async () => done.push('third')),
    ]
    expect(await refusal(turns.take('flood', async () => undefined))).toEqual(['overloaded'])
    resolve()
    await Promise.all(asked)
    expect(done).toEqual(['flood 1', 'flood 2', 'calm 1', 'third', 'flood 3', 'calm 2'])
  })
})
