import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buildBundle } from '#engine/author/build.js'
import {
  checkPolicy,
  findRegal,
  junitOf,
  readPolicyFolder,
  reportLines,
  sarifOf,
  type CheckReport,
} from '#engine/author/index.js'
import {
  BUNDLE_FILES,
  POLICY_PAYLOAD_TYPE,
  readBundleFolder,
  readShippedBundle,
  SIGNATURE_FILE,
} from '#engine/bundle.js'
import { keyIdOf, signPayload } from '#runtime/bundle/dsse.js'
import { run, type Cli, type Registration } from '../command.js'
import { EXIT } from '../output.js'
import { policyTool, type WallFlags } from '../policy-tool.js'
import { readPrivateKey } from '../signing-key.js'
import { UsageError } from '../usage-error.js'
import { policyAgents } from './policy-agents.js'
import { policyCanary } from './policy-canary.js'
import { policyDrafts } from './policy-drafts.js'
import { policyExplain } from './policy-explain.js'
import { policyLife } from './policy-life.js'
import { policyWaivers } from './policy-waivers.js'
import { policyTenant } from './policy-tenant.js'
import { policyWhatIf } from './policy-what-if.js'

const readFolder = (folder: string) => {
  if (!existsSync(join(folder, 'governance')))
    throw new UsageError(`FOLDER ${folder} has no governance/: name a folder laid out like policies/`)
  return readPolicyFolder(resolve(folder))
}

interface CheckFlags extends WallFlags {
  readonly sarif?: string
  readonly junit?: string
  readonly base?: string
}

const check = run(async ({ output }: Cli, flags: CheckFlags, folder: string) => {
  const files = await readFolder(folder)
  const tool = await policyTool(output, flags)
  const regal = await findRegal(process.env.REGAL_BIN, process.env.PATH ?? '')
  const base = await (flags.base ? readBundleFolder(flags.base) : readShippedBundle())
  const report = await checkPolicy(files, { tool, regal, base })
  await writeReports(report, flags)
  if (!report.ok) process.exitCode = EXIT.refused
  output.result(report, (said) => reportLines(said).join('\n'))
})

const writeReports = async (report: CheckReport, { sarif, junit }: CheckFlags): Promise<void> => {
  if (sarif) await writeReport('--sarif', sarif, `${JSON.stringify(sarifOf(report), undefined, 2)}\n`)
  if (junit) await writeReport('--junit', junit, junitOf(report))
}

const writeReport = (flag: string, file: string, text: string): Promise<void> =>
  writeFile(file, text).catch((error: Error) => {
    throw new UsageError(`${flag} ${file} cannot be written: ${error.message}`)
  })

const build = run(async ({ output }: Cli, flags: WallFlags & { out: string }, folder: string) => {
  const files = await buildBundle(await policyTool(output, flags), await readFolder(folder))
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

const WEAK = [
  '--weak-isolation',
  'also where the operating system walls nothing in; only for Rego that you trust',
] as const

/** `gatehouse policy …`: from a folder of Rego to a bundle that a service loads, and which policy decides. */
export const policy: Registration = (parent) => {
  const group = parent.command('policy').description('The policy that decides, and making another')
  group
    .command('check <folder>')
    .description('Check a folder laid out like policies/, as the service does; exit 1 where it refuses')
    .option('--sarif <file>', 'also write the findings as SARIF 2.1.0')
    .option('--junit <file>', 'also write the stages as JUnit XML')
    .option('--base <bundle>', 'hold costs against this bundle instead of the one that ships')
    .option(...WEAK)
    .action(check)
  group
    .command('build <folder>')
    .description('Compile a folder laid out like policies/ into a bundle')
    .requiredOption('--out <folder>', 'where the bundle goes')
    .option(...WEAK)
    .action(build)
  group
    .command('sign <bundle>')
    .description('Sign a bundle, so that GATEHOUSE_POLICY_BUNDLE may name it')
    .requiredOption('--signing-key <file>', 'Ed25519 private key in PEM')
    .action(sign)
  policyDrafts(group)
  policyLife(group)
  policyAgents(group)
  policyWhatIf(group)
  policyCanary(group)
  policyWaivers(group)
  policyExplain(group)
  policyTenant(group)
}
