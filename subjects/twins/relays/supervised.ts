import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// B24: a relay that ends on any failure, and somebody who starts it again.
const program = fileURLToPath(new URL('./exits-on-failure.ts', import.meta.url))
let ending = false

function start(): void {
  const child = spawn(process.execPath, [...process.execArgv, program], { stdio: 'inherit' })
  const end = () => {
    ending = true
    child.kill('SIGTERM')
  }
  process.once('SIGTERM', end)
  child.once('exit', () => {
    process.removeListener('SIGTERM', end)
    if (!ending) setTimeout(start, 200)
  })
}

start()
