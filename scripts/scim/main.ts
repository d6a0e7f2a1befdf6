import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { SCIM_QUIRKS } from '#contract/vocabulary.js'
import type { Check } from './check.js'
import { Conversation } from './conversation.js'
import { entra } from './entra.js'
import { okta } from './okta.js'
import { judged, needed, summaryOf, type Skip } from './skips.rules.js'
import { askTools, type Part } from './tester.js'
import type { Turn } from './turn.js'
import { ScimWorld } from './world.js'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})
const isAsked = (part: string): boolean => values.only?.includes(part) ?? true
const SKIPS = new URL('../../../scripts/scim/skips.json', import.meta.url)
const CONVERSATIONS: Readonly<Record<string, readonly Turn[]>> = { okta, entra }

/** What scim2-models and scim2-cli see is the same in every profile. */
const PARTS_OF: Readonly<Record<(typeof SCIM_QUIRKS)[number], readonly Part[]>> = {
  generic: ['tester', 'models', 'cli'],
  okta: ['tester'],
  entra: ['tester'],
}

/** Everything that is looked at: conversations first, which are quick, then the tools, profile by profile. */
async function* allChecks(world: ScimWorld): AsyncGenerator<Check> {
  for (const [profile, turns] of Object.entries(CONVERSATIONS).filter(() => isAsked('conversations')))
    yield* new Conversation(profile, await world.connect(profile, `${profile} conversation`)).hold(turns)
  for (const profile of SCIM_QUIRKS) {
    const parties = await world.connect(profile, `${profile} tools`)
    for (const part of PARTS_OF[profile].filter(isAsked)) yield* askTools(part, parties, profile)
  }
}

const print = ({ name, outcome, why }: Check): void => {
  const mark = { passed: '✓', failed: '✗', skipped: '-' }[outcome]
  const line = `${mark} ${name}${why === undefined ? '' : `\n    ${why.replaceAll('\n', '\n    ')}`}\n`
  if (!values.json) process.stdout.write(line)
  else if (outcome === 'failed') process.stderr.write(line)
}

const skips = JSON.parse(await readFile(SKIPS, 'utf8')) as Skip[]
const world = await ScimWorld.open()
const all: ReturnType<typeof judged>[] = []
const count = (one: ReturnType<typeof judged>): void => {
  all.push(one)
  print(one.check)
}
try {
  for await (const check of allChecks(world)) count(judged(check, skips))
  const used = new Set(all.flatMap(({ skip }) => skip ?? []))
  // A list is held to a whole run alone.
  for (const check of values.only ? [] : needed(skips, used)) count({ check, skip: undefined })
} finally {
  await world.close()
}
const summary = summaryOf(all)
process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exitCode = summary.failed + summary.skipped_unlisted === 0 ? 0 : 1
