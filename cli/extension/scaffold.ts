import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ExtensionId } from '#contract/primitives.js'
import { UsageError } from '../usage-error.js'

const HANDLER = `import { json, type Request, type Response } from '@gatehouse/sdk'
import * as log from 'gatehouse:extension/log@0.1.0'

/** Answers one request. Every import from gatehouse:extension is a host call that policy decides. */
export function handle(request: Request): Response {
  log.write('info', \`\${request.method} \${request.path}\`)
  return json(200, { hello: 'world' })
}
`

const manifest = (id: string) => ({
  manifest_version: 2,
  id,
  version: '0.1.0',
  type: 'workflow-step',
  name: id.slice(id.lastIndexOf('.') + 1),
  description: 'Says hello.',
  compatibility: { platform: '>=0.1.0' },
  permissions: ['log:read', 'log:write'],
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'hello', title: 'Say hello', method: 'GET', path: '/hello' }] },
  billing: { model: 'free' },
})

const readme = (id: string): string => `# ${id}

    gatehouse ext build .
    gatehouse ext keygen publisher.pem                      # once
    gatehouse publishers add-key PUBLISHER publisher.pem    # once; gatehouse publishers list shows the id
    gatehouse ext sign dist/${id}-0.1.0.gatehouse --signing-key publisher.pem
    gatehouse ext publish dist/${id}-0.1.0.gatehouse
    gatehouse ext logs ${id} --follow        # of installs that let you read them (log:read)
`

/** Writes the files of a new extension; their names. Raises `UsageError` where the id is wrong or a manifest is there already. */
export const scaffold = async (folder: string, id: string): Promise<string[]> => {
  const checked = ExtensionId.safeParse(id)
  if (!checked.success) throw new UsageError(`--id ${id} ${checked.error.issues[0]?.message}`)
  if (existsSync(join(folder, 'extension.json')))
    throw new UsageError(`${folder} holds an extension already; name another folder`)
  const files = {
    'extension.json': `${JSON.stringify(manifest(id), null, 2)}\n`,
    'src/handler.ts': HANDLER,
    'README.md': readme(id),
    '.gitignore': 'dist/\ncomponent.wasm\n*.pem\n',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return Object.keys(files)
}
