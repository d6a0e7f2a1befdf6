import type { Command } from 'commander'
import { reportLines, type CheckReport } from '#engine/author/index.js'
import { collect } from '../chosen.js'
import { run, type Cli } from '../command.js'
import { findRevision, looksLikeRevision } from '../find-revision.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'
import { draftId, draftInWords, draftStanding, nextOf, readDraft } from './policy-draft.js'
import { diffInWords } from './policy-draft-diff.js'
import { draftFiles } from './policy-draft-files.js'

const drafts = run(async ({ client, output }: Cli, _flags: object, id?: string) => {
  if (id !== undefined) return output.result(await readDraft(client, id), draftInWords)
  output.result(await client.get('drafts.list', { query: {} }), ({ items, next_cursor }) =>
    [
      table(
        ['draft', 'name', 'state', 'changed', 'by'],
        items.map((item) => [item.id, item.name, draftStanding(item), item.updated_at, item.created_by]),
      ),
      ...(next_cursor === null ? [] : ['Older ones are not shown.']),
      ...(items.length === 0 ? ['Next: gatehouse policy new NAME (takes policy:write)'] : []),
    ].join('\n'),
  )
})

const begin = run(async ({ client, output }: Cli, { from }: { from?: string }, name: string) => {
  const body = from === undefined ? { name } : { name, base: await findRevision({ client }, '--from', from) }
  const draft = await client.get('drafts.create', { body })
  const next = `Next: gatehouse policy pull ${draft.id} DIR, or gatehouse policy edit ${draft.id} platform.json`
  output.result(draft, (made) => draftInWords(made, [next]))
})

const diff = run(async ({ client, output }: Cli, { from }: { from?: string }, named: string) => {
  if (!looksLikeRevision(named)) {
    if (from !== undefined) throw new UsageError('--from goes with a revision: a draft is compared with its base')
    return output.result(await client.get('drafts.diff', { params: { id: draftId(named) } }), diffInWords)
  }
  const query = from === undefined ? {} : { from: await findRevision({ client }, '--from', from) }
  const revision = await findRevision({ client }, 'REVISION', named)
  output.result(await client.get('policy.diff', { params: { revision }, query }), diffInWords)
})

/** Exit code 1 where the checks refuse. */
const verify = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const { version } = await readDraft(client, id)
  const checked = await client.get('drafts.check', { params: { id }, body: { version } })
  if (checked.checks?.ok !== true) process.exitCode = EXIT.refused
  output.result(checked, (draft) => {
    const ok = draft.checks?.ok === true
    const next = ok ? nextOf(draft) : [`Next: mend what is named, then gatehouse policy verify ${id}`]
    return [...reportLines(draft.checks as CheckReport), ...next].join('\n')
  })
})

/** A sealed draft is open again by it, and what waits for an approval of it is void. */
const rebase = run(async ({ client, output }: Cli, { keep = [] }: { keep?: string[] }, id: string) => {
  const { version, state } = await readDraft(client, id)
  const rebased = await client.get('drafts.rebase', { params: { id }, body: { version, keep } })
  if (state === 'sealed') output.note('The draft is open again: what waited for an approval of it is void.')
  output.result(rebased, draftInWords)
})

const seal = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const { version } = await readDraft(client, id)
  const sealed = await client.get('drafts.seal', { params: { id }, body: { version } })
  output.result(
    sealed,
    ({ revision, bundle_revision }) =>
      `sealed revision  ${revision}\nbundle revision  ${bundle_revision} (what decisions record)\nNext: gatehouse policy activate ${revision} --reason WHY`,
  )
})

const discard = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const { version } = await readDraft(client, id)
  output.result(await client.get('drafts.discard', { params: { id }, query: { version } }), draftInWords)
})

/** `gatehouse policy drafts|new|diff|verify|rebase|seal|discard`: policy in the making, up to a revision. */
export const policyDrafts = (group: Command): void => {
  group.command('drafts [draft]').description('Drafts of policy, newest first; or one of them').action(drafts)
  group
    .command('new <name>')
    .description('Begin a draft as what is in force')
    .option('--from <revision>', 'begin as this revision instead')
    .action(begin)
  draftFiles(group)
  group
    .command('diff <draft>')
    .description('What a draft, or a sealed revision, changes, by file and by meaning')
    .option('--from <revision>', 'compare a revision with this one; with what is in force where absent')
    .action(diff)
  group.command('verify <draft>').description("Run the service's checks; exit 1 where they refuse").action(verify)
  group
    .command('rebase <draft>')
    .description('Take over what came in force since the draft began')
    .option(
      '--keep <path>',
      'of a file changed on both sides, the text of the draft, which holds both; may be repeated',
      collect,
    )
    .action(rebase)
  group.command('seal <draft>').description('Seal a draft that passed its checks as a revision').action(seal)
  group.command('discard <draft>').description('Give a draft up; it stays on record').action(discard)
}
