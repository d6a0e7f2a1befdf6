import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shown } from '../demo/step.js'
import type { World } from '../demo/world.js'

/** One organisation, and the key of its owner, who sees all of it. */
export interface Organisation {
  readonly slug: string
  readonly id: string
  readonly key: string
}

/** An answer with its bytes as characters. */
export interface Told {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const FOUNDED = ['initech', 'umbrella', 'hooli']
const ANSWERED_WITHIN_MS = 60_000

/** One request with a key, or without one. */
export const ask = async (
  world: World,
  key: string | null,
  path: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Told> => {
  const isText = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(new URL(path, world.service.url), {
    method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? (body as string) : JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
  })
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
  return { status: response.status, headers: response.headers, text }
}

/** What must be answered so, or nothing further means anything. A service that refuses because its machine is busy is asked again. */
export const demand = async (...[world, key, path, sent]: Parameters<typeof ask>): Promise<Record<string, unknown>> => {
  const { status, text } = await world.eventually(
    () => ask(world, key, path, sent),
    (answer) => answer.status !== 503,
    ANSWERED_WITHIN_MS,
  )
  shown(status < 300, `${sent?.method ?? 'GET'} ${path} is answered`, [status, text.slice(0, 500)])
  return JSON.parse(text) as Record<string, unknown>
}

/** The two organisations that there are, and three more. */
export const organisationsOf = async (world: World): Promise<Organisation[]> => {
  const keys = JSON.parse(readFileSync(join(world.data, 'keys', 'demo-keys.json'), 'utf8')) as Record<string, string>
  const operator = keys['operator']!
  const known = await Promise.all(
    ['acme', 'globex'].map(async (slug) => {
      const key = keys[`${slug}_owner`]!
      const { tenant } = (await demand(world, key, '/v1/whoami')) as { tenant: { id: string } }
      return { slug, id: tenant.id, key }
    }),
  )
  const founded: Organisation[] = []
  for (const slug of FOUNDED) {
    const body = { slug, name: slug, owner: { name: `Owner of ${slug}`, email: `owner@${slug}.example` } }
    const made = await demand(world, operator, '/v1/tenants', { method: 'POST', body })
    const { tenant, owner } = made as { tenant: { id: string }; owner: { id: string } }
    const issued = await demand(world, operator, '/v1/keys', {
      method: 'POST',
      body: { principal_id: owner.id, name: 'first' },
    })
    founded.push({ slug, id: tenant.id, key: String(issued['secret']) })
  }
  return [...known, ...founded]
}
