import type { Wake } from '../reference/relay/wake.ts'

/** Polls, whatever is notified. */
export function pollOnly(listening: Wake, interval: number): Wake {
  void listening[Symbol.asyncDispose]()
  let stop = () => {}
  return {
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, interval)
        stop = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    async [Symbol.asyncDispose]() {
      stop()
    },
  }
}
