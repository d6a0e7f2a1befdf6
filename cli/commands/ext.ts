import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { HeldBody } from '#contract/api/problem.js'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import { EXTENSION_TYPES, parseManifest } from '#contract/manifest/index.js'
import { keyIdOf, signStatement } from '#runtime/bundle/dsse.js'
import { digestOf } from '#runtime/digest.js'
import { readBundle } from '#runtime/bundle/read.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { buildExtension, packExtension, type Built } from '../extension/build.js'
import { LANGUAGE_IDS, scaffold, type Wanted } from '../extension/scaffold.js'
import { extDev } from './ext-dev.js'
import { extWhy } from './ext-why.js'
import { readPrivateKey } from '../signing-key.js'
import { UsageError } from '../usage-error.js'
import { extTest } from './ext-test.js'
import { extTypes } from './ext-types.js'

const FOLLOW_MS = 1_000
const envelopeOf = (bundle: string): string => `${bundle}.dsse.json`

const readFile = (flag: string, path: string): Buffer => {
  if (!existsSync(path)) throw new UsageError(`${flag} ${path} is not there`)
  return readFileSync(path)
}

/** What a bundle says it is, so that the statement is about what is in it. */
const statementOf = async (path: string) => {
  const bytes = readFile('BUNDLE', path)
  const files = await readBundle(bytes).catch((error: Error) => {
    throw new UsageError(`BUNDLE ${path} is no bundle (${error.message}): make one with gatehouse ext build FOLDER`)
  })
  const manifest = parseManifest(Buffer.from(files.get('extension.json') ?? []).toString('utf8'))
  if (!manifest.ok)
    throw new UsageError(
      `BUNDLE ${path} has no valid extension.json: ${manifest.errors[0]?.pointer} ${manifest.errors[0]?.detail}`,
    )
  return {
    bytes,
    statement: { digest: digestOf(bytes), extension: manifest.manifest.id, version: manifest.manifest.version },
  }
}

const built = ({ bundle, digest, bytes }: Built): string =>
  `${bundle}\n${digest}  ${bytes} bytes\nNext: gatehouse ext sign ${bundle} --signing-key KEY`

const keygen = run(async ({ output }: Cli, _flags: object, path: string) => {
  if (existsSync(path)) throw new UsageError(`FILE ${path} is there already; name another`)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  const answer = {
    file: path,
    keyid: keyIdOf(publicKey),
    public_key: publicKey.export({ type: 'spki', format: 'pem' }),
  }
  output.result(answer, () =>
    [
      `${path} (keep it secret)`,
      `key ${answer.keyid}`,
      answer.public_key.toString().trimEnd(),
      `Next: gatehouse publishers create SLUG --name NAME --contact EMAIL --signing-key ${path}`,
      `  or: gatehouse publishers add-key PUBLISHER ${path}`,
    ].join('\n'),
  )
})

const sign = run(async ({ output }: Cli, flags: { signingKey: string }, path: string) => {
  const key = readPrivateKey('--signing-key', flags.signingKey)
  const { statement } = await statementOf(path)
  const envelope = envelopeOf(path)
  await writeFile(envelope, JSON.stringify(signStatement(statement, key)))
  output.result(
    { envelope, keyid: keyIdOf(key), ...statement },
    () => `${envelope}\nNext: gatehouse ext publish ${path}`,
  )
})

const publish = run(async ({ client, output }: Cli, flags: { unsigned?: boolean }, path: string) => {
  const bytes = readFile('BUNDLE', path)
  const envelope = envelopeOf(path)
  if (!flags.unsigned && !existsSync(envelope))
    throw new UsageError(`${envelope} is not there: sign first with gatehouse ext sign ${path} --signing-key KEY`)
  const headers: Record<string, string> = flags.unsigned
    ? {}
    : { [ENVELOPE_HEADER]: readFileSync(envelope).toString('base64') }
  const response = await client.send(
    'extensions.publish',
    { body: bytes },
    { headers: { ...headers, 'content-type': BUNDLE_MEDIA_TYPE } },
  )
  const answer: unknown = await response.json()
  if (response.status === 202) return output.held(answer as HeldBody)
  output.result(
    answer as AnswerOf<'extensions.publish'>,
    (version) =>
      `Published ${version.extension} ${version.version}: ${version.review_state}, channel ${version.channel}\n${version.digest}`,
  )
})

const logs = run(async ({ client, output }: Cli, flags: { follow?: boolean }, name: string) => {
  let after: string | undefined
  for (;;) {
    const page = await client.get('extensions.logs', { params: { name }, query: after ? { after } : {} })
    for (const line of page.items)
      output.result(line, ({ at, level, tenant, message }) => `${at} ${level.padEnd(5)} ${tenant}  ${message}`)
    if (after === undefined && page.items.length === 0)
      output.note('(no lines; a publisher sees those of installs that granted log:read)')
    after = page.next_cursor ?? after ?? '0'
    if (!flags.follow) return
    await delay(FOLLOW_MS)
  }
})

const init = run(async ({ output }: Cli, wanted: Wanted, folder: string) => {
  const files = await scaffold(resolve(folder), wanted)
  output.result({ folder: resolve(folder), files }, () => `${files.join('\n')}\nNext: gatehouse ext test ${folder}`)
})

const build = run(async ({ output }: Cli, _flags: object, folder: string) =>
  output.result(await buildExtension(resolve(folder)), built),
)

const pack = run(async ({ output }: Cli, _flags: object, folder: string) =>
  output.result(await packExtension(resolve(folder)), built),
)

/** `gatehouse ext init|build|test|types|pack|keygen|sign|publish|logs`: the work of an extension's developer. */
export const ext: Registration = (parent) => {
  const group = parent.command('ext').description('Develop and publish extensions')
  group
    .command('init <folder>')
    .description('Start an extension: manifest, handler, tests, types, README (docs/extensions/languages.md)')
    .option('--id <id>', 'reverse-domain id', 'com.example.hello')
    .option('--type <type>', `what it is: ${EXTENSION_TYPES.join(', ')}`, 'workflow-step')
    .option('--lang <language>', `what it is written in: ${LANGUAGE_IDS.join(', ')}`, 'ts')
    .action(init)
  group.command('build <folder>').description('Compile the handler to a component and pack the bundle').action(build)
  extTest(group)
  extTypes(group)
  group.command('pack <folder>').description('Pack the bundle around a component that is there already').action(pack)
  group.command('keygen <file>').description('Make an Ed25519 signing key').action(keygen)
  group
    .command('sign <bundle>')
    .description('Sign what the bundle is: writes a DSSE envelope beside it')
    .requiredOption('--signing-key <file>', 'Ed25519 private key in PEM')
    .action(sign)
  group
    .command('publish <bundle>')
    .description('Upload the bundle with its envelope')
    .option('--unsigned', 'send it without an envelope')
    .action(publish)
  group
    .command('logs <extension>')
    .description('Log lines, oldest first')
    .option('-f, --follow', 'go on with new lines')
    .action(logs)
  extDev(group)
  extWhy(group)
}
