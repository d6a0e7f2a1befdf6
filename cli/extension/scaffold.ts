import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EXTENSION_TYPES } from '#contract/manifest/index.js'
import { ExtensionId } from '#contract/primitives.js'
import { UsageError } from '../usage-error.js'
import { TEMPLATES } from './templates.js'

type ExtensionType = (typeof EXTENSION_TYPES)[number]

const manifest = (id: string, type: ExtensionType) => ({
  manifest_version: 2,
  id,
  version: '0.1.0',
  type,
  name: id.slice(id.lastIndexOf('.') + 1),
  description: TEMPLATES[type].description,
  compatibility: { platform: '>=0.1.0' },
  ...TEMPLATES[type].manifest,
  runtime: { kind: 'component', entry: 'component.wasm' },
  billing: { model: 'free' },
})

const readme = (id: string): string => `# ${id}

    gatehouse ext test .                     # builds it, runs test/*.yaml in the real sandbox under the real policy
    gatehouse ext build .
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

/** Writes the files of a new extension; their names. Raises `UsageError` where id or type is wrong or a manifest is there already. */
export const scaffold = async (folder: string, id: string, type: string): Promise<string[]> => {
  const chosen = typeOf(type)
  const checked = ExtensionId.safeParse(id)
  if (!checked.success) throw new UsageError(`--id ${id} ${checked.error.issues[0]?.message}`)
  if (existsSync(join(folder, 'extension.json')))
    throw new UsageError(`${folder} holds an extension already; name another folder`)
  const { handler, cases } = TEMPLATES[chosen]
  const files = {
    'extension.json': `${JSON.stringify(manifest(id, chosen), null, 2)}\n`,
    'src/handler.ts': handler,
    'test/cases.yaml': cases,
    'README.md': readme(id),
    '.gitignore': 'dist/\ncomponent.wasm\n*.pem\n',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return Object.keys(files)
}
