import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gatehouse, type Ran } from '../demo/command.js'

const cli = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

/** The command of somebody who signs in, at home in a folder of its own: whoever is signed in is kept there. */
export class CommandHome {
  /** @param url where the service is */
  constructor(
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** Where it keeps who is signed in. */
  get kept(): string {
    return join(this.folder, 'config', 'gatehouse', 'sign-ins.json')
  }

  /** `gatehouse ARGS`, as whoever is signed in. */
  run(args: readonly string[]): Promise<Ran> {
    return gatehouse(['--url', this.url, ...args], this.environment)
  }

  /** `gatehouse login`; `visit` is given the address that it names, and what was said. */
  async login(args: readonly string[], visit: (address: string, said: string) => Promise<void>): Promise<Ran> {
    const child = spawn(process.execPath, [cli, '--url', this.url, 'login', ...args, '--json'], {
      // Without a PATH no other browser opens.
      env: { HOME: this.folder, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      return await this.signedIn(child, visit)
    } finally {
      child.kill()
    }
  }

  private async signedIn(
    child: ReturnType<typeof spawn>,
    visit: (address: string, said: string) => Promise<void>,
  ): Promise<Ran> {
    const ended = once(child, 'exit')
    const answered = text(child.stdout!)
    let stderr = ''
    const told = new Promise<string>((resolve, reject) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
        const address = /Open (http\S+)/.exec(stderr)?.[1]
        if (address) resolve(address)
      })
      ended.then(() => reject(new Error(`the command ended: ${stderr}`)), reject)
    })
    await visit(await told, stderr)
    await ended
    const stdout = await answered
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) || '{}') as Record<string, unknown>
    return { code: child.exitCode ?? -1, answer, stdout, stderr }
  }

  private get environment(): Record<string, string> {
    return {
      GATEHOUSE_TOKENS: 'file',
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      GATEHOUSE_DATA: join(this.folder, 'data'),
    }
  }
}
