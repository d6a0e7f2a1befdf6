import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { UsageError } from './usage-error.js'

/** A text in the hands of a person: `text` is what they left in `file`, which stays until `drop`. */
export interface Edited {
  readonly text: string
  readonly file: string
  readonly drop: () => Promise<void>
}

/** The person's editor. Raises UsageError where none is named or nobody sits at a terminal; `instead` says what to do then. */
export function chosenEditor(environment: NodeJS.ProcessEnv, terminal: boolean, instead: string): string {
  const editor = environment['VISUAL'] || environment['EDITOR']
  if (!editor) throw new UsageError('neither VISUAL nor EDITOR names an editor: set one, such as EDITOR=vi')
  if (!terminal) throw new UsageError(instead)
  return editor
}

/** What is edited: a text under the name of `path`. With `json`, stdout is kept for our own answer. */
export interface Editing {
  readonly path: string
  readonly text: string
  readonly json: boolean
}

/** Opens a text in the editor and waits until it ends. Raises where it ends with an error. */
export async function editText(editor: string, { path, text, json }: Editing): Promise<Edited> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-edit-'))
  const file = join(folder, basename(path))
  const drop = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(file, text, { mode: 0o600 })
    // As Git does: the editor may carry arguments, such as `code --wait`. Its own words never mix with our JSON.
    const child = spawn('sh', ['-c', `${editor} "$@"`, editor, file], { stdio: ['inherit', json ? 2 : 1, 2] })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`the editor (${editor}) ended with ${code ?? 'a signal'}; nothing was written`)
    return { text: await readFile(file, 'utf8'), file, drop }
  } catch (error) {
    await drop()
    throw error
  }
}
