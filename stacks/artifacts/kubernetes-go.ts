import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workshop } from '../../core/cache.ts'
import { freeDisk } from '../local/free-disk.ts'
import { ArtifactFailed, findProgram, runProgram, type Tool, ToolchainMissing } from './toolchain.ts'

export const GO_FOR_KUBERNETES: Tool = {
  program: 'go',
  for: 'Kubernetes and KEDA (Go modules)',
  costs: 'control plane: O1',
  fix: 'install Go 1.26 or later (from 1.21 on, Go fetches that by itself)',
}

/** What the linker takes for a program of 3300 packages was measured as 4.2 GB. */
export const LINKER_MEMORY = 4.5e9
/** Modules, compiled packages and what is linked from them: some 7 GB were measured while it is built. */
export const BUILD_DISK = 8e9
/** How often the size of what has been made is told, in milliseconds. */
const TELL_EVERY = 15_000

export interface GoWorkshopOptions {
  /** Folder of the module. */
  readonly source: string
  /** Where Go keeps modules and compiled packages; what is there is not made again. */
  readonly folder: string
  readonly environment: Workshop['environment']
  readonly tell: Workshop['tell']
  /** Milliseconds, for each call. */
  readonly deadline: number
}

/** Go with caches of its own and at low priority, so that what runs beside keeps its timing. */
export class GoWorkshop {
  readonly #options: GoWorkshopOptions
  readonly #go: string
  #step: 'download' | 'build' = 'download'

  private constructor(options: GoWorkshopOptions, go: string) {
    this.#options = options
    this.#go = go
  }

  /**
   * @throws {ToolchainMissing} without Go
   * @throws {ArtifactFailed} when the memory or the disk that is free now would not do
   */
  static async open(options: GoWorkshopOptions): Promise<GoWorkshop> {
    const go = await findProgram(GO_FOR_KUBERNETES.program)
    if (!go) throw new ToolchainMissing(GO_FOR_KUBERNETES)
    expectMemory(process.availableMemory())
    // A build that was begun has a part of it already.
    if (!existsSync(options.folder)) expectDisk(await freeDisk(options.folder))
    for (const name of ['modules', 'objects', 'temporary']) {
      await mkdir(join(options.folder, name), { recursive: true })
    }
    return new GoWorkshop(options, go)
  }

  /** Fetches one module, checked against go.sum; gives its folder. */
  async module(path: string): Promise<string> {
    this.#step = 'download'
    await this.#call(['mod', 'download', path])
    return (await this.#call(['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', path])).trim()
  }

  /**
   * Fetches a module that this one is not made of, for files in it; gives its folder.
   * @throws {ArtifactFailed} when it has not this sum
   */
  async pinned(module: string, sum: string): Promise<string> {
    this.#step = 'download'
    const { Dir, Sum } = JSON.parse(await this.#call(['mod', 'download', '-json', module]))
    if (Sum === sum) return Dir
    throw new ArtifactFailed(`${module} is not what it was`, { what: `its sum is ${Sum}, and not ${sum}` })
  }

  /** Fetches what these packages are made of, and nothing else, checked against go.sum. */
  async fetch(...packages: readonly string[]): Promise<void> {
    this.#step = 'download'
    await this.#call(['list', '-mod=readonly', '-deps', '-f', '', ...packages])
  }

  async build(args: readonly string[]): Promise<void> {
    this.#step = 'build'
    await this.#call(['build', '-mod=readonly', '-trimpath', '-buildvcs=false', ...args])
  }

  /** Builds and runs a program of the module; gives what it prints. */
  async run(path: string, ...args: readonly string[]): Promise<string> {
    this.#step = 'build'
    return this.#call(['run', '-mod=readonly', '-trimpath', '-buildvcs=false', path, ...args])
  }

  async #call(args: readonly string[]): Promise<string> {
    const { source, folder, environment, tell, deadline } = this.#options
    const env = {
      ...environment,
      CGO_ENABLED: '0',
      GOWORK: 'off',
      // Else modules are read-only, and even their owner could not remove them afterwards.
      GOFLAGS: '-modcacherw',
      GOMODCACHE: join(folder, 'modules'),
      GOCACHE: join(folder, 'objects'),
      // What a killed Go leaves goes with the rest.
      GOTMPDIR: join(folder, 'temporary'),
    }
    const step = this.#step
    tell(step)
    let over = false
    const telling = setInterval(async () => {
      const size = await sizeOf(folder)
      if (!over) tell(step, size)
    }, TELL_EVERY)
    try {
      return await runProgram('nice', ['-n', '10', this.#go, ...args], { cwd: source, env, deadline })
    } finally {
      over = true
      clearInterval(telling)
    }
  }
}

/** @throws {ArtifactFailed} when fewer bytes than the linker needs are available */
export function expectMemory(available: number): void {
  if (available >= LINKER_MEMORY) return
  throw new ArtifactFailed('Kubernetes cannot be built now', {
    what: `linking it needs ${gigabytes(LINKER_MEMORY)} of memory, and ${gigabytes(available)} are available`,
    hint: 'end other programs, or build on a larger machine and bring its cache folder (EVENTPROOF_CACHE)',
  })
}

/** @throws {ArtifactFailed} when fewer bytes than the build needs are free */
export function expectDisk(free: number): void {
  if (free >= BUILD_DISK) return
  throw new ArtifactFailed('Kubernetes cannot be built here', {
    what: `building it needs ${gigabytes(BUILD_DISK)} of disk, and ${gigabytes(free)} are free`,
    hint: 'make room, or set EVENTPROOF_CACHE to a folder on a larger disk',
  })
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}

async function sizeOf(folder: string): Promise<number | undefined> {
  const told = await runProgram('nice', ['-n', '10', 'du', '-sk', folder], { cwd: '/' }).catch(() => '')
  return told ? Number.parseInt(told, 10) * 1024 : undefined
}
