import { randomUUID } from 'node:crypto'
import type { Canaries } from './canaries.js'
import type { Attempts } from './attempts.js'
import type { Install, UntrustedGround } from './ground.js'
import { ask, type Told } from './organisations.js'
import { eachOf, shuffled } from './random.js'

interface Calling {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly attempts: Attempts
  readonly draw: () => number
  readonly progress: (line: string) => void
}

/** More visits than there are slots, so that callers of every organisation wait for the same ones. */
const AT_ONCE = 6
const BUSY = 503

/** What an organisation made that others could ask for by its id. */
export interface Traces {
  readonly tenant: string
  readonly executions: string[]
  readonly calls: string[]
}

const headersOf = ({ headers }: Told): string => [...headers].map(([name, value]) => `${name}: ${value}`).join('\n')

/** What is called together finds the same slot again, used by the call before; what comes later, after others, a new one. */
const visitsOf = (installs: readonly Install[], rounds: number): readonly (readonly Install[])[] =>
  installs.flatMap((install) => [
    Array<Install>(Math.ceil(rounds / 2)).fill(install),
    Array<Install>(Math.floor(rounds / 2)).fill(install),
  ])

/** Calls every install so many times, in an order that is drawn, and searches every answer. Gives what the calls left. */
export const callAll = async (calling: Calling, rounds: number): Promise<Map<string, Traces>> => {
  const { ground, draw } = calling
  const traces = new Map<string, Traces>(
    ground.organisations.map(({ id }) => [id, { tenant: id, executions: [], calls: [] }]),
  )
  const one = async (install: Install): Promise<void> => {
    const answer = await callOne(calling, install)
    const of = traces.get(install.organisation.id)!
    const execution = answer.headers.get('x-gatehouse-execution-id') ?? answer.headers.get('x-gatehouse-decision-id')
    if (execution !== null) of.executions.push(execution)
    if (answer.status === 202) of.calls.push((JSON.parse(answer.text) as { id: string }).id)
  }
  const visits = shuffled(visitsOf(ground.installs, rounds), draw)
  await eachOf(visits, AT_ONCE, async (visit) => void (await Promise.all(visit.map(one))))
  return traces
}

const callOne = async ({ ground, canaries, attempts, progress }: Calling, install: Install): Promise<Told> => {
  const { extension, organisation } = install
  const { probe } = extension
  const [tenant, call] = [organisation.id, randomUUID()]
  const others = ground.organisations.filter(({ id }) => id !== tenant).map(({ id }) => id)
  const plant =
    probe.place === undefined || probe.method === 'GET'
      ? ''
      : canaries.plant({ tenant, place: probe.place, ...(probe.inMemory === true && { call }) })
  const told = { plant, others: [...others, ...installsOfOthers(ground, install)], urls: ground.urls }
  const { method = 'POST', headers = () => ({}), body = JSON.stringify } = probe
  const path = `/api/ext/${extension.id}/run`
  const sent = { method, headers: headers(extension.number), ...(method === 'POST' && { body: body(told) }) }
  const answer = await ground.world.eventually(
    () => ask(ground.world, organisation.key, path, sent),
    ({ status }) => status !== BUSY,
  )
  const where = `answer of ${extension.id}, status ${answer.status}`
  // A guest that was not let run, since the machine is too busy to hear the kill list in time, has tried nothing.
  if (answer.status !== BUSY) attempts.made(probe.name, answer.status)
  if (answer.status >= 500 && probe.name !== 'problems') progress(`${where}: ${answer.text.slice(0, 300)}`)
  const seen = { tenant, call, probe: probe.name, where, text: `${headersOf(answer)}\n\n${answer.text}` }
  canaries.observe(seen)
  for (const drawn of probe.drawn?.(answer.text) ?? []) canaries.adopt(drawn, { tenant, place: 'chance', call }, seen)
  return answer
}

/** Ids of the same extension's installs elsewhere. */
const installsOfOthers = ({ installs }: UntrustedGround, { id, extension }: Install): string[] =>
  installs.filter((other) => other.extension === extension && other.id !== id).map((other) => other.id)
