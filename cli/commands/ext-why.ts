import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { DecisionExplained } from '#contract/api/decisions.js'
import { parseManifest, type Manifest } from '#contract/manifest/index.js'
import { Uuid } from '#contract/primitives.js'
import { run, type Cli } from '../command.js'
import { localDecision } from '../extension/dev/dev-records.js'
import { placeOf, type DecidedOn, type Place } from '../extension/dev/manifest-places.js'
import { UsageError } from '../usage-error.js'

interface Explained extends Pick<DecisionExplained, 'id' | 'at' | 'action' | 'outcome' | 'reasons'> {
  readonly made_by: 'service' | 'local gate'
  readonly facts: DecidedOn | null
}

const manifestIn = (folder: string): Manifest | null => {
  const path = join(folder, 'extension.json')
  if (!existsSync(path)) return null
  const parsed = parseManifest(readFileSync(path, 'utf8'))
  return parsed.ok ? parsed.manifest : null
}

/** The local gate's decision where it made it, else the service's. Raises the service's refusals. */
const explained = async (
  { client }: Cli,
  id: string,
  { folder, facts }: { folder: string; facts: boolean },
): Promise<Explained> => {
  const local = localDecision(folder, id)
  if (local) return { ...local, facts: local.facts as DecidedOn, made_by: 'local gate' }
  const shown = await client.get('decisions.show', { params: { id }, query: facts ? { facts: 'true' } : {} })
  const { at, action, outcome, reasons } = shown
  return { id, at, action, outcome, reasons, facts: (shown.facts as DecidedOn | undefined) ?? null, made_by: 'service' }
}

const placeInWords = (place: Place | null): string => {
  if (!place) return '  Change: nothing in the manifest; see the remedy'
  return place.pointer === null
    ? `  Change: ${place.words}`
    : `  Change: extension.json ${place.pointer}: ${place.words}`
}

const about = (facts: DecidedOn | null): string[] => {
  const call = facts?.capability?.name ?? (facts?.endpoint ? `the endpoint ${facts.endpoint.id}` : undefined)
  const to = facts?.http ? ` ${facts.http.method} ${facts.http.scheme}://${facts.http.host}${facts.http.path}` : ''
  return call === undefined ? [] : [`about        ${call}${to}`]
}

/** `gatehouse ext why ID`: what of a decision concerns the extension's author, and which entry of the manifest to change. */
const why = run(async (cli: Cli, flags: { dir: string; facts?: boolean }, id: string) => {
  if (!Uuid.safeParse(id).success) throw new UsageError(`DECISION ${id.slice(0, 60)} is not the id of a decision`)
  const folder = resolve(flags.dir)
  const { facts, ...decision } = await explained(cli, id, { folder, facts: flags.facts ?? false })
  const known = { facts, manifest: manifestIn(folder) }
  const places = decision.reasons.map(({ id: reason }) => ({ reason, place: placeOf(reason, known) }))
  cli.output.result({ ...decision, changes: places.map(({ reason, place }) => ({ reason, ...place })) }, () =>
    [
      `${decision.outcome.toUpperCase()}  ${decision.action}, by the ${decision.made_by}`,
      ...about(facts),
      ...decision.reasons.flatMap(({ id: reason, message, remedy }, at) => [
        `${reason}: ${message}`,
        `  Remedy: ${remedy}`,
        placeInWords(places[at]!.place),
      ]),
      ...(decision.reasons.length === 0 ? ['Nothing stood in the way'] : []),
      ...(facts === null && decision.reasons.length > 0
        ? ['(--facts tells which host call it was, where you may see the facts of decisions)']
        : []),
    ].join('\n'),
  )
})

/** Adds `why` to the commands for developers of extensions. */
export const extWhy = (group: Command): void => {
  group
    .command('why <decision>')
    .description('Which entry of the manifest, or which grant, to change for a decision to be another')
    .option('--dir <folder>', "the extension's folder", '.')
    .option('--facts', 'ask the service for the facts as well (needs decision:explain; recorded)')
    .action(why)
}
