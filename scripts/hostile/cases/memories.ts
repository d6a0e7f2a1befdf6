import { COUNTING_WAT } from '#runtime/testing/guests.js'
import { hostile, type HostileCase } from '../case.js'
import { textOf, type SlotGround } from '../grounds/slots.js'
import { answering, HOSTILE_JS, watGuest } from '../guests.js'

type Guest = Parameters<SlotGround['execute']>[0]

/** What one invocation leaves for the next to find, of whatever organisation, has escaped it. */
const remembers = (name: string, guest: Guest, path = '/'): HostileCase =>
  hostile<'slots'>({
    name: `memory: ${name}`,
    ground: 'slots',
    expected: 'forgotten',
    attack: async (ground) => {
      const found: string[] = []
      for (let round = 0; round < 4; round++) {
        const result = await ground.execute(guest, { path, limits: { fuel: 100_000_000 } })
        found.push(`${result.outcome} ${Buffer.from(textOf(result), 'latin1').toString('hex')}`)
      }
      const forgotten = new Set(found).size === 1 && found[0]!.startsWith('ok ')
      return { code: forgotten ? 'forgotten' : 'remembered', escaped: new Set(found).size > 1, seen: found }
    },
  })

const wat = (...args: Parameters<typeof watGuest>): Guest => ({ source: watGuest(...args) })
const COUNT_ANSWER = answering({ body: [1024, 1] })

/** Cases that need an instance to be put back. */
export const memories: readonly HostileCase[] = [
  remembers('counts in memory and in a global', { source: { wat: COUNTING_WAT } }),
  remembers('counts and keeps in JavaScript', HOSTILE_JS, '/count'),
  remembers(
    'counts in a global of 64 bits',
    wat(
      `
    (global.set $seen (i64.add (global.get $seen) (i64.const 1)))
    (i64.store (i32.const 1024) (global.get $seen)) ${COUNT_ANSWER}`,
      { fields: '(global $seen (mut i64) (i64.const 0))' },
    ),
  ),
  remembers(
    'writes at the end of its memory',
    wat(`
    (i32.store8 (i32.const 65535) (i32.add (i32.load8_u (i32.const 65535)) (i32.const 1)))
    (i32.store8 (i32.const 1024) (i32.load8_u (i32.const 65535))) ${COUNT_ANSWER}`),
  ),
  remembers(
    'grows its memory and writes there',
    wat(
      `
    (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.const 1024) (memory.size)) ${COUNT_ANSWER}`,
      { memory: '1 8' },
    ),
  ),
  remembers(
    'fills a table',
    wat(
      `
    (i32.store8 (i32.const 1024) (ref.is_null (table.get (i32.const 0))))
    (table.set (i32.const 0) (ref.func $f)) ${COUNT_ANSWER}`,
      { fields: '(table 1 funcref) (func $f) (elem declare func $f)' },
    ),
  ),
  remembers(
    'drops data that it had',
    wat(
      `
    (memory.init $d (i32.const 1024) (i32.const 0) (i32.const 1)) (data.drop $d) ${COUNT_ANSWER}`,
      { fields: '(data $d "x")' },
    ),
  ),
]
