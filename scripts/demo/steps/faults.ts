import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Proxy } from '../proxy.js'
import { runawayBundle } from '../policy-bundles.js'
import { endScanners } from '../processes.js'
import { Service } from '../service.js'
import { shown, type Step } from '../step.js'
import type { World } from '../world.js'
import { buildSigned, AUDITOR, MISBEHAVER, reasonsOf } from './publish.js'
import { misbehaver } from '../guests.js'

const callFine = (world: World) =>
  world.request('acme_member', `/api/ext/${MISBEHAVER}/fine`, { method: 'POST', body: {} })

const corruptPolicyRefused: Step = {
  name: 'corrupt_policy_refused',
  async show(world) {
    const module = join(world.folder, 'policy', 'policy.wasm')
    copyFileSync(module, `${module}.kept`)
    const bytes = readFileSync(module)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff
    writeFileSync(module, bytes)
    await world.restart()
    const refused = await callFine(world)
    shown(
      refused.status === 503 && refused.body['code'] === 'policy.unavailable',
      'nothing is allowed under a corrupt policy',
      refused,
    )
    const engaged = await world.cli('operator', 'kill', 'extension', MISBEHAVER, '--reason', 'policy is broken')
    shown(engaged.code === 0, 'the kill switch still engages', engaged.answer)
    const { order } = engaged.answer as { order: { id: string; decision_id: string } }
    copyFileSync(`${module}.kept`, module)
    await world.restart()
    const decision = await world.request('operator', `/v1/decisions/${order.decision_id}`)
    shown(decision.body['decided_by'] === 'floor', 'the floor decided', decision.body)
    world.known.set('decision:corrupt_policy_refused', order.decision_id)
    await release(world, order.id)
    return {
      code: refused.body['code'],
      order: order.id,
      decided_by: decision.body['decided_by'],
      decision_id: order.decision_id,
    }
  },
}

const release = async (world: World, order: string): Promise<void> => {
  const held = await world.cli('operator', 'kills', 'release', order, '--reason', 'mended')
  const { id } = held.answer['approval'] as { id: string }
  await world.cli('security_lead', 'approvals', 'approve', id)
  await world.eventually(
    () => callFine(world),
    ({ status }) => status === 200,
  )
}

const runawayPolicyRefused: Step = {
  name: 'runaway_policy_refused',
  async show(world) {
    const settings = await runawayBundle(world)
    await world.restart(settings)
    const started = Date.now()
    const refused = await callFine(world)
    const tookMs = Date.now() - started
    shown(
      refused.status === 503 && refused.body['code'] === 'policy.unavailable',
      'a policy that does not end refuses',
      refused,
    )
    const alive = await fetch(new URL('/livez', world.service.url))
    shown(alive.status === 200, 'the service lives on', alive.status)
    const refusal = {
      code: refused.body['code'],
      detail: refused.body['detail'],
      decision_id: refused.body['decision_id'],
      took_ms: tookMs,
    }
    await world.restart()
    return refusal
  },
}

const staleKillLeaseRefused: Step = {
  name: 'stale_kill_lease_refused',
  async show(world) {
    const { host, port, database, api } = JSON.parse(readFileSync(join(world.data, 'postgres.json'), 'utf8')) as {
      host: string
      port: number
      database: string
      api: { user: string; password: string }
    }
    const proxy = await Proxy.to(port)
    const second = await Service.start(world.data, {
      ...world.commonSettings,
      DATABASE_URL: `postgres://${api.user}:${encodeURIComponent(api.password)}@${host}:${proxy.port}/${database}`,
      RUNNER_PUBLIC_BASE: 'http://127.0.0.1',
      EXT_GATEWAY_TIMEOUT_MS: '30000',
      SIGNING_TRUST_BUNDLE: join(world.folder, 'policy-key.pub.pem'),
      GATEHOUSE_SERVICE_FILE: 'second.json',
    })
    const path = `/api/ext/${MISBEHAVER}/fine`
    const call = () => world.requestAt(second.url, 'acme_member', path, { method: 'POST', body: {} })
    try {
      const before = await call()
      shown(before.status === 200, 'the second instance serves the same install', before)
      proxy.cut()
      const after = await world.eventually(call, ({ body }) => body['code'] === 'kill.lease_stale')
      shown(after.body['code'] === 'kill.lease_stale', 'cut off from the kill list, it refuses by itself', after)
      const first = await callFine(world)
      shown(first.status === 200, 'the first instance is not concerned', first)
      proxy.mend()
      const mended = await world.eventually(call, ({ status }) => status === 200)
      shown(mended.status === 200, 'once it hears again, it serves again', mended)
      return { cut: after.body['code'], status: after.status, first_instance: first.status, mended: mended.status }
    } finally {
      await second.stop()
      proxy.close()
    }
  },
}

