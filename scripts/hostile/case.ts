import type { EscapedGround } from './grounds/escaped.js'
import type { ServiceGround } from './grounds/service.js'
import type { SlotGround } from './grounds/slots.js'

/** What one attack runs on, laid once for all cases that want it. */
export interface Grounds {
  /** Real slots behind the wall, with a host that answers from a map. */
  readonly slots: SlotGround
  /** Programs behind the wall with Node's own permission model off. */
  readonly escaped: EscapedGround
  /** A running service with a hostile guest installed by two organisations. */
  readonly service: ServiceGround
}
export type GroundName = keyof Grounds

/** What came of an attack. */
export interface Observed {
  /** By what it was stopped: an outcome, the code of a problem, an errno. */
  readonly code: string
  /** Whether it had the effect that it was after. */
  readonly escaped: boolean
  readonly seen?: unknown
}

/** One hostile guest or caller. */
export interface HostileCase<Name extends GroundName = GroundName> {
  readonly name: string
  readonly ground: Name
  /** The code, or codes, of being stopped. */
  readonly expected: string | readonly string[]
  readonly attack: (ground: Grounds[Name]) => Promise<Observed>
}

/** A wall that `--self-test` takes away, and the cases that must notice it. */
export type Wall = 'launcher' | 'recycling' | 'row_level_security'

/** Keeps the type of a case's ground while it is written, then forgets it: cases of all grounds stand in one list. */
export const hostile = <Name extends GroundName>(one: HostileCase<Name>): HostileCase => one as unknown as HostileCase

/** The line of one case. */
export interface Line {
  readonly case: string
  readonly verdict: 'stopped' | 'wrong_code' | 'escaped' | 'not_run'
  readonly expected: string
  readonly code: string
  readonly seen?: unknown
}

/** Raised by a ground that is not to be had on this machine; the case was not run, which is told and is no pass. */
export class NotToBeHad extends Error {}

/** What takes longer hangs, which is a failure of its own. */
const ENDS_WITHIN_MS = 30_000

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`did not end within ${ENDS_WITHIN_MS / 1000} s`)),
    ENDS_WITHIN_MS,
  )
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}

/** Runs one attack. An attack that fails by itself counts as stopped by the wrong code, and says so. */
export const runCase = async ({ name, expected, ...one }: HostileCase, ground: () => Promise<never>): Promise<Line> => {
  const line = { case: name, expected: [expected].flat().join(' | ') }
  try {
    const laid = await ground()
    const { code, escaped, seen } = await inTime(one.attack(laid))
    if (escaped) return { ...line, verdict: 'escaped', code, seen }
    if ([expected].flat().includes(code)) return { ...line, verdict: 'stopped', code }
    return { ...line, verdict: 'wrong_code', code, seen }
  } catch (error) {
    const code = (error as Error).message.slice(0, 500)
    return { ...line, verdict: error instanceof NotToBeHad ? 'not_run' : 'wrong_code', code }
  }
}
