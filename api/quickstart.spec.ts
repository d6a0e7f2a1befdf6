import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { STARTED } from '#cli/extension/languages/index.js'
import { packageRoot } from '#runtime/package-root.js'
import { testService, type TestService } from './testing/test-service.js'

const GUIDE = join(packageRoot(), 'docs/extensions/quickstart.md')
const COMMAND = join(packageRoot(), 'dist/cli/main.js')
/** Commands of the guide, in order; what it says to start before them is started here another way. */
const COMMAND_LINE = /^npx gatehouse (.+)$/gm
const LONG = 120_000

const run = promisify(execFile)
let service: TestService
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatehouse-quickstart-'))
  service = await testService()
}, LONG)
afterAll(async () => {
  await service.stop()
  await rm(home, { recursive: true, force: true })
})

/** The command as the guide has it, in a folder of its own, to the service of this test. */
const gatehouse = async (words: string): Promise<string> => {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, GATEHOUSE_URL: service.url, GATEHOUSE_DATA: service.folder }
  const { stdout } = await run(process.execPath, [COMMAND, ...words.split(' ')], { cwd: home, env })
  return stdout
}

/** The id of the first that a list has: what the guide leaves to its reader's eyes. */
const firstOf = async (list: string): Promise<string> => {
  const { items } = JSON.parse(await gatehouse(`--json ${list}`)) as { items: { id: string }[] }
  return items[0]!.id
}

const lookUps: Readonly<Record<string, () => Promise<string>>> = {
  PUBLISHER: () => firstOf('--as acme_developer publishers list'),
  DECISION: () => firstOf('--as acme_admin decisions list --action extension.invoke'),
}

describe('the guide from nothing to a governed call', () => {
  it(
    'does what it says, command by command',
    async () => {
      const guide = await readFile(GUIDE, 'utf8')
      const commands = [...guide.split('What next:')[0]!.matchAll(COMMAND_LINE)].map(([, words]) => words!)
      const told: Record<string, string> = {}
      const begun = performance.now()
      for (const command of commands) {
        let words = command
        for (const [name, lookUp] of Object.entries(lookUps))
          if (words.split(' ').includes(name)) words = words.replace(name, await lookUp())
        told[command] = await gatehouse(words)
      }
      process.stderr.write(`the guide took ${((performance.now() - begun) / 1_000).toFixed(1)} s\n`)
      expect(commands.length).toBeGreaterThan(10)
      expect(told['--as acme_member call com.acme-labs.hello /hello']).toContain('"hello":"world"')
      expect(told['--as acme_admin why DECISION']).toContain('ALLOW  extension.invoke')
    },
    LONG,
  )

  for (const [lang, { available }] of Object.entries(STARTED).filter(([name]) => name !== 'ts'))
    it(
      `holds for an extension in ${lang}, where its toolchain is here`,
      async () => {
        const lacking = await available().catch((error: Error) => error.message)
        if (lacking !== undefined) return void process.stderr.write(`not run: ${lacking}\n`)
        const bundle = `${lang}/dist/com.acme-labs.${lang}-0.1.0.gatehouse`
        await gatehouse(`ext init ${lang} --id com.acme-labs.${lang} --lang ${lang}`)
        await gatehouse(`ext build ${lang}`)
        await gatehouse(`ext sign ${bundle} --signing-key publisher.pem`)
        await gatehouse(`--as acme_developer ext publish ${bundle}`)
        await gatehouse(`--as acme_admin install com.acme-labs.${lang} --consent`)
        const said = await gatehouse(`--as acme_member call com.acme-labs.${lang} /hello`)
        expect(said).toContain('"hello":"world"')
      },
      LONG,
    )
})
