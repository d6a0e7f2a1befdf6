import type { Command } from 'commander'
import { resolve } from 'node:path'
import { SourcePath } from '#contract/api/policy-drafts.js'
import { run, type Cli } from '../command.js'
import { chosenEditor, editText } from '../editor.js'
import { readSourceTexts, workingTree, writeSourceTexts } from '../policy-tree.js'
import { UsageError } from '../usage-error.js'
import { draftInWords, readDraft, type Draft } from './policy-draft.js'

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

const NO_TERMINAL = 'there is no terminal to edit in: use gatehouse policy pull, edit there, and gatehouse policy push'

const edit = run(async ({ client, output, options }: Cli, _flags: object, id: string, given: string) => {
  const path = sourcePath(given)
  const editor = chosenEditor(process.env, process.stdin.isTTY, NO_TERMINAL)
  const draft = await readDraft(client, id)
  const known = draft.files.some((file) => file.path === path)
  const before = known ? (await client.get('drafts.read', { params: { id, path } })).text : ''
  const edited = await editText(editor, { path, text: before, json: options.json ?? false })
  if (edited.text === before) {
    await edited.drop()
    return output.result(draft, () => `${path} was left as it is; nothing was written`)
  }
  const body = { text: edited.text, version: draft.version }
  const written = await client.get('drafts.write', { params: { id, path }, body }).catch((error: unknown) => {
    output.note(`What you wrote is kept in ${edited.file}`)
    throw error
  })
  await edited.drop()
  output.result(written, draftInWords)
})

const remove = run(async ({ client, output }: Cli, _flags: object, id: string, given: string) => {
  const path = sourcePath(given)
  const { version } = await readDraft(client, id)
  output.result(await client.get('drafts.remove', { params: { id, path }, query: { version } }), draftInWords)
})

/** `gatehouse policy push|pull|edit|remove`: the files of a draft. */
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
  group.command('edit <draft> <path>').description('Edit one file of a draft in $EDITOR').action(edit)
  group.command('remove <draft> <path>').description('Take one file out of a draft').action(remove)
}
