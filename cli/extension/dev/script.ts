import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module'
import { relative, resolve } from 'node:path'
import { LINES_BEFORE_SCRIPT, type ScriptFailed } from '#runtime/toolchain/script-build.js'
import { bundleHandler } from '../bundle-handler.js'
import { sourcesWrong, SourcesWrong } from '../sources-wrong.js'

/** One CommonJS script of a handler with all that it imports. */
export interface Script {
  readonly code: string
  /** A failure of it, placed in the sources. */
  placed(failure: ScriptFailed): SourcesWrong
}

/** Makes a script of a handler. Raises `SourcesWrong`. */
export const bundleScript = async (entry: string, folder: string): Promise<Script> => {
  try {
    const { code, map, imports } = await bundleHandler(entry, { format: 'cjs', sourcemap: true })
    const unknown = imports.find((name) => !name.startsWith('gatehouse:'))
    if (unknown !== undefined)
      throw new SourcesWrong(`There is no module ${unknown}: install it or mend its path`, null)
    return { code, placed: (failure) => placed(failure, { map: map as unknown as SourceMapPayload, folder }) }
  } catch (error) {
    throw error instanceof SourcesWrong ? error : sourcesWrong(error, folder)
  }
}

/** Frames of the script itself; the first may be one of the text that it parsed. */
const FRAMES = /<input>:(\d+):(\d+)/g

const placed = (failure: ScriptFailed, { map, folder }: { map: SourceMapPayload; folder: string }): SourcesWrong => {
  const sources = new SourceMap(map)
  for (const [, line, column] of failure.scriptStack.matchAll(FRAMES)) {
    const own = Number(line) - LINES_BEFORE_SCRIPT - 1
    const entry = own < 0 ? {} : (sources.findEntry(own, Number(column) - 1) as Partial<SourceMapping>)
    const { originalSource, originalLine, originalColumn } = entry
    if (originalSource === undefined || originalLine === undefined || originalColumn === undefined) continue
    // The bundler names sources from where its output would lie: `dist` in the working directory.
    const file = relative(folder, resolve('dist', originalSource))
    return new SourcesWrong(failure.message, { file, line: originalLine + 1, column: originalColumn + 1 })
  }
  return new SourcesWrong(failure.message, null)
}
