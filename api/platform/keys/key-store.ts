import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const OTHERS = 0o077

/** A key file that must not be used as it is; the message says what to do. */
export class KeyFileUnsound extends Error {}

/** The folder of key files, each 0600. Every file comes and changes whole, whatever is cut and whoever else writes. */
export class KeyStore {
  private constructor(private readonly folder: string) {}

  /** Opens a folder for its owner alone, making it where it is absent. */
  static async open(folder: string): Promise<KeyStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    return new KeyStore(folder)
  }

  pathOf(file: string): string {
    return join(this.folder, file)
  }

  /** The text of a file, which is made where it is absent: once, for all instances. Raises `KeyFileUnsound` where others may read it. */
  async obtain(file: string, make: () => string): Promise<string> {
    await this.createOnce(file, make)
    return (await this.find(file))!.text
  }

  /** The text of a file and when it was written, in milliseconds since the epoch; undefined where it is absent. Raises as `obtain` does. */
  async find(file: string): Promise<{ readonly text: string; readonly writtenAt: number } | undefined> {
    const path = this.pathOf(file)
    const found = await stat(path).catch(absent)
    if (!found) return undefined
    if ((found.mode & OTHERS) !== 0) throw new KeyFileUnsound(`${path} can be read by others: chmod 600 ${path}`)
    return { text: await readFile(path, 'utf8'), writtenAt: Math.floor(found.mtimeMs) }
  }

  /** Writes a file anew. */
  async replace(file: string, text: string): Promise<void> {
    await this.draft(file, text, (fresh) => rename(fresh, this.pathOf(file)))
  }

  /** Puts one file in the place of another. */
  async move(from: string, to: string): Promise<void> {
    await rename(this.pathOf(from), this.pathOf(to))
  }

  /** What to say of a file that holds nothing usable; what was wrong with its bytes must not be shown. */
  unusable(file: string): string {
    return `${this.pathOf(file)} holds no usable key: restore it from a backup (gatehouse restore)`
  }

  /** Linked into place, so that a crash or a second instance never leaves half a key or two. */
  private async createOnce(file: string, make: () => string): Promise<void> {
    const path = this.pathOf(file)
    if (await stat(path).catch(absent)) return
    await this.draft(file, make(), (fresh) =>
      link(fresh, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      }),
    )
  }

  /** Writes under another name first, whole and synced. */
  private async draft(file: string, text: string, place: (fresh: string) => Promise<void>): Promise<void> {
    const fresh = this.pathOf(`.${file}.${randomBytes(6).toString('hex')}`)
    const handle = await open(fresh, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
      await handle.close()
      await place(fresh)
    } finally {
      await rm(fresh, { force: true })
    }
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
