import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXTENSION_TYPES } from '#contract/manifest/index.js'
import { ext, extTest } from '../../testing/ext-command.js'
import { scaffold } from '../scaffold.js'
import { STARTED } from './index.js'

const LONG = 300_000
let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'gatehouse-languages-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const missing = async (lang: keyof typeof STARTED): Promise<string | undefined> =>
  STARTED[lang].available().then(
    () => undefined,
    (error: Error) => error.message.split('\n', 1)[0],
  )

/** What is broken in each language, and how the compiler names the place. */
const BROKEN = {
  assemblyscript: ['request.method', 'request.methods', /in assembly\/handler\.ts\(5,37\)/],
  c: ['gatehouse_text_t line', 'gatehouse_line_t line', /src\/handler\.c:5:3: error: .*gatehouse_line_t/],
  rust: ['Ok(json', 'Okay(json', /src\/lib\.rs:10:9/],
} as const

for (const lang of Object.keys(STARTED) as (keyof typeof STARTED)[]) {
  const lacking = await missing(lang)
  if (lacking !== undefined) {
    it.skip(`an extension in ${lang}: not run, ${lacking}`, () => undefined)
    continue
  }
  describe(`an extension in ${lang}`, () => {
    it.each(EXTENSION_TYPES)(
      'passes as a new %s what extensions of that type pass in any language',
      async (type) => {
        const home = join(folder, `${lang}-${type}`)
        await scaffold(home, { id: 'com.example.fresh', type, lang })
        const { code, cases, said } = await extTest(home)
        expect({ failures: cases.flatMap(({ failures }) => failures), said }).toMatchObject({ failures: [] })
        expect(new Set(cases.map(({ file }) => file))).toEqual(new Set(['test/cases.yaml', 'test/handler.test.ts']))
        expect(code).toBe(0)
      },
      LONG,
    )

    if (lang !== 'ts')
      it(
        'is not built where it does not compile, and the compiler says where',
        async () => {
          const home = join(folder, `${lang}-broken`)
          const [handler] = STARTED[lang].handlers
          await scaffold(home, { id: 'com.example.broken', type: 'workflow-step', lang })
          const text = await readFile(join(home, handler!), 'utf8')
          const [right, wrong, place] = BROKEN[lang]
          expect(text).toContain(right)
          await writeFile(join(home, handler!), text.replace(right, wrong))
          const { code, said } = await ext(['build', home])
          expect(code).toBe(1)
          expect(said).toMatch(place)
          expect(existsSync(join(home, 'component.wasm'))).toBe(false)
        },
        LONG,
      )
  })
}

describe('a toolchain that is not there', () => {
  it.each([
    ['c', 'apt install clang lld wasi-libc'],
    ['rust', 'rustup target add wasm32-unknown-unknown'],
  ])(
    'is named for %s with how to get it, before anything is written',
    async (lang, how) => {
      const home = join(folder, `without-${lang}`)
      const { code, said } = await ext(['init', home, '--lang', lang], { PATH: folder, WASI_SDK_PATH: '' })
      expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(how) })
      expect(existsSync(home)).toBe(false)
    },
    LONG,
  )

  it(
    'is named at the build, where the folder came from elsewhere',
    async () => {
      const home = join(folder, 'elsewhere')
      await scaffold(home, { id: 'com.example.elsewhere', type: 'report', lang: 'ts' })
      await rm(join(home, 'src/handler.ts'))
      await writeFile(join(home, 'src/lib.rs'), '')
      const { code, said } = await ext(['build', home], { PATH: folder })
      expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('rustup target add') })
      await writeFile(join(home, 'src/handler.ts'), '')
      expect((await ext(['build', home])).said).toContain('more than one handler (src/handler.ts, src/lib.rs)')
    },
    LONG,
  )
})

it(
  'refuses a language that there is not',
  async () => {
    const { code, said } = await ext(['init', join(folder, 'cobol'), '--lang', 'cobol'])
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('ts, assemblyscript, c, rust') })
  },
  LONG,
)
