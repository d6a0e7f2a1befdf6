import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockfilePath, referenceExtension } from '../guests.js'
import { shown, type Step } from '../step.js'
import type { World } from '../world.js'
import { buildSigned } from './publish.js'

const WATCH = 'com.acme-labs.sbom-watch'
const SCANNER = 'com.acme-labs.secret-scanner'
const DIGEST = 'com.acme-labs.alert-digest'
const PROJECT = 'gatehouse'

/** Settings and secrets that each is installed with; hosts are those of the demo. */
const INSTALLS = {
  [WATCH]: (world: World) => ({
    secret: `OSSINDEX_CREDENTIALS=${world.partners.credentials}`,
    config: { advisories_url: `${world.partners.url}/api/v3/component-report` },
  }),
  [SCANNER]: () => ({ secret: undefined, config: { skip: ['fixtures/'] } }),
  [DIGEST]: (world: World) => ({
    secret: `ROUTING_KEY=${world.partners.routingKey}`,
    config: { pager_url: `${world.partners.url}/v2/enqueue`, at_once: 'low' },
  }),
} as const

const bringIn = async (world: World, id: keyof typeof INSTALLS): Promise<Record<string, unknown>> => {
  const { bundle } = await buildSigned(world, referenceExtension(world, id.slice('com.acme-labs.'.length)))
  const held = await world.cli('acme_developer', 'ext', 'publish', bundle)
  const approval = held.answer['approval'] as { id: string } | undefined
  shown(held.answer['held'] === true && approval !== undefined, `${id} waits for a reviewer`, held)
  const voted = await world.cli('reviewer', 'approvals', 'approve', approval.id, '--comment', 'read it')
  shown(voted.code === 0, 'the reviewer approves', voted)
  const { secret, config } = INSTALLS[id](world)
  const wanted = [...(secret ? ['--secret', secret] : []), '--config', JSON.stringify(config)]
  const done = await world.eventually(
    () => world.cli('acme_admin', 'install', id, '--consent', ...wanted),
    ({ code }) => code === 0,
  )
  shown(done.code === 0 && done.answer['status'] === 'active', `${id} is installed`, done)
  return { install: done.answer['id'], approval: approval.id }
}

const referencesInstalled: Step = {
  name: 'references_installed',
  async show(world) {
    const evidence: Record<string, unknown> = {}
    // The one that consumes comes last: what nobody emits cannot be consumed.
    for (const id of [WATCH, SCANNER, DIGEST] as const) evidence[id] = await bringIn(world, id)
    return evidence
  },
}

/** An SBOM of the repository's own lockfile, as simple as they come. */
const sbomOf = (lockfile: string) => {
  const { packages } = JSON.parse(lockfile) as { packages: Record<string, { version?: string; link?: boolean }> }
  const purls = Object.entries(packages).flatMap(([path, { version, link }]) =>
    path === '' || link || version === undefined
      ? []
      : [`pkg:npm/${path.split('node_modules/').at(-1)!.replace(/^@/, '%40')}@${version}`],
  )
  return {
    purls: new Set(purls),
    sbom: { bomFormat: 'CycloneDX', specVersion: '1.6', components: purls.map((purl) => ({ purl })) },
  }
}

/** Server-sent events of an answer, by the standard's own separators. */
const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
      return { event, data: JSON.parse(data) as Record<string, unknown> }
    })

