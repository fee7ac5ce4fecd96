import type { ControlScenario, ScenarioJudgement } from '../../proof/judgement.ts'
import { clientRows, guardRows, loadRows, scenarioRows, windowRows } from '../rows.ts'
import { acksInWords } from '../telling.ts'
import { bytes } from '../words.ts'
import { mark, number, table } from './table.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'

type Scenarios = readonly ScenarioJudgement[]

/** One row a scenario and subject, with what it says of this control. */
export function scenariosTable(scenarios: Scenarios, judged: readonly ControlScenario[]): Html {
  const own = scenarios.map((scenario, index) => {
    const { verdict, reason } = judged[index] ?? scenario
    return { ...scenario, verdict, reason }
  })
  return table(
    'Scenarios',
    ['Scenario', 'Subject', 'Kind', '#Runs', '#Entries', 'Verdict'],
    scenarioRows(own).map(
      (row) =>
        html`<tr><th scope="row">${row.title}${row.reason && html`<br><span class="muted small">${row.reason}</span>`}</th><td class="nowrap">${row.subject}</td><td>${row.of}</td><td class="number">${row.runs}</td><td class="number">${row.entered}</td><td>${verdictMark(row.verdict)}${row.times < row.runs && html`<br><span class="small nowrap">in ${row.times} of ${row.runs}</span>`}</td></tr>`,
    ),
  )
}

export function windowsTable(scenarios: Scenarios): Html | false {
  const rows = windowRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'Windows: the moments in which it was hurt',
    ['Window', 'The moment', 'Entered', 'Grade', 'How entry was proved', 'Subjects'],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.id}</th><td>${row.title}</td><td class="nowrap">${mark(row.entered === row.trials && row.trials > 0, `${row.entered} of ${row.trials}`)}</td><td>${row.grade ?? '–'}</td><td class="small">${row.says ?? '–'}</td><td class="nowrap">${row.subjects.map((subject, index) => html`${index > 0 && html`<br>`}${subject}`)}</td></tr>`,
    ),
    'Grade A: log order or a backend that was held proves the entry. B: bytes dropped or a connection ended.',
  )
}

export function guardsTable(scenarios: Scenarios): Html | false {
  const rows = guardRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'Guards: why a green result means something',
    ['Guard', 'Met', 'If not', 'Evidence'],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.title}</th><td class="nowrap">${mark(row.met === row.of, `${row.met} of ${row.of}`)}</td><td class="small">${row.otherwise}</td><td class="small">${row.evidence}</td></tr>`,
    ),
  )
}

export function loadTable(scenarios: Scenarios): Html | false {
  const rows = loadRows(scenarios)
  if (rows.length === 0) return false
  return table(
    'Load',
    ['Publisher', '#Commands', '#Committed', '#Rolled back', '#Events', '#Records', '#Duplicates', '#Keys'],
    rows.map(
      (row) =>
        html`<tr><th scope="row">${row.subject} (${row.relay})</th>${[row.commands, row.committed, row.rolledBack, row.events, row.records, row.duplicates, row.keys].map(number)}</tr>`,
    ),
    'Duplicates are allowed where delivery is at least once: copies of an event that a fault made the relay send again.',
  )
}

/** P3: what each client asked the broker for. */
export function clientsTable(scenarios: Scenarios): Html {
  return table(
    'Clients, as seen on the wire',
    ['Client', 'Service', 'acks', 'Idempotent', '#Scenarios'],
    clientRows(scenarios).map(
      (row) =>
        html`<tr><th scope="row"><code>${row.clientId}</code></th><td>${row.subject}</td><td>${mark(row.acks === -1, acksInWords(row.acks))}</td><td>${mark(row.idempotent, row.idempotent ? 'yes' : 'no')}</td><td class="number">${row.seen}</td></tr>`,
    ),
  )
}

/** P4: sizes of the values on the log. */
export function sizesTable(scenarios: Scenarios): Html {
  return table(
    'Sizes of stored values',
    ['Publisher', '#Records', '#p50', '#p99', '#Largest'],
    loadRows(scenarios).map(
      (row) =>
        html`<tr><th scope="row">${row.subject} (${row.relay})</th>${number(row.records)}${[row.payload.p50, row.payload.p99, row.payload.max].map((size) => html`<td class="number">${bytes(size)}</td>`)}</tr>`,
    ),
    'Each column shows the highest of its scenarios.',
  )
}
