import { problem } from '#contract/problems.js'
import { detectWall, type Wall } from '#runtime/launcher/probe.js'

/** The wall that this machine puts around foreign code, and what the operator decided where there is none. */
export class Isolation {
  constructor(
    readonly wall: Wall,
    readonly weak: 'allow' | 'refuse',
  ) {}

  /** Finds the strongest wall that comes up, probed from its inside. Raises `WallLeaks` where one is claimed and leaks. */
  static async find(weak: 'allow' | 'refuse'): Promise<Isolation> {
    return new Isolation(await detectWall(), weak)
  }

  /** Whether the operating system itself denies files, network and other processes. */
  get strong(): boolean {
    return this.wall.strength === 'namespaces'
  }

  /** Raises `execution.isolation_absent` where foreign code may not run on this machine. */
  requireWall(): void {
    if (!this.strong && this.weak === 'refuse') throw problem('execution.isolation_absent')
  }
}
