import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EXTENSION_TYPES } from '#contract/manifest/index.js'
import { ExtensionId } from '#contract/primitives.js'
import { packageRoot } from '#runtime/package-root.js'
import { UsageError } from '../usage-error.js'
import { typeFiles } from './types.js'
import { STARTED } from './languages/index.js'
import type { StartedLanguage } from './languages/language.js'

type ExtensionType = (typeof EXTENSION_TYPES)[number]

/** Names for `--lang`. */
export const LANGUAGE_IDS = Object.keys(STARTED)

/** What a new extension is to be. */
export interface Wanted {
  readonly id: string
  readonly type: string
  /** One of `LANGUAGE_IDS`. */
  readonly lang: string
}

/** A file of this package, as text. */
const ours = (path: string): Promise<string> => readFile(join(packageRoot(), path), 'utf8')

const manifest = (id: string, type: ExtensionType, declared: Record<string, unknown>) => ({
  manifest_version: 2,
  id,
  version: '0.1.0',
  type,
  name: id.slice(id.lastIndexOf('.') + 1),
  compatibility: { platform: '>=0.1.0' },
  ...declared,
  runtime: { kind: 'component', entry: 'component.wasm' },
  billing: { model: 'free' },
})

const readme = (id: string): string => `# ${id}

    gatehouse ext test .                     # builds it, runs what is in test/ in the real sandbox under the real policy
    gatehouse ext dev .                      # serves it here while it is written
    gatehouse ext build .
    gatehouse ext types .                    # renews types/gatehouse.d.ts, by which editors know the SDK
    gatehouse ext keygen publisher.pem                      # once
    gatehouse publishers add-key PUBLISHER publisher.pem    # once; gatehouse publishers list shows the id
    gatehouse ext sign dist/${id}-0.1.0.gatehouse --signing-key publisher.pem
    gatehouse ext publish dist/${id}-0.1.0.gatehouse
    gatehouse ext logs ${id} --follow        # of installs that let you read them (log:read)
`

const typeOf = (given: string): ExtensionType => {
  const type = EXTENSION_TYPES.find((each) => each === given)
  if (!type) throw new UsageError(`--type ${given} must be one of ${EXTENSION_TYPES.join(', ')}`)
  return type
}

const languageOf = (given: string): StartedLanguage => {
  const found = Object.entries(STARTED).find(([id]) => id === given)
  if (!found) throw new UsageError(`--lang ${given} must be one of ${LANGUAGE_IDS.join(', ')}`)
  return found[1]
}

/** Every file of a new extension, by its path there. */
const filesOf = async (id: string, type: ExtensionType, language: StartedLanguage): Promise<Record<string, string>> => {
  const template = `sdk/templates/${type}`
  const declared = JSON.parse(await ours(`${template}/manifest.json`)) as Record<string, unknown>
  const copied = await Promise.all(
    Object.entries(language.copied).map(async ([name, path]) => [name, await ours(path)] as const),
  )
  return {
    'extension.json': `${JSON.stringify(manifest(id, type, declared), null, 2)}\n`,
    [language.handlers[0]!]: await ours(`${template}/${language.template}`),
    'test/cases.yaml': await ours(`${template}/cases.yaml`),
    'test/handler.test.ts': await ours(`${template}/handler.test.ts`),
    ...(await typeFiles()),
    'README.md': readme(id),
    '.gitignore': ['dist/', 'component.wasm', '*.pem', ...language.ignored, ''].join('\n'),
    ...language.written,
    ...Object.fromEntries(copied),
  }
}

/**
 * Writes the files of a new extension; their names. Raises `UsageError` where id, type or language is wrong or a manifest is
 * there already, and `ToolMissing` where its language cannot be compiled here; then nothing has been written.
 */
export const scaffold = async (folder: string, { id, type, lang }: Wanted): Promise<string[]> => {
  const [chosen, language] = [typeOf(type), languageOf(lang)]
  const checked = ExtensionId.safeParse(id)
  if (!checked.success) throw new UsageError(`--id ${id} ${checked.error.issues[0]?.message}`)
  if (existsSync(join(folder, 'extension.json')))
    throw new UsageError(`${folder} holds an extension already; name another folder`)
  await language.available()
  const files = await filesOf(id, chosen, language)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return Object.keys(files)
}
