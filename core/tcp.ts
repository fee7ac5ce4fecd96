import { connect } from 'node:net'

/** Resolves with true when a connection to 127.0.0.1:port is accepted; it is closed again at once. */
export function connectTo(port: number, signal?: AbortSignal): Promise<true> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ...(signal ? { signal } : {}) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', reject)
  })
}
