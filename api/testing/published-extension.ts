import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { builtOnce } from '#runtime/testing/made-once.js'
import type { BuildOptions } from '#runtime/toolchain/build-component.js'
import type { Asked } from './asking.js'
import type { TestService } from './test-service.js'

/** What publishing and installing needs of a running service. */
export type ServiceAtHand = Pick<TestService, 'folder' | 'url' | 'keys' | 'ask'>

/** What a test publishes: the parts of a manifest that matter to it, and a guest in JavaScript. */
export interface TestExtension {
  readonly manifest: { readonly id: string; readonly version: string } & Record<string, unknown>
  readonly guest: string
  readonly capabilities: BuildOptions['capabilities']
}

const BASE = {
  manifest_version: 2,
  type: 'workflow-step',
  name: 'A test',
  description: 'Is there for a test.',
  compatibility: { platform: '>=0.1.0' },
  runtime: { kind: 'component', entry: 'component.wasm' },
  billing: { model: 'free' },
}

const LOOK_AGAIN_MS = 20
const GIVE_UP_MS = 60_000

/** Asks until the answer is as wanted; what is written in batches takes its time, and asking must not take its processor. */
export const until = async <T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> => {
  for (const end = performance.now() + GIVE_UP_MS; ; await delay(LOOK_AGAIN_MS)) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (performance.now() > end) throw new Error(`it stays ${JSON.stringify(answer)}`)
  }
}

/** Publishes for the demo's `acme-labs`; what was answered, and the digest. */
export const publish = async (
  service: ServiceAtHand,
  { manifest: parts, guest, capabilities }: TestExtension,
): Promise<Asked & { readonly digest: string }> => {
  const component = await builtOnce({ source: { js: guest }, capabilities })
  const files = new Map([
    ['extension.json', Buffer.from(JSON.stringify({ ...BASE, ...parts }))],
    ['component.wasm', component],
  ])
  const { digest, bytes } = await packBundle(files)
  const key = createPrivateKey(readFileSync(join(service.folder, 'keys', 'acme-labs.publisher.pem')))
  const envelope = signStatement({ digest, extension: parts.id, version: parts.version }, key)
  const response = await fetch(`${service.url}/v1/extensions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.keys['acme_developer']}`,
      'content-type': BUNDLE_MEDIA_TYPE,
      [ENVELOPE_HEADER]: Buffer.from(JSON.stringify(envelope)).toString('base64'),
    },
    body: Buffer.from(bytes),
  })
  return { digest, status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Has the demo's reviewer approve what was held; the answer to the vote. */
export const approve = async (service: ServiceAtHand, { body: held }: Pick<Asked, 'body'>): Promise<Asked> => {
  const path = `/v1/approvals/${(held['approval'] as { id: string }).id}`
  const { body } = await service.ask('reviewer', 'GET', path)
  const vote = { verdict: 'approve', comment: '', subject_digest: body['subject_digest'] }
  return service.ask('reviewer', 'POST', `${path}/votes`, vote)
}

/** Publishes for the demo's `acme-labs` and has it approved; gives the digest. */
export const published = async (service: ServiceAtHand, extension: TestExtension): Promise<string> => {
  const { id, version } = extension.manifest
  const answer = await publish(service, extension)
  if (!answer.body['approval'] && answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  if (answer.body['approval']) {
    const { status } = await approve(service, answer)
    if (status !== 201) throw new Error(`the vote was answered ${status}`)
  }
  const states = async () => {
    const { body } = await service.ask('acme_admin', 'GET', `/v1/extensions/${id}`)
    return (body['versions'] ?? []) as { version: string; review_state: string }[]
  }
  await until(states, (all) => all.some((one) => one.version === version && one.review_state === 'approved'))
  return answer.digest
}

/** What a test installs. */
export interface TestInstall {
  readonly extension: string
  readonly digest: string
  readonly permissions: readonly string[]
  readonly config?: object
  readonly secrets?: Readonly<Record<string, string>>
  readonly workspace_id?: string
}

/** Installs for the demo's admin of Acme, who consents to the permissions. */
export const install = (service: ServiceAtHand, { digest, ...wanted }: TestInstall): Promise<Asked> =>
  service.ask('acme_admin', 'POST', '/v1/installs', { ...wanted, consent: { digest, permissions: wanted.permissions } })
