import { parseArgs } from 'node:util'
import { aimOf } from './aim.js'
import { ApiDocument } from './document.js'
import { NameServer } from '../demo/name-server.js'
import { OutsideIssuer } from '../demo/outside-issuer.js'
import { WalkGround } from './ground/walk-ground.js'
import { World } from '../demo/world.js'
import { Observer } from './observer.js'
import { fuzz, type Fuzzed } from './schemathesis.js'
import { takeWalks, type Walked } from './take-walks.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** For generated requests; the walks before take as long as they take. */
    seconds: { type: 'string', default: '240' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    /** Folder that gets every generated request and its answer, as Schemathesis's NDJSON. */
    report: { type: 'string' },
    /** Without generated requests. */
    walks: { type: 'boolean', default: false },
  },
})

/** What was found on the way goes to stderr, so that stdout is the one line of figures. */
const print = (line: object, words: string): void => {
  process.stderr.write(`${values.json ? JSON.stringify(line) : words}\n`)
}

const tell = (walked: Walked): void => {
  const { operation, ok, why, faults } = walked
  const said = [why, ...faults].filter(Boolean).join('; ')
  print(walked, `${ok && faults.length === 0 ? '✓' : '✗'} ${operation.padEnd(28)} ${said.slice(0, 400)}`.trimEnd())
}

const isByRedirect = ({ ok, answers }: Walked): boolean => ok && !answers.some((status) => status < 300)

const settings = ({ provider, names }: { provider: OutsideIssuer; names: NameServer }) => ({
  ...{ GATEHOUSE_EGRESS_PRIVATE_HOSTS: provider.at, GATEHOUSE_DNS_SERVERS: names.at },
  // A delivery that fails is dead at once.
  ...{ EVENT_DELIVERY_ATTEMPTS: '1', GATEHOUSE_SLOTS: '4' },
  ...(process.env['OPA_BIN'] && { OPA_BIN: process.env['OPA_BIN'] }),
})

const run = async (around: { provider: OutsideIssuer; names: NameServer }, world: World): Promise<boolean> => {
  const document = await ApiDocument.of(world.service.url)
  const unknown = values.only?.filter((id) => document.operations.every((one) => one.id !== id)) ?? []
  if (unknown.length > 0) throw new Error(`--only: no operation is called ${unknown.join(', ')}`)
  const observer = Observer.begin(document)
  observer.watch(world.service.url)
  const ground = await WalkGround.lay({ world, ...around, watch: (url) => observer.watch(url) })
  const walked = await takeWalks({ ground, document, observer, only: values.only, tell })
  observer.end()
  const seed = Number(values.seed)
  const fuzzed: Fuzzed | null = values.walks
    ? null
    : await fuzz({
        ...{ world, document, seed, seconds: Number(values.seconds), only: values.only },
        report: values.report,
        aim: await aimOf(ground, observer.seen),
      })
  for (const found of fuzzed?.findings ?? [])
    print(found, `✗ ${found.operation} ${found.check}: ${found.words}\n  ${found.request}`)
  if (fuzzed?.broken) print({ broken: fuzzed.broken }, `✗ Schemathesis did not run: ${fuzzed.broken}`)
  const reached = walked.filter(({ ok }) => ok).length
  const summary = {
    ...{ operations: walked.length, operations_2xx: reached },
    requests: observer.seen.length + (fuzzed?.requests ?? 0),
    server_errors: observer.seen.filter(({ status }) => status >= 500).length + (fuzzed?.serverErrors ?? 0),
    schema_violations: observer.seen.filter(({ faults }) => faults.length > 0).length + (fuzzed?.violations ?? 0),
    // Answers of 503 `overloaded` with Retry-After; what could not be asked at all.
    ...{ busy: fuzzed?.busy ?? 0, unasked: fuzzed?.unasked ?? 0 },
    ...(fuzzed && { generated: fuzzed.phases }),
    seed,
    // By name, where one never did.
    ...(reached < walked.length && { without_2xx: walked.filter(({ ok }) => !ok).map(({ operation }) => operation) }),
    // Pages that do nothing but send a browser elsewhere: their documented success is 303.
    by_redirect: walked.filter(isByRedirect).map(({ operation }) => operation),
    ...(values.walks && { not_run: 'generated requests' }),
  }
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  const faults = summary.server_errors + summary.schema_violations + summary.unasked
  return !fuzzed?.broken && reached === walked.length && faults === 0
}

const provider = await OutsideIssuer.start()
const names = await NameServer.start()
const world = await World.create(async () => settings({ provider, names }))
let passed = false
try {
  passed = await run({ provider, names }, world)
} finally {
  await world.close()
  await provider.stop()
  names.stop()
}
process.exit(passed ? 0 : 1)
