import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildBundle } from '#engine/author/build.js'
import { Opa } from '#engine/author/opa.js'
import { BUNDLE_FILES, POLICY_PAYLOAD_TYPE, SIGNATURE_FILE } from '#engine/bundle.js'
import { keyIdOf, signPayload } from '#runtime/bundle/dsse.js'
import { packageRoot } from '#runtime/package-root.js'
import { run, type Cli, type Registration } from '../command.js'
import { readPrivateKey } from '../signing-key.js'
import { UsageError } from '../usage-error.js'
import { policyLife } from './policy-life.js'

interface FindOpa {
  findOpa(options: { progress: (line: string) => void }): Promise<string>
}

const findOpa = async (output: Cli['output']): Promise<string> => {
  const { findOpa: find } = (await import(pathToFileURL(join(packageRoot(), 'scripts/find-opa.mjs')).href)) as FindOpa
  return find({ progress: (line) => output.note(line) })
}

const build = run(async ({ output }: Cli, flags: { out: string }, folder: string) => {
  if (!existsSync(join(folder, 'governance')))
    throw new UsageError(`FOLDER ${folder} has no governance/: name a folder laid out like policies/`)
  const files = await buildBundle(new Opa(await findOpa(output)), resolve(folder))
  await mkdir(flags.out, { recursive: true })
  for (const [part, name] of Object.entries(BUNDLE_FILES))
    await writeFile(join(flags.out, name), files[part as keyof typeof files])
  const { revision } = JSON.parse(Buffer.from(files.manifest).toString('utf8')) as { revision: string }
  output.result(
    { bundle: resolve(flags.out), revision },
    () => `${revision}\nNext: gatehouse policy sign ${flags.out} --signing-key KEY`,
  )
})

const sign = run(async ({ output }: Cli, flags: { signingKey: string }, folder: string) => {
  const manifest = join(folder, BUNDLE_FILES.manifest)
  if (!existsSync(manifest))
    throw new UsageError(`BUNDLE ${folder} has no ${BUNDLE_FILES.manifest}: make it with gatehouse policy build --out`)
  const key = readPrivateKey('--signing-key', flags.signingKey)
  const signature = join(folder, SIGNATURE_FILE)
  await writeFile(signature, JSON.stringify(signPayload(POLICY_PAYLOAD_TYPE, readFileSync(manifest), key)))
  output.result({ signature, keyid: keyIdOf(key) }, () => `${signature}\nkey ${keyIdOf(key)}`)
})

/** `gatehouse policy …`: from a folder of Rego to a bundle that a service loads, and which policy decides. */
export const policy: Registration = (parent) => {
  const group = parent.command('policy').description('The policy that decides, and making another')
  group
    .command('build <folder>')
    .description('Compile a folder laid out like policies/ into a bundle')
    .requiredOption('--out <folder>', 'where the bundle goes')
    .action(build)
  group
    .command('sign <bundle>')
    .description('Sign a bundle, so that GATEHOUSE_POLICY_BUNDLE may name it')
    .requiredOption('--signing-key <file>', 'Ed25519 private key in PEM')
    .action(sign)
  policyLife(group)
}
