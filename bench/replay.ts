import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { layGround, type Ground } from '#api/ground.js'
import type { DecisionEntry } from '#api/ledger/decision-entry.js'
import { Ledger } from '#api/ledger/ledger.service.js'
import { pastDecisions } from '#api/ledger/past-decisions.repository.js'
import { loadConfig } from '#api/platform/config/config.js'
import { soundCases } from '#engine/author/cases.js'
import { readPolicyFolder } from '#engine/author/policy-files.js'
import { openOpa } from '#engine/author/opa.js'
import { assembleBundle, shippedBundleFolder, type BundleFiles } from '#engine/bundle.js'
import { ENGINE } from '#engine/identity.js'
import { loadPolicy } from '#engine/load.js'
import { readSaid } from '#engine/what-if/judge.rules.js'
import type { PastDecision } from '#engine/what-if/past-decision.js'
import { whatIf } from '#engine/what-if/what-if.js'
import { alteredPolicy, shippedFiles } from '#engine/testing/altered-policy.js'
import { goldenDecisions } from '#engine/testing/golden-decisions.js'

const DECISIONS = 100_000
/** Rows that are handed to the ledger at once: fewer than may wait there. */
const TOGETHER = 5_000
/** Calls are refused while a hundred of the quota are left. */
const CHANGE = {
  file: 'governance/call/call.rego',
  from: 'input.quota.used < input.quota.limit',
  to: 'input.quota.used + 100 < input.quota.limit',
}
const MEBIBYTE = 1_048_576
const RSS_EVERY_MS = 50

const entryOf = (past: PastDecision & { answer: Uint8Array; fuel: number }): DecisionEntry => {
  const said = readSaid(past.answer)
  if (said === null) throw new Error('the policy gave an answer that is none')
  const { id, tenant, publisher, gate, action, extension, revision, input, inputDigest, answer, fuel, at } = past
  return {
    ...{ id, tenant_id: tenant, workspace_id: null, publisher_id: publisher, instance: 'bench', gate, action },
    ...{ outcome: said.outcome, decided_by: 'policy', cause: null, actor: 'p_caller', resource_kind: 'install' },
    ...{ resource_id: tenant, extension, install_id: null, execution_id: null, reasons: said.reasons },
    ...{ rules: said.rules, revision, engine: ENGINE, tenant_module: null, input, answer, input_digest: inputDigest },
    ...{ fuel, count: 1, correlation_id: 'bench', at, expires_at: at + 60_000 },
  }
}

/** Has the shipped policy decide and the ledger's own writer keep what it decided. */
const record = async ({ database }: Ground, shipped: BundleFiles): Promise<void> => {
  const engine = await loadPolicy(assembleBundle(shipped))
  const cases = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
  const ledger = new Ledger(database.records)
  let waiting: Promise<void>[] = []
  for (const past of goldenDecisions(engine, cases, DECISIONS)) {
    waiting.push(ledger.record(entryOf(past)))
    if (waiting.length < TOGETHER) continue
    await Promise.all(waiting)
    waiting = []
  }
  await Promise.all(waiting)
}

/** Most resident memory of this process, threads included, while `work` runs; in MiB. */
const watched = async <T>(work: () => Promise<T>): Promise<{ result: T; rssMb: number }> => {
  let most = 0
  const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()))
  const watch = setInterval(look, RSS_EVERY_MS)
  try {
    const result = await work()
    look()
    return { result, rssMb: Math.round(most / MEBIBYTE) }
  } finally {
    clearInterval(watch)
  }
}

const measure = async (ground: Ground, candidate: BundleFiles) => {
  const before = process.memoryUsage.rss()
  const start = performance.now()
  const { result: report, rssMb } = await watched(() =>
    whatIf({
      candidate,
      past: (after) => pastDecisions(ground.database, { scope: { platform: true }, query: {}, after }),
    }),
  )
  const seconds = (performance.now() - start) / 1_000
  return {
    decisions: report.decisions,
    seconds: Math.round(seconds * 100) / 100,
    per_second: Math.round(report.decisions / seconds),
    flips: report.flips,
    rss_mb: rssMb,
    rss_before_mb: Math.round(before / MEBIBYTE),
    replayed: report.replayed,
    flips_by_rule: Object.fromEntries(report.flips_by_rule.map(({ key, flips }) => [key, flips])),
  }
}

/** Runs on a throw-away data folder with the embedded database, set as it is for use. */
const main = async (opa: string, json: boolean): Promise<void> => {
  const candidate = await alteredPolicy(await openOpa(opa), [CHANGE])
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-replay-'))
  try {
    const ground = await layGround(loadConfig({ GATEHOUSE_DATA: folder, PORT: '0' }), () => undefined)
    try {
      await record(ground, await shippedFiles())
      const figures = await measure(ground, candidate)
      if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
      else console.table({ ...figures, flips_by_rule: JSON.stringify(figures.flips_by_rule) })
    } finally {
      await ground.database.close()
      await ground.leave()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { opa: { type: 'string' }, json: { type: 'boolean', default: false } } })
if (!values.opa) throw new Error('usage: replay.js --opa PATH [--json]')
await main(values.opa, values.json)
