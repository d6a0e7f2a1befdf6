import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerOf } from '#sdk/client/client.js'
import { TENANT_RULE, TENANT_TEST } from '../../demo-policy/tenant-rule.js'
import { shown } from '../../demo/step.js'
import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

const REASON = 'owners make keys here'
/** Who writes restrictions at Acme; its owner is the second person. */
const as = 'acme_admin' as const
const screen = 'restrictions'

type Draft = AnswerOf<'restrictions.draft'>

const wordsOf = (text: string | null): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? []

/** Sources that compile to something else each time, in a folder too. */
const sources = (ground: Ground) => {
  const source = TENANT_RULE.replace('made by owners here', `made by owners here, ${ground.slug()}`)
  const folder = join(ground.world.folder, ground.slug())
  mkdirSync(folder)
  writeFileSync(join(folder, 'tenant.rego'), source)
  writeFileSync(join(folder, 'tenant_test.rego'), TENANT_TEST)
  return { folder, source, tests: TENANT_TEST }
}

/** The version of the draft; null where there is none yet. */
const versionOf = async (ground: Ground): Promise<number | null> =>
  (await ground.as(as).get('restrictions.show', {})).draft?.version ?? null

const draft = async (ground: Ground): Promise<Draft> => {
  const { source, tests } = sources(ground)
  return ground.as(as).get('restrictions.write', { body: { source, tests, version: await versionOf(ground) } })
}

const checked = async (ground: Ground): Promise<Draft> => {
  const { version } = await draft(ground)
  const found = await ground.as(as).get('restrictions.check', { body: { version } })
  shown(found.checks?.ok === true, 'the restrictions pass their checks', found.checks)
  return found
}

/** The second person agrees; what is in force once these sources are, soon after. */
const agreed = async (ground: Ground, source: string) => {
  await ground.vote('acme_owner', ({ action }) => action === 'tenant_policy.activate')
  const { in_force } = await ground.world.eventually(
    () => ground.as(as).get('restrictions.show', {}),
    (status) => status.in_force?.source === source && status.follows,
  )
  shown(in_force?.source === source, 'the restrictions are in force', in_force)
  return in_force
}

/** The newest change, once two people put a draft in force. */
const inForce = async (ground: Ground) => {
  const { version, source } = await checked(ground)
  await ground.as(as).call('restrictions.activate', { body: { version, reason: REASON } })
  return agreed(ground, source)
}

const write = faceCase({
  ...{ endpoint: 'restrictions.write', as },
  arrange: async (ground) => ({ ...sources(ground), version: await versionOf(ground) }),
  rest: ({ source, tests, version }) => ({ body: { source, tests, version } }),
  cli: ({ folder }) => ['policy', 'tenant', 'push', folder],
  console: ({ folder }) => typed(`push ${folder}`, { screen }),
  effect: async (ground, { source, tests }) => {
    const found = await ground.as(as).get('restrictions.draft', {})
    return { written: found.source === source && found.tests === tests, checked: found.checked }
  },
})

const read = faceCase({
  ...{ endpoint: 'restrictions.draft', as },
  arrange: draft,
  rest: () => ({}),
  cli: () => ['policy', 'tenant', 'draft'],
  console: () => typed('draft', { screen }),
  shows: ({ source, tests, version }) => [String(version), ...wordsOf(source), ...wordsOf(tests)],
})

const check = faceCase({
  ...{ endpoint: 'restrictions.check', as },
  arrange: draft,
  rest: ({ version }) => ({ body: { version } }),
  cli: () => ['policy', 'tenant', 'verify'],
  console: () => typed('verify', { screen }),
  effect: async (ground) => {
    const found = await ground.as(as).get('restrictions.draft', {})
    const stages = found.checks?.stages.map(({ name, state }) => `${name} ${state}`)
    return { checked: found.checked, ok: found.checks?.ok, stages, asked: found.what_if !== null }
  },
})

const activate = faceCase({
  ...{ endpoint: 'restrictions.activate', as },
  arrange: checked,
  rest: ({ version }) => ({ body: { version, reason: REASON } }),
  cli: () => ['policy', 'tenant', 'activate', '--reason', REASON],
  console: ({ version }) => typed(`activate --reason "${REASON}"`, { screen, confirm: `draft ${version}` }),
  effect: async (ground, { source }) => {
    const before = await ground.as(as).get('restrictions.show', {})
    const { kind, reason } = await agreed(ground, source)
    return { held: before.in_force?.source !== source, kind, reason }
  },
})

const show = faceCase({
  ...{ endpoint: 'restrictions.show', as },
  arrange: inForce,
  rest: () => ({}),
  cli: () => ['policy', 'tenant', 'show'],
  console: () => typed('policy tenant show', { screen }),
  shows: ({ in_force, draft: there }) => [String(in_force?.module), String(in_force?.reason), String(there?.version)],
})

const history = faceCase({
  ...{ endpoint: 'restrictions.history', as },
  arrange: inForce,
  rest: () => ({}),
  cli: () => ['policy', 'tenant', 'history'],
  console: () => typed('policy tenant history', { screen }),
  shows: ({ activations }) => activations.flatMap(({ seq, kind, by, reason }) => [String(seq), kind, by, reason]),
})

const change = faceCase({
  ...{ endpoint: 'restrictions.activation', as },
  arrange: inForce,
  rest: ({ seq }) => ({ params: { seq } }),
  cli: ({ seq }) => ['policy', 'tenant', 'change', String(seq)],
  console: ({ seq }) => typed('change .', { screen, row: `change ${seq}` }),
  shows: ({ module, reason, source }) => [String(module), reason, ...wordsOf(source)],
})

const rollback = faceCase({
  ...{ endpoint: 'restrictions.rollback', as },
  arrange: inForce,
  rest: () => ({ body: { to: 0, reason: REASON } }),
  cli: () => ['policy', 'tenant', 'rollback', '--to', '0', '--reason', REASON],
  console: () => typed(`rollback --to 0 --reason "${REASON}"`, { screen, confirm: 'change 0' }),
  effect: async (ground, { seq, module }) => {
    const { activations } = await ground.as(as).get('restrictions.history', {})
    const [last] = activations
    return {
      ...{ kind: last?.kind, reason: last?.reason, module: last?.module },
      next: last?.seq === seq + 1,
      replaced: last?.replaces === module,
    }
  },
})

/** What an organisation adds for itself. */
export const restrictionCases: readonly Case[] = [write, read, check, activate, show, history, change, rollback]
