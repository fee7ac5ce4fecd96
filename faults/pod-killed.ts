import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    pod: {
      /** Of one that runs; empty where none does. */
      readonly name: string
      /** SIGKILL of its processes; false where none ran. */
      kill(): Promise<boolean>
      /** As a scale-in does; resolves when it is told to end. @throws {DeadlinePassed} */
      end(): Promise<void>
      /** By the Eviction API; resolves when it is told to end. @returns why it was refused @throws {DeadlinePassed} */
      evict(): Promise<string | undefined>
      /** Its memory is used up. @returns that the kernel ended it, where it did for that */
      exhaust(): Promise<string | undefined>
      /** Its node is emptied, and stays so until {@link refill}. @returns what became of it; undefined where it was going before */
      drain(): Promise<string | undefined>
      /** Its node takes pods again. */
      refill(): Promise<void>
      /** Resolves when a pod is ready, the same one or another. @throws {DeadlinePassed} */
      awake(): Promise<void>
    }
  }
}

/** SIGKILL of the pod that runs; Kubernetes starts its container again. */
export const podKilled = fault({
  id: 'kill',
  phrase: 'the pod is killed',
  target: 'pod',
  // The group waits for a dead member until its session is over.
  needs: { capabilities: ['kill-pod'], expiry: true },
  inject: (pod, log) =>
    log.inject('kill', pod.name, 'SIGKILL', async () =>
      (await pod.kill()) ? `the processes of pod ${pod.name} were ended with SIGKILL` : undefined,
    ),
  heal: (pod, log) => log.healLast('kill', () => pod.awake()),
})
