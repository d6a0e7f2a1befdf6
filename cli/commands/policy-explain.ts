import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import type { DecisionTraced, PolicyTry } from '#contract/api/explain.js'
import { PatchOperation } from '#contract/decisions/patch.js'
import { Digest, Uuid } from '#contract/primitives.js'
import { GATES } from '#contract/vocabulary.js'
import { run, type Cli } from '../command.js'
import { collect } from '../chosen.js'
import { chosenEditor, editText } from '../editor.js'
import { traceInWords, tryInWords } from '../explain-words.js'
import { EXIT } from '../output.js'
import { UsageError } from '../usage-error.js'

const trace = run(async ({ client, output }: Cli, _flags: object, decision: string) => {
  const traced = await client.get('decisions.trace', { params: { id: given('DECISION', decision, Uuid) } })
  if (!traced.agrees) {
    process.exitCode = EXIT.refused
    output.note(
      'opa does not give the answer that is on record: keep this decision, and ask an operator to look at it.',
    )
  }
  output.result(traced as DecisionTraced, traceInWords)
})

interface TryFlags {
  readonly decision?: string
  readonly gate?: string
  readonly input?: string
  readonly set?: string[]
  readonly patch?: string
  readonly edit?: boolean
  readonly draft?: string
  readonly revision?: string
}

const try_ = run(async (cli: Cli, flags: TryFlags) => {
  const body = await requestOf(cli, flags)
  const tried = await cli.client.get('policy.try', { body })
  if (tried.outcome === 'unavailable') process.exitCode = EXIT.refused
  cli.output.result(tried, tryInWords)
})

const requestOf = async (cli: Cli, flags: TryFlags): Promise<PolicyTry> => {
  if ((flags.decision === undefined) === (flags.gate === undefined))
    throw new UsageError('say what is asked: --decision ID, or --gate GATE with --input FILE')
  if (flags.gate !== undefined && flags.input === undefined)
    throw new UsageError('--gate needs its facts: --input FILE')
  if (flags.draft !== undefined && flags.revision !== undefined)
    throw new UsageError('--draft and --revision each name a policy: give one of them')
  if (flags.edit && flags.input !== undefined)
    throw new UsageError('--edit and --input both bring facts: give one of them')
  const input = await factsOf(cli, flags)
  const patch = [...(await patchOf(flags.patch)), ...(flags.set ?? []).map(settingOf)]
  return {
    ...(flags.decision !== undefined && { decision: given('--decision', flags.decision, Uuid) }),
    ...(flags.gate !== undefined && { gate: given('--gate', flags.gate, z.enum(GATES)) }),
    ...(flags.draft !== undefined && { draft: given('--draft', flags.draft, Uuid) }),
    ...(flags.revision !== undefined && { revision: given('--revision', flags.revision, Digest) }),
    ...(input !== undefined && { input }),
    ...(patch.length > 0 && { patch }),
  }
}

/** A flag's value in its form. Raises UsageError that names the flag. */
const given = <T extends z.ZodType>(flag: string, value: unknown, form: T): z.output<T> => {
  const parsed = form.safeParse(value)
  if (!parsed.success) throw new UsageError(`${flag}: ${parsed.error.issues[0]!.message}`)
  return parsed.data
}

const Facts = z.record(z.string(), z.json(), { error: 'must be a JSON object, as gatehouse why ID --facts shows one' })

const factsOf = async (cli: Cli, { decision, input, edit }: TryFlags): Promise<PolicyTry['input']> => {
  if (input !== undefined) return given('--input', jsonOf('--input', await read('--input', input)), Facts)
  if (!edit) return undefined
  if (decision === undefined) throw new UsageError('--edit needs --decision: it opens the facts of a decision')
  return edited(cli, given('--decision', decision, Uuid))
}

const NO_TERMINAL = 'no editor can be opened without a terminal: give the facts by --input FILE, or changes by --set'

/** The facts of a decision as a person left them. */
const edited = async ({ client, options, surroundings }: Cli, id: string): Promise<PolicyTry['input']> => {
  const editor = chosenEditor(process.env, surroundings.terminal(), NO_TERMINAL)
  const { facts } = await client.get('decisions.show', { params: { id }, query: { facts: 'true' } })
  const before = `${JSON.stringify(facts, null, 2)}\n`
  const {
    text: after,
    file,
    drop,
  } = await surroundings.lend(() => editText(editor, { path: 'facts.json', text: before, json: options.json ?? false }))
  const parsed = given(`--edit ${file}`, jsonOf(`--edit ${file}`, after), Facts)
  await drop()
  return parsed
}

const patchOf = async (file: string | undefined): Promise<PatchOperation[]> =>
  file === undefined ? [] : given('--patch', jsonOf('--patch', await read('--patch', file)), z.array(PatchOperation))

/** `/version/yanked=false`: sets a member, replaces an element, or appends at `/-`. */
const settingOf = (setting: string): PatchOperation => {
  const at = setting.indexOf('=')
  const path = setting.slice(0, at)
  if (at < 0 || !path.startsWith('/'))
    throw new UsageError(`--set ${setting}: write /path=JSON, such as /version/yanked=false`)
  const value = given('--set', jsonOf(`--set ${path}`, setting.slice(at + 1)), z.json())
  return { op: /\/\d+$/.test(path) ? 'replace' : 'add', path, value }
}

const jsonOf = (flag: string, json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UsageError(`${flag} is not JSON (${(error as Error).message}); a text stands in quotes: '"approved"'`)
  }
}

const read = (flag: string, file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${flag} ${file} cannot be read: ${error.message}`)
  })

/** `gatehouse policy trace|try`: what policy read, and what it would answer. */
export const policyExplain = (group: Command): void => {
  group
    .command('trace <decision>')
    .description(
      'Make a decision again with opa: rules entered, facts read; exit 1 where its answer is not the recorded one',
    )
    .action(trace)
  group
    .command('try')
    .description('What policy would answer to facts, or to a past decision as edited; nothing is done')
    .option('--decision <id>', 'take the facts of this decision, and say what changes')
    .option('--gate <gate>', `ask this gate (${GATES.join(', ')}) about the facts of --input`)
    .option('--input <file>', 'facts as JSON')
    .option('--set <path=json>', 'change a fact, such as /version/yanked=false; may be repeated', collect)
    .option('--patch <file>', 'change facts by a JSON Patch (RFC 6902)')
    .option('--edit', 'change the facts of the decision in $EDITOR')
    .option('--draft <id>', 'ask this draft, as it stands, instead of the policy in force')
    .option('--revision <digest>', 'ask this sealed revision instead')
    .action(try_)
}