const scannerDownRefused: Step = {
  name: 'scanner_down_refused',
  async show(world) {
    const folder = misbehaver(world)
    const manifest = join(folder, 'extension.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"version":"1.0.0"', '"version":"1.0.1"'))
    const { bundle } = await buildSigned(world, folder)
    const hunt = endScanners(world.service.pid)
    const refused = await world.cli('acme_developer', 'ext', 'publish', bundle)
    const scannersKilled = hunt.stop()
    shown(scannersKilled > 0, 'the scanner was killed while it ran', scannersKilled)
    shown(refused.code === 1 && refused.answer['held'] !== true, 'what could not be scanned is refused', refused.answer)
    const listed = await world.request('acme_developer', `/v1/extensions/${MISBEHAVER}/versions/1.0.1`)
    shown(listed.status === 404, 'it is never listed', listed)
    return { code: refused.answer['code'], reasons: reasonsOf(refused.answer), scanners_killed: scannersKilled }
  },
}

const poisonRowAloneRefused: Step = {
  name: 'poison_row_alone_refused',
  async show(world) {
    const owner = await world.postgres('owner')
    await owner.query("ALTER TABLE decision ADD CONSTRAINT demo_poison CHECK (correlation_id <> 'poison') NOT VALID")
    try {
      const send = (correlation: string) =>
        world.request('acme_admin', '/v1/keys', {
          method: 'POST',
          body: { name: correlation },
          headers: { 'x-correlation-id': correlation },
        })
      const correlations = Array.from({ length: 12 }, (_, index) => (index === 5 ? 'poison' : `well-${index}`))
      const answers = await Promise.all(correlations.map(send))
      const refused = answers.filter(({ status }) => status !== 201)
      shown(
        refused.length === 1 && refused[0]?.body['code'] === 'ledger.unavailable',
        'only the row that cannot be written is refused',
        answers.map(({ status, body }) => [status, body['code']]),
      )
      return { sent: answers.length, refused: refused.length, code: refused[0]?.body['code'] }
    } finally {
      await owner.query('ALTER TABLE decision DROP CONSTRAINT demo_poison')
      owner.close()
    }
  },
}

const crossTenantHidden: Step = {
  name: 'cross_tenant_hidden',
  async show(world) {
    const install = world.recall(`install:acme_admin:${AUDITOR}`)
    const paths = [
      `/v1/installs/${install}`,
      `/v1/decisions/${world.recall('decision:call_ok')}`,
      `/v1/executions/${world.recall('execution:call_ok')}`,
    ]
    const seen: Record<string, unknown> = {}
    for (const path of paths) {
      const other = await world.request('globex_admin', path)
      shown(other.status === 404, `${path} does not exist for another organisation`, other)
      const own = await world.request('acme_admin', path)
      shown(own.status === 200, `${path} exists for its own`, own)
      seen[path] = { other: other.status, own: own.status }
    }
    const list = await world.request('globex_admin', '/v1/installs')
    shown(!JSON.stringify(list.body).includes(install), 'no list shows it', list.body)
    const called = await world.request('globex_admin', `/api/ext/${MISBEHAVER}/fine`, { method: 'POST', body: {} })
    shown(called.status === 404, 'an install of another organisation cannot be called', called)
    return seen
  },
}

export const faultSteps: readonly Step[] = [
  corruptPolicyRefused,
  runawayPolicyRefused,
  staleKillLeaseRefused,
  scannerDownRefused,
  poisonRowAloneRefused,
  crossTenantHidden,
]