const sbomWatched: Step = {
  name: 'sbom_watched',
  async show(world) {
    const { purls, sbom } = sbomOf(readFileSync(lockfilePath, 'utf8'))
    const [vulnerable] = [...purls].filter((purl) => purl.startsWith('pkg:npm/zod@'))
    shown(vulnerable !== undefined, 'the lockfile has zod', purls.size)
    world.partners.advisories.set(vulnerable, { id: 'CVE-2026-0001', title: 'made up for the demo', cvssScore: 9.8 })
    const answer = await world.request('acme_member', `/api/ext/${WATCH}/check?project=${PROJECT}`, {
      method: 'POST',
      body: sbom,
      headers: { accept: 'text/event-stream' },
    })
    shown(answer.headers.get('content-type') === 'text/event-stream', 'it answers as server-sent events', answer)
    const told = eventsIn(String(answer.body['text']))
    const last = told.at(-1)
    shown(
      last?.event === 'done' && last.data['components'] === purls.size,
      'as many components as we count ourselves',
      { counted: purls.size, last },
    )
    const opened = told.filter(({ event }) => event === 'finding').map(({ data }) => data['component'])
    shown(opened.length === 1 && opened[0] === vulnerable, 'the one that is vulnerable was found', opened)
    const asked = world.partners.asked
    shown(
      asked.size === purls.size && [...purls].every((purl) => asked.has(purl)),
      'the host was asked about each, with the credentials in the header',
      asked.size,
    )
    return { components: purls.size, opened, decision_id: answer.headers.get('x-gatehouse-decision-id') }
  },
}

const secretsScanned: Step = {
  name: 'secrets_scanned',
  async show(world) {
    const token = `ghp_${'1234567890'.repeat(4).slice(0, 36)}`

    const lines = ['--- /dev/null', '+++ b/pay.ts', '@@ -0,0 +1,2 @@', '+// pays', `+const token = '${token}'`, '']
    const diff = join(world.folder, 'change.diff')
    writeFileSync(diff, lines.join('\n'))
    const path = `/scan?project=${PROJECT}`
    const done = await world.cli('acme_member', 'call', SCANNER, path, '--type', 'text/plain', '--body', `@${diff}`)
    const problem = JSON.stringify(done)
    shown(problem.includes('github_token'), 'the credential is found', done)
    shown(!problem.includes(token), 'and nobody is told what it is', 'it is in the answer')
    const events = await world.request('acme_admin', `/v1/events?extension=${SCANNER}`)
    const said = JSON.stringify(events.body)
    shown(said.includes('secrets_found') && !said.includes(token), 'others are told of it by an event', events.body)
    return { status: done.answer['status'], secrets: done.answer['secrets'] }
  },
}

const alertsDigested: Step = {
  name: 'alerts_digested',
  async show(world) {
    const deliveries = await world.eventually(
      () => world.request('acme_admin', `/v1/event-deliveries?extension=${DIGEST}`),
      ({ body }) => (body['items'] as { state: string }[]).filter(({ state }) => state === 'delivered').length >= 2,
      30_000,
    )
    const items = deliveries.body['items'] as { state: string; type: string; execution_id: string }[]
    shown(items.length >= 2 && items.every(({ state }) => state === 'delivered'), 'both events were delivered', items)
    const page = world.partners.pages.at(-1)
    const alerts = (page?.payload?.custom_details.alerts ?? []).join('\n')
    shown(
      page?.routing_key === world.partners.routingKey && page.dedup_key === `alert-digest/${PROJECT}`,
      'the pager was told of the project, with its key',
      page && { ...page, routing_key: '' },
    )
    shown(alerts.includes('CVE-2026-0001') && alerts.includes('GitHub token'), 'with what both of them found', alerts)
    const forged = await world.request('acme_member', `/api/ext/${DIGEST}/events/findings-opened`, {
      method: 'POST',
      body: { type: `${WATCH}.findings_opened`, data: { project: PROJECT, findings: [] } },
      headers: { 'content-type': 'application/cloudevents+json', 'gatehouse-trigger': 'event' },
    })
    shown(forged.status === 403, 'an event that somebody makes up is refused', forged)
    return {
      deliveries: items.map(({ type, execution_id }) => ({ type, execution_id })),
      pages: world.partners.pages.length,
    }
  },
}

export const referenceSteps: readonly Step[] = [referencesInstalled, sbomWatched, secretsScanned, alertsDigested]
