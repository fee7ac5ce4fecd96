import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// B25: a machine with hardly any time for it: the relay runs for 20 of every 200 ms, and everything is late.
const RUNS = 20
const EVERY = 200

const program = fileURLToPath(new URL('../../reference/relay/main.ts', import.meta.url))
const child = spawn(process.execPath, [...process.execArgv, program], { stdio: 'inherit' })

const turns = setInterval(() => {
  child.kill('SIGCONT')
  setTimeout(() => child.kill('SIGSTOP'), RUNS)
}, EVERY)

process.once('SIGTERM', () => {
  clearInterval(turns)
  // A turn that has begun stops it once more.
  setTimeout(() => {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
  }, 2 * RUNS)
})
child.once('exit', (code) => {
  clearInterval(turns)
  process.exitCode = code ?? 1
})
