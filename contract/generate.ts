import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { clientFiles, GENERATED_FOLDERS, generatedFiles } from './generators/files.js'

const contentOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

/** Files that lie in a generated folder and are generated no more. */
async function leftovers(files: ReadonlyMap<string, string>): Promise<string[]> {
  const present = await Promise.all(
    GENERATED_FOLDERS.map(async (folder) => {
      const names = await readdir(folder).catch(() => [])
      return names.map((name) => `${folder}/${name}`)
    }),
  )
  return present.flat().filter((path) => !files.has(path))
}

async function stale(files: ReadonlyMap<string, string>): Promise<string[]> {
  const differs: string[] = []
  for (const [path, content] of files) if ((await contentOf(path)) !== content) differs.push(path)
  return [...differs, ...(await leftovers(files))]
}

async function write(paths: readonly string[], files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of paths) {
    const content = files.get(path)
    if (content === undefined) {
      await rm(path)
    } else {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
    }
  }
}

/** `contract:generate` writes what is stale; with `--check` (`contract:check`) it only names it and exits 1. Run at the root. */
async function main(check: boolean): Promise<void> {
  const files = new Map([...generatedFiles(), ...(await clientFiles())])
  const paths = await stale(files)
  if (!check) await write(paths, files)
  for (const path of paths) console.log(`${check ? 'stale' : 'wrote'} ${path}`)
  console.log(`${files.size} generated files, ${paths.length} ${check ? 'stale' : 'written'}`)
  if (check && paths.length > 0) {
    console.error('Run npm run contract:generate and commit what it writes.')
    process.exitCode = 1
  }
}

await main(process.argv.includes('--check'))
