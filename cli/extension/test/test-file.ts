import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown, type OutputChunk } from 'rolldown'
import { takeRegistered, type Registered } from '#sdk/test-kit/registry.js'
import { UsageError } from '../../usage-error.js'
import { sourcesWrong } from '../sources-wrong.js'

const KIT = '@gatehouse/sdk/testing'

/** What a file of tests registered. */
export interface TestFile {
  readonly file: string
  readonly tests: readonly Registered[]
  /** Line of the file, counted from 1, where an error was made or last came through it; undefined where it did not. */
  lineOf(error: unknown): number | undefined
}

/**
 * One module of a file and all that it imports. The kit stays outside: the file has to meet the very instance that this
 * process runs its tests with.
 */
const bundled = async (path: string): Promise<OutputChunk> => {
  const bundle = await rolldown({
    input: path,
    platform: 'node',
    plugins: [
      {
        name: 'test-kit',
        resolveId: (id) => (id === KIT ? { id: import.meta.resolve('#sdk/test-kit/index.js'), external: true } : null),
      },
    ],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({
    ...{ format: 'esm', sourcemap: true, codeSplitting: false },
    sourcemapPathTransform: (source, map) => resolve(dirname(map), source),
  })
  await bundle.close()
  return output[0]
}

const lineIn = (
  error: unknown,
  { module, map, path }: { module: string; map: SourceMap | null; path: string },
): number | undefined => {
  const { stack = '' } = error instanceof Error ? error : {}
  for (const [, at, line, column] of stack.matchAll(/\(?(file:\S+?):(\d+):(\d+)\)?$/gm)) {
    if (at !== module) continue
    const { originalSource, originalLine } = (map?.findEntry(Number(line) - 1, Number(column) - 1) ??
      {}) as Partial<SourceMapping>
    if (originalSource === path && originalLine !== undefined) return originalLine + 1
  }
  return undefined
}

/** Loads the tests of a file below `folder`. Raises `UsageError` with file and line where it does not load, or has none. */
export const readTests = async (path: string, folder: string): Promise<TestFile> => {
  const { code, map } = await bundled(path).catch((error: unknown) => {
    throw new UsageError(sourcesWrong(error, folder).words)
  })
  const place = await mkdtemp(join(tmpdir(), 'gatehouse-tests-'))
  const written = join(place, 'tests.mjs')
  const file = relative(folder, path)
  const module = pathToFileURL(written).href
  const known = { module, map: map && new SourceMap(map as unknown as SourceMapPayload), path }
  const lineOf = (error: unknown) => lineIn(error, known)
  try {
    await writeFile(written, code)
    await import(module)
  } catch (error) {
    throw new UsageError(`${path}:${lineOf(error) ?? 1}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
  const tests = takeRegistered()
  if (tests.length === 0) throw new UsageError(`${path} has no tests: register one with test(name, run) of ${KIT}`)
  return { file, tests, lineOf }
}
