import type { JobLimits } from '#runtime/slots/job.js'
import { hostile, type HostileCase } from '../case.js'
import type { Escapes } from '../grounds/slots.js'
import { textOf } from '../grounds/slots.js'
import { HOSTILE_JS } from '../guests.js'

interface Way {
  readonly path: string
  readonly limits?: Partial<JobLimits>
  /** Where an answer alone is no escape. */
  readonly escapes?: Escapes
}

/** One guest on QuickJS, which does what a path says. */
const script = (name: string, expected: string | string[], { path, limits, escapes }: Way): HostileCase =>
  hostile<'slots'>({
    name: `script: ${name}`,
    ground: 'slots',
    expected,
    attack: (ground) => ground.run(HOSTILE_JS, { path, ...(limits && { limits }) }, escapes),
  })

const harmless: Escapes = () => false
const says =
  (wrong: RegExp): Escapes =>
  (result) =>
    wrong.test(textOf(result))

export const scripts: readonly HostileCase[] = [
  script('spins', 'fuel_exhausted', { path: '/spin' }),
  script('asks for the time in a loop', 'fuel_exhausted', { path: '/clock-spin' }),
  script('has a pattern that backtracks without end', 'fuel_exhausted', { path: '/regex' }),
  script('calls itself a thousand million times', ['guest_error', 'trap', 'fuel_exhausted'], { path: '/recurse' }),
  script('reads JSON a million levels deep', ['guest_error', 'trap', 'fuel_exhausted'], { path: '/json-deep' }),
  script('hoards', 'memory_exhausted', { path: '/hoard' }),
  script('doubles a text', ['memory_exhausted', 'guest_error', 'fuel_exhausted'], { path: '/double' }),
  script('fills an array of four billion', ['memory_exhausted', 'fuel_exhausted'], { path: '/array' }),
  script('sorts without end', ['fuel_exhausted', 'memory_exhausted'], { path: '/sort' }),
  script('floods the answer', 'output_exceeded', { path: '/flood' }),
  script('floods one header', 'output_exceeded', { path: '/header', limits: { fuel: 1e9 } }),
  script('floods the headers', ['output_exceeded', 'memory_exhausted', 'fuel_exhausted'], { path: '/headers' }),
  script('calls the host in a storm', 'host_calls_exhausted', { path: '/storm' }),
  script('calls the host in a storm and catches what stops it', 'host_calls_exhausted', { path: '/storm-caught' }),
  script('floods the log', 'host_calls_exhausted', { path: '/log-storm' }),
  script('logs megabytes a line', 'ok', {
    path: '/log-huge',
    limits: { fuel: 1e9 },
    escapes: (_result, { posted }) => posted.some(([, { message }]) => String(message).length > 65_536),
  }),
  script('names a key of ten megabytes', ['output_exceeded', 'crashed', 'memory_exhausted'], {
    path: '/key-huge',
    limits: { fuel: 1e10 },
  }),
  script('stores twelve megabytes at once', ['output_exceeded', 'crashed'], {
    path: '/value-huge',
    limits: { fuel: 1e10 },
  }),
  script('wants four gigabytes of chance', ['trap', 'guest_error'], { path: '/random-huge' }),
  script('waits for what never comes', 'time_exceeded', { path: '/wait', limits: { wall_ms: 200 } }),
  script('stores under __proto__', 'ok', { path: '/proto-key', escapes: harmless }),
  script('answers with headers that are properties of every object', 'ok', {
    path: '/proto-answer',
    escapes: harmless,
  }),
  script('fails with what looks like an object of ours', ['guest_error', 'trap'], { path: '/proto-error' }),
  script('loops when its answer is looked at', 'fuel_exhausted', { path: '/accessor' }),
  script('answers with a proxy that loops', ['fuel_exhausted', 'guest_error', 'trap'], { path: '/proxy' }),
  script('answers with a status beyond its type', ['ok', 'guest_error', 'trap'], {
    path: '/status',
    escapes: ({ response }) => (response?.status ?? 0) > 65_535,
  }),
  script('looks for Node behind eval and Function', 'ok', { path: '/globals', escapes: says(/object|function/) }),
  script('imports a module of Node', ['ok', 'guest_error', 'trap'], { path: '/import', escapes: says(/^[1-9]/) }),
]
