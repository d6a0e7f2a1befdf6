import { createHash } from 'node:crypto'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR } from '../life.js'
import { StockOpa } from '../stock-opa.js'

interface Agent {
  readonly id: string
  readonly follows: boolean
  readonly active_revision: string | null
}

/** A service account that may connect and nothing else, and its token. */
const agentToken = async (world: World): Promise<string> => {
  const account = { name: 'Envoy', kind: 'service_account', roles: ['opa_agent'] }
  const made = await world.request('acme_owner', '/v1/people', { method: 'POST', body: account })
  shown(made.status === 201, 'an owner makes a service account', made.body)
  const key = await world.cli('acme_owner', 'keys', 'create', 'opa', '--for', String(made.body['id']))
  shown(key.code === 0, 'and a key for it', key.answer)
  return String(key.answer['secret'])
}

/** What was asked at each gate that decided here, with the digest of the answer that was given. */
const pastQuestions = async (world: World, revision: string) => {
  const { body } = await world.request('operator', '/v1/decisions?limit=200')
  const made = (body['items'] as { id: string; gate: string; decided_by: string; revision: string; outcome: string }[])
    .filter((decision) => decision.revision === revision && decision.decided_by === 'policy')
    .toSorted((a, b) => a.gate.localeCompare(b.gate) || a.outcome.localeCompare(b.outcome))
  const kinds = Map.groupBy(made, ({ gate, outcome }) => `${gate} ${outcome}`)
  return Promise.all(
    [...kinds.values()].flatMap((same) =>
      same.slice(0, 3).map(async ({ id, gate }) => {
        const explained = await world.request('operator', `/v1/decisions/${id}?facts=true`)
        const replayed = await world.request('operator', `/v1/decisions/${id}/replay`, { method: 'POST' })
        return { id, gate, facts: explained.body['facts'], digest: String(replayed.body['expected_digest']) }
      }),
    ),
  )
}

const digestOf = (answer: unknown): string =>
  `sha256:${createHash('sha256')
    .update(canonicalize(answer) ?? '')
    .digest('hex')}`

/** The agent as the service knows it, once it has told what it decides by and sent what it decided. */
const known = async (world: World, decided: number) => {
  const ran = await world.eventually(
    async () => ({
      agents: await world.cli(AUTHOR, 'policy', 'agents'),
      decisions: await world.cli('operator', 'policy', 'agents', '--decisions'),
    }),
    ({ agents, decisions }) =>
      agents.code === 0 &&
      (agents.answer['items'] as Agent[]).some(({ follows }) => follows) &&
      (decisions.answer['items'] as unknown[]).length >= decided,
    40_000,
  )
  const [agent] = ran.agents.answer['items'] as Agent[]
  shown(ran.agents.code === 0 && agent?.follows === true, 'it is listed as in step', ran.agents.answer)
  const sent = ran.decisions.answer['items'] as { source: string; replayable: boolean; revision: string }[]
  shown(sent.length === decided, 'each of its decisions lies beside ours', sent.length)
  shown(
    sent.every(({ source, replayable }) => source === 'agent' && replayable),
    'marked as its own, and replayable',
    sent,
  )
  return { agent, sent }
}

/** The bundle once more with the ETag that came with it. */
const asksAgain = async (world: World, token: string): Promise<number> => {
  const ask = (headers: Record<string, string>) =>
    fetch(new URL('/v1/opa/bundles/gatehouse', world.service.url), {
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
  const first = await ask({})
  await first.arrayBuffer()
  return (await ask({ 'if-none-match': first.headers.get('etag') ?? '' })).status
}

/** A company's own OPA, unmodified, with nothing but a configuration and a token. */
export const stockOpaAgrees: Step = {
  name: 'stock_opa_agrees',
  async show(world) {
    const revision = world.recall('revision:shipped')
    const token = await agentToken(world)
    const opa = await StockOpa.start(join(world.folder, 'stock-opa'), {
      services: { gatehouse: { url: `${world.service.url}/v1/opa`, credentials: { bearer: { token } } } },
      discovery: { service: 'gatehouse', resource: '/discovery' },
      labels: { app: 'envoy' },
    })
    try {
      const questions = await pastQuestions(world, revision)
      shown(questions.length > 3, 'there are decisions to ask about', questions.length)
      for (const { id, gate, facts, digest } of questions) {
        const answer = await opa.decide(gate, facts)
        shown(digestOf(answer) === digest, 'asked what we were asked, it answers the same bytes', { id, gate, answer })
      }
      const { agent, sent } = await known(world, questions.length)
      shown(agent.active_revision === revision, 'it decides by what is in force', agent)
      const again = await asksAgain(world, token)
      shown(again === 304, 'asked again, nothing is sent again', again)
      return {
        agent: agent.id,
        revision,
        gates: [...new Set(questions.map(({ gate }) => gate))],
        decisions: sent.length,
      }
    } finally {
      await opa.stop()
    }
  },
}
