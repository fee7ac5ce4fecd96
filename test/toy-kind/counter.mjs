/** Counts: `POST /add` with a number, `GET /total`. Keeps its additions in FILE, or nowhere. */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const { PORT = '', FILE = '' } = process.env
/** Milliseconds between the addition and its answer: long enough to be ended in between. */
const ANSWER = 50

const kept = FILE !== '' && existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : []
let total = kept.reduce((sum, line) => sum + Number(line), 0)

createServer(async (request, response) => {
  if (request.method === 'POST') {
    const [body = ''] = await request.toArray()
    total += Number(body)
    if (FILE !== '') appendFileSync(FILE, `${Number(body)}\n`)
    await pause(ANSWER)
  }
  response.end(String(total))
}).listen(Number(PORT), '127.0.0.1')

process.once('SIGTERM', () => {
  if (FILE !== '') rmSync(FILE, { force: true })
  process.exit()
})
