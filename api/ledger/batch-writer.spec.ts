import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { BatchWriter } from './batch-writer.js'
import { LedgerRefused } from './ledger-refused.js'

/** A store that takes all rows of a write or none, and remembers how it was asked. */
class FakeStore {
  readonly kept: number[] = []
  readonly writes: number[][] = []
  private readonly held: (() => void)[] = []
  isHolding = false
  isDown = false
  poison = new Set<number>()

  write = async (rows: readonly number[]): Promise<void> => {
    this.writes.push([...rows])
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve))
    if (this.isDown) throw new Error('connection lost')
    if (rows.some((row) => this.poison.has(row))) throw new TypeError('poison')
    this.kept.push(...rows)
  }

  release(): void {
    this.isHolding = false
    for (const resume of this.held.splice(0)) resume()
  }
}

const writerOf = (
  store: FakeStore,
  options: Partial<{ maxRows: number; maxInFlight: number; maxWaiting: number }> = {},
) =>
  new BatchWriter<number>({
    write: store.write,
    isRowFault: (error) => error instanceof TypeError,
    ...{ maxRows: 256, maxInFlight: 2, maxWaiting: 10_000, ...options },
  })

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at)
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('BatchWriter', () => {
  afterEach(() => {
    jest.useRealTimers()
  })

  it('writes what comes within one turn together, in order, at most maxRows at once', async () => {
    const store = new FakeStore()
    const writer = writerOf(store, { maxRows: 4 })
    await Promise.all(numbers(10).map((row) => writer.add(row)))
    expect(store.writes.map((rows) => rows.length)).toEqual([4, 4, 2])
    expect(store.kept).toEqual(numbers(10))
  })

  it('has at most maxInFlight writes under way and gathers what comes meanwhile', async () => {
    const store = new FakeStore()
    store.isHolding = true
    const writer = writerOf(store, { maxInFlight: 1 })
    const first = writer.add(0)
    await turn()
    const rest = numbers(5).map((row) => writer.add(row + 1))
    await turn()
    expect(store.writes).toEqual([[0]])
    expect(writer.waiting).toBe(5)
    store.release()
    await Promise.all([first, ...rest])
    expect(store.writes).toEqual([[0], [1, 2, 3, 4, 5]])
  })

  it('lingers for more after a write of many, and after one of few does not', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] })
    const store = new FakeStore()
    const writer = writerOf(store, { maxInFlight: 1 })
    await Promise.all(numbers(4).map((row) => writer.add(row)))
    const late = [writer.add(4)]
    await turn()
    late.push(writer.add(5))
    await turn()
    expect(store.writes).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(10)
    await Promise.all(late)
    await writer.add(6)
    expect(store.writes.slice(1)).toEqual([[4, 5], [6]])
  })

  it('writes a patient row together with the next one, or by itself where none comes', async () => {
    const store = new FakeStore()
    const writer = writerOf(store)
    const patient = writer.add(0, { patient: true })
    await turn()
    await turn()
    expect(store.writes).toEqual([])
    await Promise.all([patient, writer.add(1)])
    await writer.add(2, { patient: true })
    expect(store.writes).toEqual([[0, 1], [2]])
  })

  it('refuses each poison row alone and keeps every other', async () => {
    const store = new FakeStore()
    store.poison = new Set([3, 77])
    const writer = writerOf(store)
    const settled = await Promise.allSettled(numbers(100).map((row) => writer.add(row)))
    const refused = settled.flatMap((one, row) => (one.status === 'rejected' ? [{ row, reason: one.reason }] : []))
    expect(refused.map(({ row }) => row)).toEqual([3, 77])
    expect(refused.every(({ reason }) => reason instanceof LedgerRefused && reason.fault === 'row')).toBe(true)
    expect(store.kept.toSorted((a, b) => a - b)).toEqual(numbers(100).filter((row) => !store.poison.has(row)))
  })

  it('refuses the whole batch, without asking again, where the store is down', async () => {
    const store = new FakeStore()
    store.isDown = true
    const writer = writerOf(store)
    const settled = await Promise.allSettled(numbers(8).map((row) => writer.add(row)))
    expect(settled.every((one) => one.status === 'rejected' && (one.reason as LedgerRefused).fault === 'outage')).toBe(
      true,
    )
    expect(store.writes).toHaveLength(1)
    store.isDown = false
    await writer.add(9)
    expect(store.kept).toEqual([9])
  })

  it('refuses at once what exceeds the rows that may wait', async () => {
    const store = new FakeStore()
    const writer = writerOf(store, { maxWaiting: 2 })
    const taken = [writer.add(0), writer.add(1)]
    await expect(writer.add(2)).rejects.toThrow(LedgerRefused)
    await Promise.all(taken)
    expect(store.kept).toEqual([0, 1])
  })
})
