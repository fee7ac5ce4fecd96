import type { AntiPatternJudgement } from '../proof/anti-pattern.ts'
import type { ScenarioJudgement, Verdicts } from '../proof/judgement.ts'
import { fitted } from './fitted.ts'
import { type Html, html } from './html/template.ts'

const WIDTH = 960
const ROW = 34
const TOP = 30
/** More would not be read, and the page has to stay below 500 KB. */
const MOST = 24
/** Where the three columns begin and end. */
const WRITERS = 190
const TOPIC = [310, 650] as const
const READERS = 770
const CELL = 7.2

interface Use {
  readonly topic: string
  readonly writers: ReadonlySet<string>
  readonly readers: ReadonlySet<string>
  readonly announced: number
}

/** Who writes and reads which topic, from left to right; what an anti-pattern was found on is marked, by its title. */
export function topologyPicture({ scenarios, antiPatterns = [] }: Verdicts, title: string): Html | false {
  const uses = usesIn(scenarios).slice(0, MOST)
  if (uses.length === 0) return false
  const writers = namesOf(uses, 'writers')
  const readers = namesOf(uses, 'readers')
  const rows = Math.max(uses.length, writers.length, readers.length)
  const found = antiPatterns.filter(({ state }) => state === 'found')
  const height = TOP + rows * ROW
  const y = (index: number, of: number) => TOP + Math.round(((index + 0.5) * rows * ROW) / of)
  const topicAt = (index: number) => y(index, uses.length)
  const lines = uses.flatMap(({ topic, writers: by, readers: to }, index) => {
    const marked = marksOf(topic, found).length > 0
    return [
      ...[...by].map((name) =>
        line(WRITERS, y(writers.indexOf(name), writers.length), TOPIC[0], topicAt(index), marked),
      ),
      ...[...to].map((name) =>
        line(TOPIC[1], topicAt(index), READERS, y(readers.indexOf(name), readers.length), marked),
      ),
    ]
  })
  return html`<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12.5" fill="#1b2330">
<title>${title}</title>
<g stroke="#566072" fill="none">${lines}</g>
${writers.map((name, index) => subject(name, WRITERS, 'end', y(index, writers.length), found))}
${uses.map((use, index) => box(use, topicAt(index), marksOf(use.topic, found)))}
${readers.map((name, index) => subject(name, READERS, 'start', y(index, readers.length), found))}
</svg>`
}

function usesIn(scenarios: readonly ScenarioJudgement[]): Use[] {
  const all = scenarios.flatMap(({ subject, observation }) =>
    (observation?.topics ?? []).map((use) => ({ subject, use })),
  )
  return [...Map.groupBy(all, ({ use }) => use.topic)]
    .map(([topic, uses]) => ({
      topic,
      writers: new Set(
        uses.flatMap(({ subject, use }) => (use.writers.length + use.announced > 0 ? [subject] : [])),
      ),
      readers: new Set(uses.flatMap(({ subject, use }) => (use.readers.length > 0 ? [subject] : []))),
      announced: uses.reduce((sum, { use }) => sum + use.announced, 0),
    }))
    .sort((a, b) => a.topic.localeCompare(b.topic))
}

function namesOf(uses: readonly Use[], side: 'writers' | 'readers'): string[] {
  return [...new Set(uses.flatMap((use) => [...use[side]]))].sort()
}

/** Of a topic itself, or of a way that leads over it. */
function marksOf(topic: string, found: readonly AntiPatternJudgement[]): string[] {
  return found.flatMap(({ title, found: places }) =>
    places.some(({ at }) => at === topic || at.split(' → ').includes(topic)) ? [title] : [],
  )
}

function line(x1: number, y1: number, x2: number, y2: number, marked: boolean): Html {
  const middle = (x1 + x2) / 2
  return html`<path d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"${marked && html` stroke="#a3121f" stroke-width="2"`}/>`
}

function box({ topic, announced }: Use, y: number, marks: readonly string[]): Html {
  const marked = marks.length > 0
  const says = marked ? `${topic} ✗ ${marks.join(', ')}` : `${topic}${announced > 0 ? ` · ${announced}` : ''}`
  const cells = Math.floor((TOPIC[1] - TOPIC[0] - 16) / CELL)
  return html`<rect x="${TOPIC[0]}" y="${y - 12}" width="${TOPIC[1] - TOPIC[0]}" height="24" rx="3" fill="${marked ? '#fdeceb' : '#eef1f5'}" stroke="${marked ? '#a3121f' : '#c9d0da'}"/><text x="${TOPIC[0] + 8}" y="${y + 4}">${fitted(says, cells)}<title>${says}</title></text>`
}

/** What was found of a subject's tables is marked at its name. */
function subject(
  name: string,
  x: number,
  anchor: 'start' | 'end',
  y: number,
  found: readonly AntiPatternJudgement[],
): Html {
  const marked = found.some(({ found: places }) => places.some((place) => place.subject === name))
  const text = fitted(marked ? `✗ ${name}` : name, 24)
  return html`<text x="${anchor === 'end' ? x - 6 : x + 6}" y="${y + 4}" text-anchor="${anchor}" font-weight="600"${marked && html` fill="#a3121f"`}>${text}</text>`
}
