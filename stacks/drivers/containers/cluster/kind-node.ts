import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ArtifactFailed, runProgram } from '../../../artifacts/toolchain.ts'
import type { ContainerRun } from '../container-run.ts'
import { ADMIN } from './leave.ts'

/** A cluster's node: a container in which others run. */
export class KindNode {
  /** Name of its container, and of the node. */
  readonly name: string
  readonly #run: ContainerRun

  constructor(name: string, run: ContainerRun) {
    this.name = name
    this.#run = run
  }

  /** Runs a command in it. @throws {ArtifactFailed} with its last lines */
  shell(words: readonly string[], deadline = 120_000): Promise<string> {
    const env = { DOCKER_HOST: this.#run.engine.address.url }
    return runProgram('docker', ['exec', this.name, ...words], { cwd: '/', env, deadline })
  }

  /** kubectl as the administrator, in the node of the control plane. @throws {ArtifactFailed} */
  kubectl(words: readonly string[]): Promise<string> {
    return this.shell(['kubectl', '--kubeconfig', ADMIN, ...words])
  }

  /** Gives it images that the engine has. @throws {ArtifactFailed} */
  async load(tags: readonly string[]): Promise<void> {
    const words = ['exec', '-i', this.name, 'ctr', '-n', 'k8s.io', 'images', 'import', '-']
    const importing = spawn('docker', words, {
      env: { ...process.env, DOCKER_HOST: this.#run.engine.address.url },
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    const said = text(importing.stderr)
    const ended = new Promise<number | null>((resolve, reject) => {
      importing.on('error', reject)
      importing.on('exit', resolve)
    })
    const sent = pipeline(await this.#run.engine.save(tags), importing.stdin).catch((error) => error)
    const code = await ended
    const failed = await sent
    if (code === 0 && failed === undefined) return
    throw new ArtifactFailed(`the cluster's node did not take ${tags.join(', ')}`, {
      what: `importing ended with exit code ${code}`,
      last: (await said).trim(),
      cause: failed,
    })
  }

  /** SIGKILL of every process of a container; false where it did not run. */
  async kill(container: string): Promise<boolean> {
    return this.shell([
      'ctr',
      '-n',
      'k8s.io',
      'tasks',
      'kill',
      '--all',
      '--signal',
      'SIGKILL',
      container,
    ]).then(
      () => true,
      () => false,
    )
  }
}
