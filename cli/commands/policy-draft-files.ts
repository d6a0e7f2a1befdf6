import type { Command } from 'commander'
import { resolve } from 'node:path'
import { SourcePath } from '#contract/api/policy-drafts.js'
import { run, type Cli } from '../command.js'
import { chosenEditor, editText } from '../editor.js'
import { readSourceTexts, readText, workingTree, writeSourceTexts } from '../policy-tree.js'
import { UsageError } from '../usage-error.js'
import { draftId, draftInWords, readDraft, type Draft } from './policy-draft.js'

interface PushFlags {
  readonly draft?: string
  readonly name?: string
}

const push = run(async ({ client, output }: Cli, flags: PushFlags, folder: string) => {
  if ((flags.draft === undefined) === (flags.name === undefined))
    throw new UsageError('say where to: --draft ID for a draft that is there, or --name NAME for a new one')
  const files = await readSourceTexts(folder)
  const tree = await workingTree(folder)
  if (tree.commit === null) output.note(`No commit is recorded: ${tree.why}.`)
  const sources = { files, ...(tree.commit !== null && { source_commit: tree.commit }) }
  output.result(await (flags.draft === undefined ? begun() : replaced(flags.draft)), draftInWords)

  function begun(): Promise<Draft> {
    return client.get('drafts.create', { body: { name: flags.name!, ...sources } })
  }
  async function replaced(draft: string): Promise<Draft> {
    const { id, version } = await readDraft(client, draft)
    return client.get('drafts.push', { params: { id }, body: { ...sources, version } })
  }
})

const pull = run(
  async ({ client, output }: Cli, { overwrite }: { overwrite?: boolean }, id: string, folder: string) => {
    const draft = await readDraft(client, id)
    const texts = new Map<string, string>()
    for (const { path } of draft.files) {
      const file = await client.get('drafts.read', { params: { id, path: sourcePath(path) } })
      if (file.version !== draft.version)
        throw new Error('the draft was changed while it was read; nothing was written: run the command again')
      texts.set(path, file.text)
    }
    await writeSourceTexts(folder, texts, overwrite ?? false)
    const { version } = draft
    output.result({ draft: id, version, folder: resolve(folder), files: [...texts.keys()] }, () =>
      [
        `${texts.size} files of version ${version} are in ${resolve(folder)}`,
        `Next: edit them, gatehouse policy check ${folder}, then gatehouse policy push ${folder} --draft ${id}`,
      ].join('\n'),
    )
  },
)

/** A path as given. Raises UsageError where no source may lie there: it becomes part of a URL and of a file's name. */
const sourcePath = (path: string): string => {
  const parsed = SourcePath.safeParse(path)
  if (!parsed.success) throw new UsageError(`PATH ${path} ${parsed.error.issues[0]?.message}`)
  return path
}

const NO_TERMINAL =
  'there is no terminal to edit in: use --from FILE, or gatehouse policy pull, edit there, and gatehouse policy push'

const read = run(async ({ client, output }: Cli, _flags: object, id: string, given: string) => {
  const params = { id: draftId(id), path: sourcePath(given) }
  output.result(await client.get('drafts.read', { params }), ({ text }) => text.replace(/\n$/, ''))
})

interface EditFlags {
  readonly from?: string
}

/** What a file is to say, and what becomes of that once it is written or could not be. */
interface Wanted {
  readonly text: string
  readonly kept: string | null
  readonly drop: () => Promise<void>
}

const wanted = async (
  cli: Cli,
  { from }: EditFlags,
  { path, text }: { path: string; text: string },
): Promise<Wanted> => {
  if (from !== undefined) return { text: await readText('--from', from), kept: null, drop: async () => undefined }
  const editor = chosenEditor(process.env, cli.surroundings.terminal(), NO_TERMINAL)
  const json = cli.options.json ?? false
  const edited = await cli.surroundings.lend(() => editText(editor, { path, text, json }))
  return { text: edited.text, kept: edited.file, drop: edited.drop }
}

const edit = run(async (cli: Cli, flags: EditFlags, id: string, given: string) => {
  const { client, output } = cli
  const path = sourcePath(given)
  if (flags.from === undefined) chosenEditor(process.env, cli.surroundings.terminal(), NO_TERMINAL)
  const draft = await readDraft(client, id)
  const known = draft.files.some((file) => file.path === path)
  const before = known ? (await client.get('drafts.read', { params: { id, path } })).text : ''
  const { text, kept, drop } = await wanted(cli, flags, { path, text: before })
  if (text === before) {
    await drop()
    return output.result(draft, () => `${path} was left as it is; nothing was written`)
  }
  const body = { text, version: draft.version }
  const written = await client.get('drafts.write', { params: { id, path }, body }).catch((error: unknown) => {
    if (kept !== null) output.note(`What you wrote is kept in ${kept}`)
    throw error
  })
  await drop()
  output.result(written, draftInWords)
})

const remove = run(async ({ client, output }: Cli, _flags: object, id: string, given: string) => {
  const path = sourcePath(given)
  const { version } = await readDraft(client, id)
  output.result(await client.get('drafts.remove', { params: { id, path }, query: { version } }), draftInWords)
})

/** `gatehouse policy push|pull|read|edit|remove`: the files of a draft. */
export const draftFiles = (group: Command): void => {
  group
    .command('push <dir>')
    .description('Make the sources in a folder those of a draft, with the commit they come from')
    .option('--draft <id>', 'replace the files of this draft')
    .option('--name <name>', 'begin a draft of this name')
    .action(push)
  group
    .command('pull <draft> <dir>')
    .description("Write a draft's sources into a folder")
    .option('--overwrite', 'also where sources lie; those that the draft does not have are removed')
    .action(pull)
  group.command('read <draft> <path>').description('Show one file of a draft').action(read)
  group
    .command('edit <draft> <path>')
    .description('Edit one file of a draft in $EDITOR')
    .option('--from <file>', 'take its text from this file instead')
    .action(edit)
  group.command('remove <draft> <path>').description('Take one file out of a draft').action(remove)
}
