import { join } from 'node:path'
import { rolldown, type OutputChunk, type OutputOptions } from 'rolldown'
import { packageRoot } from '#runtime/package-root.js'

/** One self-contained file of a handler and all that it imports, host interfaces apart. Raises what rolldown does. */
export const bundleHandler = async (entry: string, options: OutputOptions): Promise<OutputChunk> => {
  const bundle = await rolldown({
    input: entry,
    external: /^gatehouse:/,
    resolve: {
      // The longer name first: the shorter one would take it too.
      alias: {
        '@gatehouse/sdk/streams': join(packageRoot(), 'sdk/guest/streams.ts'),
        '@gatehouse/sdk': join(packageRoot(), 'sdk/guest/index.ts'),
      },
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate(options)
  await bundle.close()
  return output[0]
}
