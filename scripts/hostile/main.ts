import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runCase, type GroundName, type Grounds, type HostileCase, type Line } from './case.js'
import { EscapedGround } from './grounds/escaped.js'
import { ServiceGround } from './grounds/service.js'
import { SlotGround } from './grounds/slots.js'
import { selfTest } from './self-test.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'self-test': { type: 'boolean', default: false },
    runners: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
})

const print = (line: Line): void => {
  const mark = { stopped: '✓', wrong_code: '?', escaped: '✗', not_run: '-' }[line.verdict]
  const words = `${mark} ${line.case.padEnd(72)} ${line.code}`
  const seen = line.verdict === 'stopped' ? '' : ` expected ${line.expected} ${JSON.stringify(line.seen) ?? ''}`
  process.stdout.write(`${values.json ? JSON.stringify(line) : words + seen}\n`)
}

const isCase = (value: unknown): value is HostileCase =>
  typeof value === 'object' && value !== null && 'attack' in value && 'ground' in value

/** Every case under `cases/`, in lists. */
const findCases = async (): Promise<HostileCase[]> => {
  const folder = new URL('cases/', import.meta.url)
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.[jt]s$/.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<object>))
  return modules.flatMap((module) => Object.values(module).flat() as unknown[]).filter(isCase)
}

/** Grounds are laid when the first case wants them. */
const LAY: { readonly [Name in GroundName]: () => Promise<Grounds[Name]> } = {
  slots: () => SlotGround.lay({ runners: values.runners }),
  escaped: async () => new EscapedGround(),
  service: () => ServiceGround.lay({ runners: values.runners }),
}

const runAll = async (cases: readonly HostileCase[]): Promise<Line[]> => {
  const laid = new Map<GroundName, Promise<Grounds[GroundName]>>()
  const ground = (name: GroundName): Promise<never> => {
    if (!laid.has(name)) laid.set(name, LAY[name]())
    return laid.get(name) as Promise<never>
  }
  const lines: Line[] = []
  try {
    for (const one of cases) {
      const line = await runCase(one, () => ground(one.ground))
      print(line)
      lines.push(line)
    }
  } finally {
    for (const one of laid.values()) {
      const it = (await one.catch(() => undefined)) as { close?: () => Promise<void> } | undefined
      await it?.close?.()
    }
  }
  return lines
}

/** Code that has escaped is started by the launcher alone, wherever the slots are. */
const isAsked = ({ name, ground }: HostileCase): boolean =>
  (values.only?.some((words) => name.includes(words)) ?? true) && !(values.runners && ground === 'escaped')
const cases = (await findCases()).filter(isAsked)
if (values['self-test']) {
  const { ok, summary } = await selfTest(cases, print)
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  process.exit(ok ? 0 : 1)
}
const lines = await runAll(cases)
const count = (verdict: Line['verdict']): number => lines.filter((line) => line.verdict === verdict).length
const [stopped, wrong, escapes, notRun] = [count('stopped'), count('wrong_code'), count('escaped'), count('not_run')]
const slots = values.runners ? { slots: 'on a runner' } : {}
const summary = {
  cases: lines.length,
  stopped,
  wrong_code: wrong,
  escapes,
  ...(notRun > 0 && { not_run: notRun }),
  ...slots,
}
process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exit(wrong === 0 && escapes === 0 && lines.length > 0 ? 0 : 1)
