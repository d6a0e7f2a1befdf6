import { readFileSync } from 'node:fs'
import { lockfilePath } from '../guests.js'
import { shown, type Step } from '../step.js'
import type { Answer, World } from '../world.js'
import { AUDITOR, CLASSIFIER, MISBEHAVER, reasonsOf } from './publish.js'

const installWithoutConsentHeld: Step = {
  name: 'install_without_consent_held',
  async show(world) {
    const held = await world.cli('globex_admin', 'install', AUDITOR)
    shown(held.answer['held'] === true, 'an install without consent waits', held.answer)
    const installs = await world.cli('globex_admin', 'installs')
    shown((installs.answer['items'] as unknown[]).length === 0, 'nothing is installed meanwhile', installs.answer)
    const { id } = held.answer['approval'] as { id: string }
    return { approval: id, reasons: reasonsOf(held.answer), decision_id: held.answer['decision_id'] }
  },
}

const installed: Step = {
  name: 'installed',
  async show(world) {
    const ids: Record<string, unknown> = {}
    for (const [person, name] of [
      ['acme_admin', AUDITOR],
      ['acme_admin', CLASSIFIER],
      ['acme_admin', MISBEHAVER],
      ['globex_admin', CLASSIFIER],
    ] as const) {
      const done = await world.cli(person, 'install', name, '--consent')
      shown(done.code === 0 && done.answer['status'] === 'active', `${person} installs ${name}`, done)
      world.known.set(`install:${person}:${name}`, String(done.answer['id']))
      world.known.set(`decision:installed:${person}:${name}`, String(done.answer['decision_id']))
      ids[`${person} ${name}`] = done.answer['id']
    }
    return ids
  },
}

interface Locked {
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

/** The same questions as the extension answers, asked of the same file by other code. */
const independentCount = (text: string) => {
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> }
  const entries = Object.entries(packages).flatMap(([path, entry]) =>
    /(^|\/)node_modules\//.test(path) && !entry.link ? [entry] : [],
  )
  const licences = new Map<string, number>()
  for (const { license = 'unknown' } of entries) licences.set(license, (licences.get(license) ?? 0) + 1)
  return {
    packages: entries.length,
    install_scripts: entries.filter((entry) => entry.hasInstallScript).length,
    mit: licences.get('MIT') ?? 0,
  }
}

const callOk: Step = {
  name: 'call_ok',
  async show(world) {
    const done = await world.cli('acme_member', 'call', AUDITOR, '/audit', '--body', `@${lockfilePath}`)
    shown(done.code === 0, 'the call is allowed and answers', done)
    const report = done.answer['body'] as {
      packages: number
      install_scripts: string[]
      licences: Record<string, number>
      baseline_kept: boolean
    }
    const seen = {
      packages: report.packages,
      install_scripts: report.install_scripts.length,
      mit: report.licences['MIT'] ?? 0,
    }
    const counted = independentCount(readFileSync(lockfilePath, 'utf8'))
    shown(JSON.stringify(seen) === JSON.stringify(counted), 'the answer agrees with an independent count', {
      seen,
      counted,
    })
    const again = await world.cli('acme_member', 'call', AUDITOR, '/audit', '--body', `@${lockfilePath}`)
    const { drift } = again.answer['body'] as { drift: { added: string[]; removed: string[] } }
    shown(
      drift.added.length === 0 && drift.removed.length === 0,
      'the second audit finds the kept baseline',
      again.answer,
    )
    world.known.set('decision:call_ok', String(done.answer['decision_id']))
    world.known.set('execution:call_ok', String(done.answer['decision_id']))
    return { ...seen, decision_id: done.answer['decision_id'] }
  },
}

const callWithoutScopeDenied: Step = {
  name: 'call_without_scope_denied',
  async show(world) {
    const answer = await world.request('acme_developer', `/api/ext/${AUDITOR}/audit`, { method: 'POST', body: {} })
    shown(
      answer.status === 403 && reasonsOf(answer.body).includes('call.scope_missing'),
      'a key without extensions:invoke is denied',
      answer,
    )
    world.known.set('decision:call_without_scope_denied', String(answer.body['decision_id']))
    return { reasons: reasonsOf(answer.body), decision_id: answer.body['decision_id'] }
  },
}

const misbehave = (world: World, path: string): Promise<Answer> =>
  world.request('acme_member', `/api/ext/${MISBEHAVER}${path}`, { method: 'POST', body: {} })

const capabilityDenied: Step = {
  name: 'capability_denied',
  async show(world) {
    const answer = await misbehave(world, '/reach')
    shown(answer.body['code'] === 'capability.host_undeclared', 'a host that is not declared is refused', answer)
    const decision = String(answer.body['decisionId'] ?? answer.body['decision_id'])
    world.known.set('decision:capability_denied', decision)
    return { code: answer.body['code'], decision_id: decision }
  },
}

/** One limit: the path that breaks it, and the code that says so. */
const limit = (name: string, path: string, code: string): Step => ({
  name,
  async show(world) {
    const answer = await misbehave(world, path)
    shown(answer.body['code'] === `execution.${code}`, `${path} ends as ${code}`, answer)
    const id = answer.headers.get('x-gatehouse-decision-id') ?? String(answer.body['decision_id'])
    const execution = await world.eventually(
      () => world.request('acme_admin', `/v1/executions/${id}`),
      ({ status }) => status === 200,
    )
    shown(execution.body['outcome'] === code, 'its execution is on record', execution)
    const well = await misbehave(world, '/fine')
    shown(well.status === 200, 'the next call is well', well)
    return {
      status: answer.status,
      code: answer.body['code'],
      execution: id,
      fuel: execution.body['fuel'],
      memory_bytes: execution.body['memory_bytes'],
    }
  },
})

export const callSteps: readonly Step[] = [
  installWithoutConsentHeld,
  installed,
  callOk,
  callWithoutScopeDenied,
  capabilityDenied,
  limit('fuel_exhausted', '/spin', 'fuel_exhausted'),
  limit('memory_exhausted', '/hoard', 'memory_exhausted'),
  limit('time_exceeded', '/wait', 'time_exceeded'),
  limit('output_exceeded', '/flood', 'output_exceeded'),
  limit('host_calls_exhausted', '/storm', 'host_calls_exhausted'),
]
