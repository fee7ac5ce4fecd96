/** The ways in which a group's progress is stored: by itself, or with the Kafka transaction of its outputs. */
export const COMMITS = ['offset-commit', 'txn-offset-commit'] as const
