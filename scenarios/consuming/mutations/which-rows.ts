/** What the sight of predicates of effects depends on. */
export const WHICH_ROWS =
  "let effects.table be one in which handling an event writes a row, and effects.eventId the column with the event's id; where a row is written more than once for an event, declare which state of it is the effect: effects.done: { column: 'status', is: 'done' }"
